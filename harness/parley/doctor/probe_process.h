// Trying things in a process that may fail, hang, or lose its rights over it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "parley/base/file_descriptor.h"

namespace parley {

/// Tries something in a child process of its own, which is ended with all that it has started when the answer is there
/// or time is up.
class ProbeProcess {
public:
    struct Answer {
        std::string trouble;  ///< empty: it works
        std::string detail;
    };

    /// Starts it. `probe` returns the detail, and throws std::exception, whose text is the trouble. Only while the
    /// calling process has a single thread.
    ProbeProcess(const std::function<std::string()>& probe, std::chrono::milliseconds limit);
    ProbeProcess(ProbeProcess&& other) noexcept;
    ProbeProcess& operator=(ProbeProcess&&) = delete;
    ~ProbeProcess();

    /// Waits for the answer, at most until the limit.
    Answer answer();

private:
    void end();

    pid_t child_ = 0;
    FileDescriptor answer_;
    std::chrono::milliseconds limit_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// How a program ended, and what it printed on both consoles.
struct Ran {
    int status = 0;  ///< as waitpid() gives it
    std::string printed;
    bool succeeded() const { return status == 0; }
    /// The first line of what it printed.
    std::string first_line() const;
    /// `exit 1: bwrap: No permissions to create a new namespace`
    std::string complaint() const;
};

/// Runs `command` to its end, in the environment that programs under test have; the first word may be a name. Throws
/// std::runtime_error where it is not installed.
Ran run_to_end(std::vector<std::string> command, const std::map<std::string, std::string>& environment = {});

}  // namespace parley
