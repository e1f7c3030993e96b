// What the threads of a program are doing, read from /proc (proc(5)) and from the program's own descriptors
// (pidfd_getfd(2)).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "parley/wire/observation.h"

namespace parley {

/// What a thread's present state says of the future.
enum class Rest {
    active,       ///< it runs, is ready to run, or could go on by itself: nothing can be concluded
    on_socket,    ///< it waits in a socket call, without a time-out that matters, for something that is not there
    for_threads,  ///< it waits for another thread or process of the same program, or serves the language's runtime
};

struct ThreadLook {
    pid_t id = 0;
    Rest rest = Rest::active;
    std::uint64_t ran_ns = 0;     ///< processor time so far
    std::uint64_t waited_ns = 0;  ///< time so far in which it could have run but had no processor
    BlockedCall call;             ///< where it is blocked; `call.call` is empty where it is not
    friend bool operator==(const ThreadLook& a, const ThreadLook& b) {
        return a.id == b.id && a.rest == b.rest && a.ran_ns == b.ran_ns && a.call == b.call;
    }
};

/// One look at a program: all threads of the process and of its descendants.
struct ProgramLook {
    std::vector<ThreadLook> threads;
    friend bool operator==(const ProgramLook&, const ProgramLook&) = default;

    /// Every thread rests, and at least one in a socket call: only its peer can wake it.
    bool waits_for_peer() const;
    /// The longest that any thread has had to wait for a processor so far.
    std::chrono::nanoseconds starved() const;
    /// The calls of threads that wait on sockets; of all the others where none does.
    std::vector<BlockedCall> waits() const;
};

/// Looks at the program whose first process is `leader`. A time-out that ends after `horizon` counts as none.
/// Processes that vanish meanwhile are left out.
ProgramLook look_at(pid_t leader, std::chrono::nanoseconds horizon);

/// How long the calling thread has had to wait for a processor so far.
std::chrono::nanoseconds own_starvation();

/// Whether no thread of the program (its runtime's own service threads apart) runs, is ready to run, or is ending. Not
/// so of a program that has ended.
bool at_rest(pid_t leader);

/// How long the program, with those of its processes that live, has had a processor so far.
std::chrono::nanoseconds processor_time(pid_t leader);

/// The process `leader` and all its descendants, parents before children.
std::vector<pid_t> process_tree(pid_t leader);

/// The child processes of the calling process.
std::vector<pid_t> own_children();

}  // namespace parley
