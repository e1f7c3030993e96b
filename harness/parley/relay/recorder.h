// Keeps what crosses, in the order in which it crosses.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "parley/base/digest.h"
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
    /// The server has not accepted the connection.
    void note_queued(int connection);
    /// A connection too many of `client`, which is not carried.
    void refuse_connection(int client);
    void record(int connection, Side side, WireEvent::Kind kind, std::string_view bytes = {});

    /// From now on nothing is recorded of `connection`: what still happens there is no part of the conversation.
    void close_connection(int connection);

    /// From now on nothing is recorded: what still happens is the harness ending the programs.
    void freeze() { frozen_ = true; }

    /// How many octets `side` has sent on `connection` so far.
    std::uint64_t octets(int connection, Side side) const;
    /// How often it has begun to speak there, or has gone on after the other side spoke.
    std::uint64_t turns(int connection, Side side) const;
    /// So far, without its floods.
    const Transcript& transcript() const { return transcript_; }
    /// Gives the transcript away.
    Transcript take();

private:
    /// What one side says on a connection.
    struct Direction {
        std::uint64_t octets = 0, turns = 0;
        bool speaks = false;  ///< last of the two
        std::size_t kept = 0;
        std::optional<Digest> digest;  ///< from the first octet on
        Bytes tail;
    };

    Direction& direction(int connection, Side side);
    const Direction& direction(int connection, Side side) const;
    std::size_t room_for(const Direction& direction) const;
    void add(int connection, Side side, WireEvent::Kind kind, std::string_view bytes, std::uint64_t cut);
    void add_data(int connection, Side side, std::string_view bytes);

    Transcript transcript_;
    std::vector<std::array<Direction, 2>> directions_;  ///< of each connection: the client's and the server's
    std::size_t kept_ = 0;                              ///< octets of all directions
    std::set<int> closed_;                              ///< connections
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::function<void()> changed_;
    bool frozen_ = false;
};

}  // namespace parley
