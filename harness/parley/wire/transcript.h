// What crossed between the programs, as the relay saw it: data, no I/O.
#pragma once

#include <chrono>
#include <cstdint>
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
    Bytes bytes;  ///< of data only
    friend bool operator==(const WireEvent&, const WireEvent&) = default;
};

/// The connection's owner: which client (index in the scenario) opened it, and from which ports it came.
struct Connection {
    int client = 0;
    int client_port = 0;  ///< the client's own, as the client sees it
    int server_port = 0;  ///< the client's as the server sees it; 0: it never reached the server
    friend bool operator==(const Connection&, const Connection&) = default;
};

/// Everything that crossed in one cell, in the order in which it was recorded.
///
/// Bounded: of each direction of a connection the first `kept_bytes` are kept; `dropped` counts the rest.
struct Transcript {
    static constexpr std::size_t kept_bytes = 8 << 20;
    std::vector<Connection> connections;
    std::vector<WireEvent> events;
    std::uint64_t dropped = 0;  ///< octets forwarded but not kept
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
