// Keeps what crosses, in the order in which it crosses.
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string_view>
#include <vector>

#include "parley/wire/transcript.h"

namespace parley {

class Recorder {
public:
    /// `changed` is called after each event.
    explicit Recorder(std::function<void()> changed) : changed_(std::move(changed)) {}

    /// A connection that a client has opened; its number.
    int open_connection(const Connection& connection);
    /// The connection reached the server, to which it seems to come from `port`.
    void arrive(int connection, int port);
    void record(int connection, Side side, WireEvent::Kind kind, std::string_view bytes = {});

    /// From now on nothing is recorded of `connection`: what still happens there is no part of the conversation.
    void close_connection(int connection);

    /// From now on nothing is recorded: what still happens is the harness ending the programs.
    void freeze() { frozen_ = true; }

    const Transcript& transcript() const { return transcript_; }
    /// Gives the transcript away.
    Transcript take() { return std::move(transcript_); }

private:
    Transcript transcript_;
    std::vector<std::size_t> kept_;  ///< octets kept of each direction, two entries a connection
    std::set<int> closed_;           ///< connections
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::function<void()> changed_;
    bool frozen_ = false;
};

}  // namespace parley
