#include "parley/run/program_run.h"

#include "parley/base/error.h"
#include "parley/base/offload.h"
#include "parley/process/environment.h"

namespace parley {

ProgramRun::ProgramRun(Workshop& workshop, TaskGroup& tasks, std::function<void()> changed)
    : workshop_(workshop), tasks_(tasks), changed_(std::move(changed)) {}

asio::awaitable<void> ProgramRun::start(std::vector<std::string> command, const std::string& directory,
                                        const ProgramPart& part, const NetworkNamespace& network) {
    started_ = true;
    observation_.command = std::move(command);
    try {
        co_await launch(directory, part, network);
    } catch (const SystemError& error) {
        observation_.state = NotStarted{error.what()};
    }
}

asio::awaitable<void> ProgramRun::launch(const std::string& directory, const ProgramPart& part,
                                         const NetworkNamespace& network) {
    auto out = open_terminal();
    auto err = open_output_pipe();
    input_ = part.input;
    auto in = input_.empty() ? Channel{{}, open_null()} : open_input_pipe();

    LaunchRequest request;
    request.command = observation_.command;
    request.environment = pinned_environment(part.env);
    request.directory = directory;
    request.in = in.theirs.get();
    request.out = out.theirs.get();
    request.err = err.theirs.get();
    request.enter = [&network] { return enter_for_exec(network.descriptor()); };
    // Looked up here: getenv() on another thread would race with utc_offset().
    if (const auto path = find_program(request.command.front()); !path.empty()) request.command.front() = path;
    auto launching = [&] { program_.emplace(workshop_.executor(), request); };
    {
        const Leaders::Start start(workshop_.leaders());
        co_await offload(workshop_.helpers(), launching);
        workshop_.leaders().insert(program_->id());
    }
    running_ = true;
    observation_.process = program_->id();
    observation_.state = Running{};

    tasks_.spawn(watch());
    out_.emplace(workshop_.executor(), out.ours.release());
    tasks_.spawn(capture(*out_, observation_.out));
    err_.emplace(workshop_.executor(), err.ours.release());
    tasks_.spawn(capture(*err_, observation_.err));
    if (in.ours) {
        in_.emplace(workshop_.executor(), in.ours.release());
        tasks_.spawn(feed(*in_, input_));
    }
}

// Whatever goes wrong with the wait, nobody is to wait for this program afterwards.
asio::awaitable<void> ProgramRun::watch() {
    ProgramState state = Running{};
    std::exception_ptr trouble;
    try {
        state = co_await program_->wait();
    } catch (...) {
        trouble = std::current_exception();
    }
    running_ = false;
    workshop_.leaders().erase(program_->id());
    if (!frozen_) observation_.state = state;
    changed_();
    if (trouble) std::rethrow_exception(trouble);
}

void ProgramRun::kill() {
    if (running()) program_->kill();
}

void ProgramRun::close_consoles() {
    error_code ignored;
    for (auto* console : {&in_, &out_, &err_})
        if (*console) (*console)->close(ignored);
}

}  // namespace parley
