// How a submission is built and started where nobody says: by the names of its files.
#pragma once

#include <string>
#include <vector>

namespace parley {

/// The command that builds the program of `role` from `files`, the names of the regular files in the submission's
/// folder: `make` where there is a Makefile, else the usual compiler on a source that is called like the role
/// (`echo_server.c`, `EchoServer.java`: `-`, `_` and capitals do not matter). Empty: there is nothing to build.
std::vector<std::string> conventional_build(const std::string& role, const std::vector<std::string>& files);

/// The command that starts it, from the files that there are after the build: an executable, a script for its
/// interpreter, a Java class. Empty: no file is called like the role.
std::vector<std::string> conventional_run(const std::string& role, const std::vector<std::string>& files);

}  // namespace parley
