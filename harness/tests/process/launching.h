// Programs started as parley starts them, run to their end.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <vector>

#include "parley/process/console.h"
#include "parley/process/environment.h"
#include "parley/process/program.h"

namespace parley {

/// What became of a program.
struct Launched {
    ProgramState state = Running{};
    Captured out, err;
};

/// A program with a terminal as stdout, a pipe as stderr and `input` on stdin.
class Launch {
public:
    explicit Launch(std::vector<std::string> command, Bytes input = {});

    LaunchRequest request;  ///< may be changed before start()

    /// Throws what Program throws.
    void start();
    Program& program() { return *program_; }
    asio::io_context& context() { return context_; }
    /// What it has printed so far.
    const Captured& out() const { return launched_.out; }
    /// Until it and its consoles have ended; the state stays Running where that takes more than twenty seconds.
    Launched finish();

private:
    asio::awaitable<void> watch();

    asio::io_context context_;
    Bytes input_;
    Channel in_, out_, err_;
    std::optional<asio::posix::stream_descriptor> input_end_, output_end_, error_end_;
    std::optional<Program> program_;
    Launched launched_;
};

/// What the POSIX shell makes of `script`.
Launched shell(const std::string& script, Bytes input = {});

/// The ids of this process's children that have ended and that nobody has reaped.
std::vector<pid_t> zombies();

}  // namespace parley
