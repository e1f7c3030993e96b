// How much the scenarios of one file may hold.
#pragma once

#include <cstddef>

namespace parley {

/// Octets that the scenarios of one file may take up altogether: few words can ask for a lot of repetition.
class Budget {
public:
    /// Takes `octets` from what is left; where that is less, takes nothing and says false.
    bool take(std::size_t octets) {
        if (octets > left_) return false;
        left_ -= octets;
        return true;
    }
    std::size_t left() const { return left_; }

private:
    std::size_t left_ = 64 << 20;
};

}  // namespace parley
