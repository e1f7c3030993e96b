// A program that finds another time on its clock: by libfaketime, a library that is loaded before the C library's.
//
// What asks the kernel itself (Go) or is linked statically does not notice it, and finds the machine's time.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>

namespace parley {

/// Whether the library is installed.
bool can_set_clocks();

/// What a program's environment holds so that its clock, and those of its children, are `shift` seconds ahead. Clocks
/// that only measure how much time passes stay as they are, and so do the times of files.
std::map<std::string, std::string> shifted_clock(std::int64_t shift);

/// Of the project's own, what is loaded with it (steady/steady.cc): a container has to show it.
const std::string& clock_library();

/// Takes away what the library has left of `process`, which has ended, in shared memory.
void remove_clock_of(pid_t process);

}  // namespace parley
