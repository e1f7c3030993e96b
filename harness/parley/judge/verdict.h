// What the judge says of a cell.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/bytes.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// One difference between what a scenario expects and what was observed.
struct Finding {
    enum class Code {
        bytes_differ,      ///< a turn's data is not what was expected
        bytes_missing,     ///< a turn's data stops too early (a true prefix of what was expected)
        bytes_extra,       ///< a turn's data goes on after what was expected
        turn_missing,      ///< nothing came where data was expected
        data_unexpected,   ///< data where the exchange has none
        out_of_turn,       ///< a side spoke before what it had to wait for
        end_missing,       ///< a side did not end its stream
        end_unexpected,    ///< a side ended its stream too early
        reset_unexpected,  ///< a connection was reset
        reset_missing,     ///< a reset was expected
        not_refused,       ///< a refused connection was expected
        never_connected,   ///< a client opened no connection to the server's port
        wrong_host,        ///< a client connected to another address than it was told
        connection_extra,  ///< a client opened more connections than one
        never_listened,    ///< the server never listened on its port
        wrong_port,        ///< the server listens, but elsewhere
        not_started,       ///< a program could not be started
        exit_status,       ///< it ended with another status
        killed_by_signal,  ///< a signal ended it
        still_running,     ///< it should have ended
        ended_early,       ///< it should still be running
        stdout_differs,
        stderr_differs,
        deadlock,             ///< all wait for each other
        deadlock_missing,     ///< a deadlock was expected and did not come
        deadline,             ///< time was up
        output_flood,         ///< more was printed or sent than is kept, so it cannot be compared; or than is allowed
        process_limit,        ///< it had more processes and threads than it may
        memory_limit,         ///< it used more memory
        processor_limit,      ///< it used more processor time
        file_size_limit,      ///< it wrote a larger file
        stopped,              ///< a signal suspended it, and nobody will wake it
        daemonised,           ///< the server put itself in the background
        left_processes,       ///< it ended, and processes of it live on
        primitives_differ,    ///< a program calls the primitives of sockets in another order, or leaves one out
        passed_unexpectedly,  ///< a known failure did not fail
        harness_trouble,      ///< the harness failed: nothing is known of the programs
    };
    Code code = Code::bytes_differ;
    Side side = Side::client;             ///< whose doing it is
    int client = 0;                       ///< which client, or on which client's connection
    std::string message;                  ///< one sentence: what is wrong, with the numbers
    std::string expected;                 ///< what was expected, described; empty where there is nothing to compare
    std::string actual;                   ///< what was seen, described; empty where octets are compared, or nothing
    std::optional<Bytes> expected_bytes;  ///< where exact octets were expected
    std::optional<Bytes> actual_bytes;    ///< what came, where octets are compared
    std::size_t offset = 0;               ///< of the first difference in actual_bytes
    Position position;                    ///< in the scenario file
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// The code as reports spell it: `bytes-differ`.
const char* name(Finding::Code code);

struct Verdict {
    enum class Kind { passed, failed, known_failure, unsupported, could_not_run };
    Kind kind = Kind::passed;
    std::vector<Finding> findings;  ///< the most telling first
    std::string reason;             ///< of unsupported and known_failure
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

const char* name(Verdict::Kind kind);

}  // namespace parley
