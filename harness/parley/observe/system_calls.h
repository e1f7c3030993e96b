// Which blocking system calls there are, and what their arguments mean for how long they may block.
#pragma once

#include <optional>
#include <string_view>

namespace parley {

/// A system call that can block.
struct SystemCall {
    enum class On {
        descriptor_read,   ///< until the descriptor in argument 0 can be read (accept among them)
        descriptor_write,  ///< until the descriptor in argument 0 can be written
        many,              ///< until one of many descriptors is ready
        thread,            ///< until another thread or process of the program acts
        time,              ///< until time has passed
    };
    enum class Timeout {
        none,
        milliseconds,       ///< an int; negative: none
        relative_timespec,  ///< a pointer, null: none
        relative_timeval,
        futex,      ///< a pointer to a timespec whose meaning depends on the operation
        nanosleep,  ///< clock_nanosleep: the flags in argument 1 say whether it is absolute
    };
    long number;
    std::string_view name;
    On on;
    Timeout timeout = Timeout::none;
    int timeout_argument = -1;
};

/// The call of that number on this machine, where it is one that blocks.
const SystemCall* blocking_call(long number);

}  // namespace parley
