#include "parley/run/program_run.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>

#include "parley/base/error.h"
#include "parley/base/language.h"
#include "parley/base/offload.h"
#include "parley/observe/proc.h"
#include "parley/process/environment.h"

namespace parley {

namespace {

/// A channel to the first process of a container; each message comes with the sender's process id, as it is here.
Channel open_init_channel() {
    int ends[2];
    checked(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), "socketpair");
    Channel channel{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
    const int on = 1;
    checked(setsockopt(channel.ours.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on), "setsockopt SO_PASSCRED");
    return channel;
}

Exceeded exceeded_of(int limit, const Limits& limits) {
    switch (limit) {
        case InitMessage::processes: return {Exceeded::What::processes, limits.processes};
        case InitMessage::memory: return {Exceeded::What::memory, limits.memory};
        default: return {Exceeded::What::processor, limits.processor};
    }
}

/// The first line of what lies in a pipe.
std::string first_line_in(int pipe) {
    if (fcntl(pipe, F_SETFL, O_NONBLOCK) < 0) return {};
    std::array<char, 1024> text{};
    const auto length = read(pipe, text.data(), text.size());
    const std::string whole(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    return whole.substr(0, whole.find('\n'));
}

/// The file that `command` starts, where strace finds it. Throws SystemError where it is missing or not executable.
std::string path_of(const std::vector<std::string>& command, const std::string& directory) {
    const auto found = command.empty() ? std::string() : find_program(command.front());
    if (found.empty()) throw SystemError(ENOENT, tr("start"), command.empty() ? "an empty command" : command.front());
    auto path = (std::filesystem::absolute(directory) / found).string();
    if (access(path.c_str(), X_OK) < 0) throw_errno(tr("start"), path);
    return path;
}

}  // namespace

ProgramRun::ProgramRun(Workshop& workshop, TaskGroup& tasks, std::function<void()> changed)
    : workshop_(workshop), tasks_(tasks), changed_(std::move(changed)) {}

asio::awaitable<void> ProgramRun::start(std::vector<std::string> command, const ProgramPart& part,
                                        const Setting& setting) {
    started_ = true;
    observation_.command = std::move(command);
    try {
        co_await launch(part, setting);
    } catch (const SystemError& error) {
        observation_.state = NotStarted{error.what()};
    }
}

asio::awaitable<void> ProgramRun::launch(const ProgramPart& part, const Setting& setting) {
    auto out = part.prints_into_pipe() ? open_output_pipe() : open_terminal();
    auto err = open_output_pipe();
    input_ = part.input;
    auto in = input_.empty() ? Channel{{}, open_null()} : open_input_pipe();

    LaunchRequest request;
    request.command = observation_.command;
    auto environment = part.env;
    setting.place.add_to(environment);
    // LeakSanitizer traces the program that it looks into, and fails where strace does.
    if (!part.expect.primitives.empty()) environment.try_emplace("ASAN_OPTIONS", "detect_leaks=0");
    request.environment = pinned_environment(environment);
    request.directory = setting.folder;
    request.in = in.theirs.get();
    request.out = out.theirs.get();
    request.err = err.theirs.get();
    const bool is_contained = setting.container.has_value();
    request.enter = [&setting, containment = is_contained ? workshop_.containment() : nullptr] {
        return containment && containment->enter() < 0 ? -1 : setting.place.enter_for_exec(containment != nullptr);
    };
    // Looked up here: getenv() on another thread would race with utc_offset().
    if (const auto path = find_program(request.command.front()); !path.empty()) request.command.front() = path;
    const auto path = request.command.front();
    Channel channel;
    if (is_contained) {
        limits_ = setting.container->limits;
        channel = open_init_channel();
        request = contained(std::move(request), *setting.container);
        const auto& containment = *workshop_.containment();
        request.more = {channel.theirs.get(), containment.init(), containment.settings()};
    }
    std::optional<Channel> trace;
    if (!part.expect.primitives.empty()) {
        trace = open_output_pipe();
        request.command.front() = path_of(request.command, request.directory);
        request.more.push_back(trace->theirs.get());
        request.command = with_strace(request.command, 2 + static_cast<int>(request.more.size()));
        request.command.front() = find_program(request.command.front());
    }
    auto launching = [&] { program_.emplace(workshop_.executor(), request); };
    {
        const Leaders::Start start(workshop_.leaders());
        co_await offload(workshop_.helpers(), launching);
        workshop_.leaders().insert(program_->id());
    }
    alive_ = true;
    if (is_contained) {
        channel_.emplace(workshop_.executor(), channel.ours.release());
        channel.theirs.reset();
        co_await container_started(path, err.ours.get());
        tasks_.spawn(watch_container());
    } else {
        running_ = true;
        observation_.state = Running{};
        observation_.process = program_->id();
        tasks_.spawn(watch());
    }

    if (trace) {
        trace_source_.emplace(workshop_.executor(), trace->ours.release());
        trace->theirs.reset();
        tasks_.spawn(read_trace());
    }
    out_.emplace(workshop_.executor(), out.ours.release());
    tasks_.spawn(capture_output(*out_, observation_.out));
    err_.emplace(workshop_.executor(), err.ours.release());
    tasks_.spawn(capture_output(*err_, observation_.err));
    if (in.ours) {
        in_.emplace(workshop_.executor(), in.ours.release());
        tasks_.spawn(feed(*in_, input_));
    }
}

LaunchRequest ProgramRun::contained(LaunchRequest request, const Container& container) const {
    request.command = workshop_.containment()->wrap(container, request.command, request.environment);
    request.environment = {};
    request.directory = "/";
    return request;
}

/// Until the program is executed in its container. Throws SystemError where it cannot be; then nothing is left.
asio::awaitable<void> ProgramRun::container_started(const std::string& path, int err) {
    const auto said = co_await hear();
    if (said && said->message.kind == InitMessage::Kind::started) {
        init_ = said->process;
        observation_.process = said->message.value;
        observation_.state = Running{};
        running_ = true;
        co_return;
    }
    if (!said) program_->kill();
    co_await program_->wait();
    alive_ = false;
    workshop_.leaders().erase(program_->id());
    if (said) throw start_error(said->message.value, path);
    throw SystemError(ECANCELED, told("contain it ({})", first_line_in(err)), path);
}

/// The next message; nothing when the container is gone.
asio::awaitable<std::optional<ProgramRun::Told>> ProgramRun::hear() {
    for (;;) {
        error_code error;
        co_await channel_->async_wait(asio::posix::stream_descriptor::wait_read, into(error));
        if (error) co_return std::nullopt;
        Told heard{};
        iovec content{&heard.message, sizeof heard.message};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control{};
        msghdr header{};
        header.msg_iov = &content;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        const auto length = recvmsg(channel_->native_handle(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (length < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (length != sizeof heard.message) co_return std::nullopt;
        if (const auto* sender = CMSG_FIRSTHDR(&header); sender && sender->cmsg_type == SCM_CREDENTIALS) {
            ucred credentials{};
            std::memcpy(&credentials, CMSG_DATA(sender), sizeof credentials);
            heard.process = credentials.pid;
        }
        co_return heard;
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
    alive_ = false;
    workshop_.leaders().erase(program_->id());
    note_end(state);
    if (trouble) std::rethrow_exception(trouble);
}

asio::awaitable<void> ProgramRun::watch_container() {
    for (;;) {
        const auto said = co_await hear();
        if (!said) break;
        if (said->message.kind == InitMessage::Kind::ended) note_end(state_of(said->message.value));
        if (said->message.kind == InitMessage::Kind::over_limit) exceed(exceeded_of(said->message.value, limits_));
    }
    // Where its first process is gone, so is all of it; bubblewrap itself may have been killed alone.
    program_->kill();
    co_await program_->wait();
    alive_ = false;
    workshop_.leaders().erase(program_->id());
    if (running_) note_end(Signaled{SIGKILL});
    changed_();
}

void ProgramRun::note_end(ProgramState state) {
    running_ = false;
    if (!frozen_) observation_.state = std::move(state);
    changed_();
}

void ProgramRun::exceed(Exceeded exceeded) {
    if (!frozen_ && !observation_.exceeded) observation_.exceeded = exceeded;
}

asio::awaitable<void> ProgramRun::capture_output(asio::posix::stream_descriptor& source, Captured& captured) {
    co_await capture(source, captured, limits_.output);
    if (captured.total <= limits_.output) co_return;
    exceed({Exceeded::What::output, limits_.output});
    kill();
}

std::vector<pid_t> ProgramRun::processes() const {
    if (init_ != 0) return alive_ ? children_of_task(init_, init_) : std::vector<pid_t>();
    return running_ ? std::vector{program_->id()} : std::vector<pid_t>();
}

asio::awaitable<void> ProgramRun::read_trace() {
    std::array<char, 4096> buffer{};
    for (;;) {
        error_code error;
        const auto count = co_await trace_source_->async_read_some(asio::buffer(buffer), into(error));
        trace_.add({buffer.data(), count});
        if (error) break;
    }
    trace_ended_ = true;
    changed_();
}

void ProgramRun::add_calls(std::uint16_t port) {
    if (!trace_source_) return;
    observation_.calls = trace_.calls(port);
    const auto program = quoted(observation_.command.front());
    if (!trace_.failure().empty())
        observation_.state = NotStarted{format("{} {}: {}", tr("start"), program, tr(trace_.failure().c_str()))};
    // strace ended before it had begun: it may trace nobody on this machine (ptrace(2)).
    if (trace_.process() == 0 && std::holds_alternative<Exited>(observation_.state))
        observation_.state = NotStarted{told("start {} under strace: {}", program, observation_.err.bytes)};
}

// The kernel ends a container when its first process has ended, which takes its time. Until then the program would see
// the end of its peer, and say what it makes of it.
void ProgramRun::kill() {
    if (!alive_) return;
    if (init_ != 0) {
        for (const pid_t process : processes()) {
            ::kill(process, SIGKILL);
            ::kill(-process, SIGKILL);
        }
        ::kill(init_, SIGKILL);
    }
    program_->kill();
}

void ProgramRun::close_consoles() {
    error_code ignored;
    for (auto* console : {&in_, &out_, &err_, &trace_source_})
        if (*console) (*console)->close(ignored);
}

}  // namespace parley
