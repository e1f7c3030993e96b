// What a program finds around it: nothing of the caller's environment but what is said here.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace parley {

/// `KEY=VALUE` strings: TZ=UTC, LANG and LC_ALL=C.UTF-8, a fixed PATH, HOME=/nonexistent, then `overrides`.
/// PYTHONUNBUFFERED, JAVA_TOOL_OPTIONS and their like in the caller's environment change what programs do.
std::vector<std::string> pinned_environment(const std::map<std::string, std::string>& overrides);

/// The file that starts the program `name`: itself where it has a slash; else the first executable of that name in the
/// fixed PATH, then in the caller's. Empty where there is none.
std::string find_program(const std::string& name);

}  // namespace parley
