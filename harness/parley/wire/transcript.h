// What crossed between the programs, as the relay saw it: data, no I/O.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "parley/base/bytes.h"

namespace parley {

enum class Side { client, server };

constexpr Side other(Side side) {
    return side == Side::client ? Side::server : Side::client;
}
constexpr const char* name(Side side) {
    return side == Side::client ? "client" : "server";
}

/// One thing that a side did on a connection.
///
/// The relay records before it forwards, so in a transcript a reply always stands after the request that caused it.
struct WireEvent {
    enum class Kind {
        connected,  ///< client: its connect() succeeded; server: the connection reached its listening socket
        data,
        end,    ///< FIN: end of stream, by close() or shutdown(SHUT_WR)
        reset,  ///< RST: ECONNRESET or EPIPE
    };
    std::chrono::microseconds at{0};  ///< since the cell began
    int connection = 0;               ///< counts from 0 in the order in which clients connected
    Side side = Side::client;         ///< who did it
    Kind kind = Kind::data;
    Bytes bytes;            ///< of data only: what is kept of it
    std::uint64_t cut = 0;  ///< of data only: how many octets more came after `bytes`, which are not kept
    friend bool operator==(const WireEvent&, const WireEvent&) = default;
};

/// The connection's owner: which client (index in the scenario) opened it, and from which ports it came.
struct Connection {
    int client = 0;
    int client_port = 0;    ///< the client's own, as the client sees it
    int server_port = 0;    ///< the client's as the server sees it; 0: it never reached the server
    std::int64_t came = 0;  ///< when, by the machine's time(2), in seconds since the epoch; 0: not known
    std::string reached{};  ///< the address that the client called: `127.0.0.1`; empty: not known
    bool queued = false;    ///< at the last look: it stood, and the server had not called accept() for it
    friend bool operator==(const Connection&, const Connection&) = default;
};

/// One side's octets on a connection, where they are too many to be kept: what is known of them besides the events.
struct Flood {
    int connection = 0;
    Side side = Side::client;  ///< who sent them
    std::uint64_t octets = 0;  ///< all of them
    Bytes tail;                ///< the last of those that no event keeps, at most Transcript::tail_bytes
    std::string digest;        ///< of all of them, as Digest::text() (base/digest.h) spells it
    friend bool operator==(const Flood&, const Flood&) = default;
};

/// Everything that crossed in one cell, in the order in which it was recorded.
///
/// Bounded, whatever programs do. Of each direction of a connection the events keep the first `kept_bytes` octets, of
/// all directions together `kept_in_all`; what comes then is cut from its event, and the direction has a Flood. Once
/// there are `most_events`, data gets no event of its own any more. What opens and ends a connection always does; but
/// of each client only the first `most_connections` connections are carried, and the others are counted.
struct Transcript {
    static constexpr std::size_t kept_bytes = 8 << 20;
    static constexpr std::size_t kept_in_all = 64 << 20;
    static constexpr std::size_t tail_bytes = 4 << 10;
    static constexpr std::size_t most_events = 1 << 16;
    static constexpr std::uint64_t most_connections = 256;
    std::vector<Connection> connections;
    std::vector<WireEvent> events;
    std::vector<Flood> floods;
    std::map<int, std::uint64_t> refused;  ///< connections that were reset at once, by the index of their client
    friend bool operator==(const Transcript&, const Transcript&) = default;
};

constexpr const char* name(WireEvent::Kind kind) {
    switch (kind) {
        case WireEvent::Kind::connected: return "connected";
        case WireEvent::Kind::data: return "data";
        case WireEvent::Kind::end: return "end";
        case WireEvent::Kind::reset: return "reset";
    }
    return "?";
}

}  // namespace parley
