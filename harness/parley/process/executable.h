// Whether a command can be started at all, said in one sentence before anything is.
#pragma once

#include <string>
#include <vector>

namespace parley {

/// Why `command` cannot be started from `folder`: a program that is missing or not executable, an interpreter or loader
/// that is not there, a program for another machine, a script that is missing. Empty where nothing speaks against it.
std::string why_not_startable(const std::vector<std::string>& command, const std::string& folder);

}  // namespace parley
