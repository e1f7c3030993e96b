// What of a program's output is held against it.
#pragma once

#include <string_view>

#include "parley/scenario/scenario.h"

namespace parley {

/// What the program of `part` printed, for comparison with what it is expected to print. Of a program on trial it
/// leaves out what is not held against one: the carriage returns that some add to line ends where they print to a
/// terminal, and what marks an IPv4 address that a dual-stack socket tells: `::ffff:` before it (RFC 4291, 2.5.5.2)
/// and, where Python shows it, flow and scope behind it, as in `('::ffff:127.0.0.1', 40404, 0, 0)`.
Bytes held_output(const ProgramPart& part, std::string_view printed);

}  // namespace parley
