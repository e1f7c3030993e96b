#include "parley/doctor/probe_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/process/environment.h"

namespace parley {

namespace {

using Time = std::chrono::steady_clock;

constexpr char worked = '+', failed = '-';
// No answer is longer, so that a pipe takes it whole.
constexpr std::size_t most_told = 4000;

struct Pipe {
    FileDescriptor reading, writing;
    Pipe() {
        int ends[2];
        checked(pipe2(ends, O_CLOEXEC), "pipe");
        reading.reset(ends[0]);
        writing.reset(ends[1]);
    }
};

[[noreturn]] void answer_with(const std::function<std::string()>& probe, const FileDescriptor& channel) {
    std::string told;
    try {
        told = worked + probe();
    } catch (const std::exception& error) {
        told = failed + std::string(error.what());
    }
    told.resize(std::min(told.size(), most_told));
    _exit(write(channel.get(), told.data(), told.size()) < 0 ? 1 : 0);
}

std::string read_all(int descriptor) {
    std::string all;
    std::array<char, 4096> buffer{};
    while (true) {
        const auto count = read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return all;
        all.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

ProbeProcess::ProbeProcess(const std::function<std::string()>& probe, std::chrono::milliseconds limit) : limit_(limit) {
    Pipe channel;
    child_ = checked(fork(), "fork");
    if (child_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setsid();
        answer_with(probe, channel.writing);
    }
    answer_ = std::move(channel.reading);
}

ProbeProcess::ProbeProcess(ProbeProcess&& other) noexcept
    : child_(std::exchange(other.child_, 0)),
      answer_(std::move(other.answer_)),
      limit_(other.limit_),
      began_(other.began_) {}

ProbeProcess::~ProbeProcess() {
    end();
}

ProbeProcess::Answer ProbeProcess::answer() {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(began_ + limit_ - Time::now());
    pollfd look{answer_.get(), POLLIN, 0};
    const bool in_time = poll(&look, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) > 0;
    std::string told(most_told, '\0');
    const auto length = in_time ? read(answer_.get(), told.data(), told.size()) : 0;
    told.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    end();
    if (!in_time) return {format("no answer within {} s", std::chrono::duration<double>(limit_).count()), {}};
    if (told.empty()) return {"the probing process died", {}};
    if (told.front() == worked) return {{}, told.substr(1)};
    return {told.size() > 1 ? told.substr(1) : "it does not work", {}};
}

// Its group is that of all it has started; as long as it has not been reaped, the number is nobody else's.
void ProbeProcess::end() {
    if (child_ == 0) return;
    kill(-child_, SIGKILL);
    kill(child_, SIGKILL);  // where it has not come to setsid() yet
    while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) continue;
    child_ = 0;
}

std::string Ran::first_line() const {
    return printed.substr(0, printed.find('\n'));
}

std::string Ran::complaint() const {
    const auto how =
        WIFSIGNALED(status) ? format("killed by signal {}", WTERMSIG(status)) : format("exit {}", WEXITSTATUS(status));
    return printed.empty() ? how : format("{}: {}", how, first_line());
}

Ran run_to_end(std::vector<std::string> command, const std::map<std::string, std::string>& environment) {
    const auto path = find_program(command.front());
    if (path.empty()) throw std::runtime_error(command.front() + " is not installed");
    const auto variables = pinned_environment(environment);
    std::vector<char*> argv, envp;
    for (auto& word : command) argv.push_back(word.data());
    for (const auto& variable : variables) envp.push_back(const_cast<char*>(variable.c_str()));
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    Pipe printed;
    const pid_t child = checked(fork(), "fork");
    if (child == 0) {
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, STDIN_FILENO);
        dup2(printed.writing.get(), STDOUT_FILENO);
        dup2(printed.writing.get(), STDERR_FILENO);
        execve(path.c_str(), argv.data(), envp.data());
        const char* why = strerror(errno);
        _exit(write(STDERR_FILENO, why, std::strlen(why)) < 0 ? 126 : 127);
    }
    printed.writing.reset();
    Ran ran;
    ran.printed = read_all(printed.reading.get());
    checked(waitpid(child, &ran.status, 0), "waitpid");
    return ran;
}

}  // namespace parley
