// A program under test as a child process, started by Boost.Process.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "parley/base/asio.h"
#include "parley/base/error.h"
#include "parley/wire/observation.h"

namespace parley {

struct LaunchRequest {
    std::vector<std::string> command;      ///< argv; the first is a path, or a name that find_program() knows
    std::vector<std::string> environment;  ///< `KEY=VALUE`, all of it
    std::string directory = ".";
    int in = -1, out = -1, err = -1;  ///< become 0, 1 and 2; they stay the caller's to close
    std::vector<int> more;            ///< become 3, 4, …
    /// Called in the child between fork and exec: async-signal-safe calls only. 0, or -1 with errno.
    std::function<int()> enter;
};

/// Why `path` could not be executed, in words, where execve(2) failed with `code`.
SystemError start_error(int code, const std::string& path);

/// How a program ended, from the status that wait(2) gives.
ProgramState state_of(int status);

/// A started program: the leader of a session of its own, killed when parley dies, with the descriptors that it is
/// given and nothing else of parley's. It leaves no core file.
class Program {
public:
    /// Starts it. Throws SystemError with the reason in words where it cannot be started; then nothing is left.
    Program(const asio::any_io_executor& executor, const LaunchRequest& request);
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;
    /// Kills and reaps it where it still runs.
    ~Program();

    pid_t id() const;
    /// Completes when it has ended, and reaps it. To be awaited once.
    asio::awaitable<ProgramState> wait();
    /// SIGKILL to its whole process group. Only while wait() has not completed: afterwards its id may be another's.
    void kill();

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

}  // namespace parley
