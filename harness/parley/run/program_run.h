// One program of a cell: its process, its consoles, and what is seen of them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/task_group.h"
#include "parley/observe/socket_trace.h"
#include "parley/process/console.h"
#include "parley/process/program.h"
#include "parley/run/workshop.h"
#include "parley/sandbox/containment.h"
#include "parley/sandbox/init_protocol.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

class ProgramRun {
public:
    /// Where a program runs, and what it may do there.
    struct Setting {
        std::string folder;
        const Place& place;
        std::optional<Container> container;  ///< none: it is trusted
    };

    /// Its tasks are spawned into `tasks`, which must be joined before this object is destroyed. `changed` is called
    /// when the program has ended.
    ProgramRun(Workshop& workshop, TaskGroup& tasks, std::function<void()> changed);

    /// Starts `command`. Where that fails, the observation says why.
    asio::awaitable<void> start(std::vector<std::string> command, const ProgramPart& part, const Setting& setting);

    bool started() const { return started_; }
    /// Whether its first process runs.
    bool running() const { return running_; }
    /// Whether any process of it may be left for which kill() is the end.
    bool alive() const { return alive_; }
    bool contained() const { return init_ != 0; }
    /// Its first process, and in a container whatever process has lost its parent; empty where all have ended.
    std::vector<pid_t> processes() const;

    /// From now on the observed state stays as it is: what happens next is the harness ending the program.
    void freeze() { frozen_ = true; }
    void kill();
    /// Stops listening to what the program's descendants may still hold open.
    void close_consoles();
    /// Whether it has ended, and strace has yet to write what it called last.
    bool trace_is_under_way() const { return trace_source_ && started_ && !running_ && !trace_ended_; }
    /// Adds to what was seen what it called about `port`, the real one of its part, once its tasks have ended.
    void add_calls(std::uint16_t port);

    /// What was seen; the caller adds waits, sockets, and what is left behind.
    ProgramObservation& observation() { return observation_; }
    const ProgramObservation& observation() const { return observation_; }

private:
    /// What the first process of a container says, and which process it is.
    struct Told {
        InitMessage message;
        pid_t process;
    };

    asio::awaitable<void> launch(const ProgramPart& part, const Setting& setting);
    LaunchRequest contained(LaunchRequest request, const Container& container) const;
    asio::awaitable<void> container_started(const std::string& path, int err);
    asio::awaitable<void> watch();
    asio::awaitable<void> watch_container();
    asio::awaitable<void> capture_output(asio::posix::stream_descriptor& source, Captured& captured);
    asio::awaitable<std::optional<Told>> hear();
    void note_end(ProgramState state);
    void exceed(Exceeded exceeded);
    asio::awaitable<void> read_trace();

    Workshop& workshop_;
    TaskGroup& tasks_;
    std::function<void()> changed_;
    ProgramObservation observation_;
    Limits limits_;
    Bytes input_;
    std::optional<Program> program_;
    std::optional<asio::posix::stream_descriptor> in_, out_, err_;
    std::optional<asio::posix::stream_descriptor> channel_;  ///< to the first process of its container
    pid_t init_ = 0;                                         ///< that process
    std::optional<asio::posix::stream_descriptor> trace_source_;
    SocketTrace trace_;
    bool started_ = false, running_ = false, alive_ = false, frozen_ = false, trace_ended_ = false;
};

}  // namespace parley
