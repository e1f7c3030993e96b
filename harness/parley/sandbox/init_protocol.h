// What parley and the first process of a container say to each other.
//
//   parley ── argv: its limits, then the command ──▶ parley_init ── starts and watches ──▶ the program
//          ◀── one InitMessage a datagram, on descriptor 3 ──
#pragma once

#include <cstdint>

namespace parley {

/// The descriptor, a SOCK_SEQPACKET socket, that the first process finds besides 0 to 2.
inline constexpr int init_channel = 3;
/// The descriptor of the file that it is itself.
inline constexpr int init_program = 4;
/// The descriptor of the folder /proc/sys/kernel, as it is outside of the container.
inline constexpr int init_settings = 5;

struct InitMessage {
    enum class Kind : std::int32_t {
        started,      ///< `value`: the program's process id, as it sees it itself
        not_started,  ///< `value`: errno of what failed
        ended,        ///< the program's first process: `value` as wait(2) gives it
        over_limit,   ///< all its processes are being ended; `value`: which Limit
    };
    enum Limit : std::int32_t { processes, memory, processor };
    Kind kind;
    std::int32_t value;
};

}  // namespace parley
