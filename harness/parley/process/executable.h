// Whether a command can be started at all, said in one sentence before anything is.
#pragma once

#include <string>
#include <vector>

namespace parley {

/// Why `command` cannot be started from `folder`: a program that is missing or not executable, an interpreter or loader
/// that is not there, a program for another machine, a script that is missing. Empty where nothing speaks against it.
std::string why_not_startable(const std::vector<std::string>& command, const std::string& folder);

/// Why a library that is preloaded does not reach the calls of `command`, started from `folder`: its program, or the
/// interpreter of its script, is linked statically, or asks the kernel itself. Empty where nothing speaks against it;
/// what a program starts in its turn is not looked at.
std::string why_not_preloadable(const std::vector<std::string>& command, const std::string& folder);

/// Whether that program is written in Go, whose sockets that listen have SO_REUSEADDR.
bool is_written_in_go(const std::vector<std::string>& command, const std::string& folder);

}  // namespace parley
