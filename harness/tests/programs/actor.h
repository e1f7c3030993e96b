// tp_actor as the tests start it: beside parley's own launcher, so that what is under test is not what tests it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "parley/base/file_descriptor.h"
#include "parley/sandbox/namespaces.h"

namespace parley {

/// The path of tp_actor, and its command line for `steps`.
const std::string& actor_path();
std::vector<std::string> actor_command(std::vector<std::string> steps);

/// A running tp_actor. Killed and reaped when the object ends; what it started dies with its session.
class Actor {
public:
    /// Starts it in the network namespace of the calling thread; its stdin stays open and silent.
    explicit Actor(std::vector<std::string> steps);
    ~Actor();
    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;

    pid_t id() const { return id_; }
    /// Until one of its threads is blocked in the system call `call` (as /proc/PID/syscall numbers it). False where it
    /// is not within ten seconds.
    bool reaches(long call) const;
    /// Writes to its stdin.
    void tell(const std::string& text) const;

private:
    pid_t id_ = -1;
    FileDescriptor input_;
};

}  // namespace parley
