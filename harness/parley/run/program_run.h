// One program of a cell: its process, its consoles, and what is seen of them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/task_group.h"
#include "parley/process/console.h"
#include "parley/process/program.h"
#include "parley/run/workshop.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

class ProgramRun {
public:
    /// Its tasks are spawned into `tasks`, which must be joined before this object is destroyed. `changed` is called
    /// when the program has ended.
    ProgramRun(Workshop& workshop, TaskGroup& tasks, std::function<void()> changed);

    /// Starts `command` from the folder `directory` in `network`. Where that fails, the observation says why.
    asio::awaitable<void> start(std::vector<std::string> command, const std::string& directory, const ProgramPart& part,
                                const NetworkNamespace& network);

    bool started() const { return started_; }
    bool running() const { return running_; }
    pid_t id() const { return program_->id(); }

    /// From now on the observed state stays as it is: what happens next is the harness ending the program.
    void freeze() { frozen_ = true; }
    void kill();
    /// Stops listening to what the program's descendants may still hold open.
    void close_consoles();

    /// What was seen; the caller adds waits and sockets.
    ProgramObservation& observation() { return observation_; }
    const ProgramObservation& observation() const { return observation_; }

private:
    asio::awaitable<void> launch(const std::string& directory, const ProgramPart& part,
                                 const NetworkNamespace& network);
    asio::awaitable<void> watch();

    Workshop& workshop_;
    TaskGroup& tasks_;
    std::function<void()> changed_;
    ProgramObservation observation_;
    Bytes input_;
    std::optional<Program> program_;
    std::optional<asio::posix::stream_descriptor> in_, out_, err_;
    bool started_ = false, running_ = false, frozen_ = false;
};

}  // namespace parley
