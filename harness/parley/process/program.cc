#include "parley/process/program.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/process/v2/posix/default_launcher.hpp>
#include <boost/process/v2/posix/vfork_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/language.h"
#include "parley/process/descriptor_limit.h"
#include "parley/process/environment.h"

namespace parley {

namespace {

namespace process = boost::process::v2;

// vfork() saves the copy of parley's page tables and the faults on both sides after it: a third of what the harness
// spends on a cell. ThreadSanitizer makes it a fork(), after which the child cannot tell its error in common memory.
#ifdef __SANITIZE_THREAD__
using Start = process::posix::default_launcher;
#else
using Start = process::posix::vfork_launcher;
#endif

// Boost.Process calls these members by name. Where one fails, the parent is told errno, so each leaves it set.
struct ChildSetup {
    const LaunchRequest& request;
    std::vector<const char*> environment;
    std::vector<int> descriptors;    ///< that become 0, 1, 2, …
    mutable std::vector<int> moved;  ///< room for the child, which must not allocate
    pid_t parent = getpid();

    explicit ChildSetup(const LaunchRequest& from) : request(from), descriptors{from.in, from.out, from.err} {
        descriptors.insert(descriptors.end(), from.more.begin(), from.more.end());
        moved.resize(descriptors.size());
        for (const auto& entry : request.environment) environment.push_back(entry.c_str());
        environment.push_back(nullptr);
    }

    template <typename Launcher>
    error_code on_setup(Launcher& launcher, const process::filesystem::path&, const char* const*&) {
        launcher.env = environment.data();
        // It closes all others, whatever they became.
        for (std::size_t number = 3; number < descriptors.size(); ++number)
            launcher.fd_whitelist.push_back(static_cast<int>(number));
        return {};
    }

    template <typename Launcher>
    error_code on_exec_setup(Launcher&, const process::filesystem::path&, const char* const*&) {
        if (leave_parent() && take_descriptors() && set_limits() && reset_signals() && enter()) return {};
        return {errno, boost::system::system_category()};
    }

    // By now the parent has been told; exit() would flush its buffers a second time.
    template <typename... Arguments>
    void on_exec_error(Arguments&&...) {
        _exit(127);
    }

private:
    bool leave_parent() const {
        if (setsid() < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) return false;
        if (getppid() != parent) _exit(127);  // it died before the line above
        return chdir(request.directory.c_str()) == 0;
    }
    bool take_descriptors() const {
        int number = 0;
        for (const int given : descriptors) {
            // From here on it lies above all numbers that are yet to be taken.
            const int kept = fcntl(given, F_DUPFD_CLOEXEC, static_cast<int>(descriptors.size()));
            if (kept < 0) return false;
            moved[static_cast<std::size_t>(number++)] = kept;
        }
        for (number = 0; number < static_cast<int>(descriptors.size()); ++number)
            if (dup2(moved[static_cast<std::size_t>(number)], number) < 0) return false;
        // To Boost 1.84 a child inherits what was opened without close-on-exec elsewhere in the process.
        return syscall(SYS_close_range, static_cast<unsigned>(number), ~0U, CLOSE_RANGE_CLOEXEC) == 0;
    }
    // Of descriptors only now: those that were taken may have been parley's thousandth.
    static bool set_limits() {
        const rlimit no_core{0, 0};
        return setrlimit(RLIMIT_CORE, &no_core) == 0 && pin_descriptor_limit() == 0;
    }
    // What the caller ignores would stay ignored through exec: SIGHUP under nohup, SIGINT in a shell's background.
    static bool reset_signals() {
        for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);  // SIGKILL and the like are refused
        sigset_t none;
        sigemptyset(&none);
        return sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
    }
    bool enter() const { return !request.enter || request.enter() == 0; }
};

std::string interpreter_of(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    if (!line.starts_with("#!")) return {};
    const auto begin = line.find_first_not_of(" \t", 2);
    return begin == std::string::npos ? std::string() : line.substr(begin, line.find_first_of(" \t\r", begin) - begin);
}

// execve reports a missing interpreter as if the script itself were missing.
std::string failed_operation(int code, const std::string& path) {
    if (code == ENOENT && access(path.c_str(), F_OK) == 0) {
        const auto interpreter = interpreter_of(path);
        return interpreter.empty() ? tr("start (its interpreter or loader is missing)")
                                   : told("start (its interpreter {} is missing)", interpreter);
    }
    if (code == ENOEXEC) return tr("start (it is neither a program for this machine nor a script that begins with #!)");
    return tr("start");
}

}  // namespace

ProgramState state_of(int status) {
    if (WIFSIGNALED(status)) return Signaled{WTERMSIG(status)};
    return Exited{WEXITSTATUS(status)};
}

SystemError start_error(int code, const std::string& path) {
    return {code, failed_operation(code, path), path};
}

struct Program::Handle {
    pid_t id;
    asio::posix::stream_descriptor ended;  ///< a pidfd: readable when the process has ended (pidfd_open(2))
    bool reaped = false;
};

Program::Program(const asio::any_io_executor& executor, const LaunchRequest& request) {
    const auto found = request.command.empty() ? std::string() : find_program(request.command.front());
    // Absolute, because the child looks it up after it has changed to that folder.
    const auto path = (std::filesystem::absolute(request.directory) / found).string();
    if (found.empty()) {
        const auto name = request.command.empty() ? std::string("an empty command") : request.command.front();
        throw SystemError(ENOENT, tr("start"), name);
    }
    std::fflush(nullptr);
    const std::vector<std::string> arguments(request.command.begin() + 1, request.command.end());
    // Boost tells the executor's services of the fork, in the child too, where after vfork() the parent's event loop
    // would be rebuilt under its feet. This one has no services that mind, and goes away with the launch.
    asio::io_context nobody;
    Start launcher;
    error_code error;
    auto started =
        launcher(nobody.get_executor(), error, process::filesystem::path(path), arguments, ChildSetup(request));
    if (error) {
        if (launcher.pid > 0) waitpid(launcher.pid, nullptr, 0);  // to Boost 1.88 a failed launch leaves a zombie
        throw start_error(error.value(), path);
    }
    // Reaped here and not by Boost.Process, which after a spurious wake-up blocks the whole loop in waitpid().
    started.detach();
    const auto descriptor = static_cast<int>(syscall(SYS_pidfd_open, launcher.pid, 0));
    handle_ = std::make_unique<Handle>(
        Handle{launcher.pid, {executor, checked(descriptor, "open a process descriptor", path)}});
}

Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

Program::~Program() {
    if (!handle_ || handle_->reaped) return;
    kill();
    waitpid(id(), nullptr, 0);
}

pid_t Program::id() const {
    return handle_->id;
}

asio::awaitable<ProgramState> Program::wait() {
    int status = 0;
    for (;;) {
        error_code error;
        co_await handle_->ended.async_wait(asio::posix::stream_descriptor::wait_read, into(error));
        if (error) throw SystemError(error.value(), "wait for a program");
        if (checked(waitpid(id(), &status, WNOHANG), "wait for a program") != 0) break;
    }
    handle_->reaped = true;
    co_return state_of(status);
}

void Program::kill() {
    if (!handle_->reaped) ::kill(-id(), SIGKILL);
}

}  // namespace parley
