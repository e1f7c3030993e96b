// All that was seen of one cell. The judge knows nothing else, so a verdict can be derived again from a report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parley/wire/transcript.h"

namespace parley {

/// How a program stood when the harness looked last, before it ended anything itself.
struct NotStarted {
    std::string reason;  ///< `execve "/x/y": Permission denied`
    friend bool operator==(const NotStarted&, const NotStarted&) = default;
};
struct Running {
    friend bool operator==(const Running&, const Running&) = default;
};
struct Exited {
    int status = 0;
    friend bool operator==(const Exited&, const Exited&) = default;
};
struct Signaled {
    int signal = 0;
    friend bool operator==(const Signaled&, const Signaled&) = default;
};
using ProgramState = std::variant<NotStarted, Running, Exited, Signaled>;

/// What a program printed. Of more than `limit` octets the first are kept, and `total` counts all.
struct Captured {
    static constexpr std::size_t limit = 64 << 10;
    Bytes bytes;
    std::uint64_t total = 0;
    friend bool operator==(const Captured&, const Captured&) = default;
};

/// A system call in which a thread of a program was blocked.
struct BlockedCall {
    std::string thread;   ///< the thread's name (comm)
    std::string call;     ///< `recvfrom`, `accept4`, `futex`, …
    int descriptor = -1;  ///< its file descriptor, where the call has one
    std::string object;  ///< what the descriptor is: `listening on 0.0.0.0:5050`, `connected to 127.0.0.1:5050`, `pipe`
    bool on_socket = false;
    friend bool operator==(const BlockedCall&, const BlockedCall&) = default;
};

/// What a program used more of than it was given, for which it was ended.
struct Exceeded {
    enum class What {
        processes,  ///< processes and threads at a time
        memory,     ///< octets
        processor,  ///< seconds of processor time
        output,     ///< octets written to stdout or stderr
    };
    What what = What::output;
    std::uint64_t limit = 0;
    friend bool operator==(const Exceeded&, const Exceeded&) = default;
};

/// As reports spell it.
inline const char* name(Exceeded::What what) {
    switch (what) {
        case Exceeded::What::processes: return "processes";
        case Exceeded::What::memory: return "memory";
        case Exceeded::What::processor: return "processor";
        case Exceeded::What::output: return "output";
    }
    return "?";
}

/// A system call that a program made on one of its TCP sockets. Of several of one name with one outcome on one socket
/// the first is kept.
struct SocketCall {
    /// What its socket came to be in the program's life.
    enum class On { nothing, listener, connection };

    int thread = 0;  ///< the id of the thread that made it
    /// `socket`, `accept4`, `recvfrom`, `read`, …; `splice from` and `splice to` the socket; `dup2` in its place.
    std::string call;
    int socket = 0;           ///< the program's sockets are counted from 0 as they are made, whatever their descriptors
    On on = On::nothing;      ///< `connection`: it was accepted, or it began to connect and was used to send or receive
    int descriptor = -1;      ///< of the socket
    int accepted = -1;        ///< of `accept`: the new socket
    std::string error;        ///< `ECONNREFUSED`; empty where it did not fail
    bool returned = true;     ///< false: it had not when the program was seen last
    std::uint64_t times = 1;  ///< how often there was such a one
    friend bool operator==(const SocketCall&, const SocketCall&) = default;
};

/// What the address ends in of one who listens at IPv6 alone, where nobody finds him who has to use IPv4.
inline constexpr const char* v6_only_mark = " v6only";

/// One program of a cell.
struct ProgramObservation {
    std::vector<std::string> command;  ///< argv as it was executed
    int process = 0;                   ///< its id; 0: it was not started
    ProgramState state = NotStarted{};
    Captured out;
    Captured err;
    std::vector<BlockedCall> waits;  ///< at the last look; filled in where the conversation did not come to its end
    /// `0.0.0.0:5050`; of servers, at the last look. Those that nobody finds who has to use IPv4 end in `v6_only_mark`.
    std::vector<std::string> listens;
    bool opened_connection = false;  ///< of clients: it called connect() at least once, wherever to
    bool stopped = false;            ///< at the last look: suspended by a signal, as by SIGSTOP
    int left_behind = 0;             ///< processes that live on although its first process has ended
    std::optional<Exceeded> exceeded;
    std::vector<SocketCall> calls;  ///< in their order, where its part is expected to keep to primitives
    friend bool operator==(const ProgramObservation&, const ProgramObservation&) = default;
};

/// Why the harness stopped watching.
enum class Ending {
    complete,     ///< nothing more could happen: every client has ended and the server is at rest or has ended
    deadlock,     ///< every program waits in a socket call for another, and nothing is under way
    deadline,     ///< time was up
    flood,        ///< a side had sent far more than it had to say, and went on
    interrupted,  ///< the user stopped the run
    broken,       ///< the harness itself failed; `trouble` says how
};

/// The scenario's clock: the server's at both ends of the cell, in seconds since the epoch, and what the programs'
/// time zone adds to UTC then.
struct Clock {
    std::int64_t began = 0;
    std::int64_t ended = 0;
    int utc_offset = 0;      ///< seconds east of UTC, in the zone that the programs were given
    std::int64_t shift = 0;  ///< seconds that it was ahead of the machine's, where the scenario sets it
    friend bool operator==(const Clock&, const Clock&) = default;

    /// The same from when `connection` came, where that is known: what is told on it is not from before.
    Clock since(const Connection& connection) const {
        auto clock = *this;
        if (connection.came != 0) clock.began = connection.came + shift;
        return clock;
    }
};

struct Observation {
    Transcript transcript;
    std::optional<ProgramObservation> server;  ///< none where the scenario has no server
    std::vector<ProgramObservation> clients;   ///< in the scenario's order; of one that is no program, not started
    /// What sides that the harness plays were waiting for, where the conversation did not come to its end:
    /// `the client waits for the server's data (turn 2)`.
    std::vector<std::string> script_waits;
    Ending ending = Ending::complete;
    std::string trouble;  ///< of Ending::broken
    Clock clock;
    double seconds = 0;  ///< wall time of the cell
    int port = 0;        ///< on which the server is to listen; without a server, to which the client connects
    friend bool operator==(const Observation&, const Observation&) = default;
};

}  // namespace parley
