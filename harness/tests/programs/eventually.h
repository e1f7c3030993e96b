// Waiting for a state that nobody announces, in the kernel or in another process.
#pragma once

#include <chrono>
#include <thread>

namespace parley {

/// Asks `holds` again and again until it says yes; false where it has not within ten seconds.
template <typename Predicate>
bool eventually(Predicate holds) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > give_up) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

}  // namespace parley
