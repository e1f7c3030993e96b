// The first process (pid 1) of a container that bubblewrap has made: starts one program within limits, tells parley how
// it goes, and ends when the last of the program's processes has. When it ends, the kernel ends all that is left
// (pid_namespaces(7)).
//
//   parley_init PROCESSES MEMORY PROCESSOR FILE_SIZE OPEN_FILES COMMAND [ARG…]
//
// Limits are numbers: tasks, octets, seconds, octets, descriptors. Exit status: 0; 125 where the call makes no sense.
//
// It shares the container, and nothing else, with a program that may wish it ill: no signal from inside reaches the
// first process, and it lets nobody trace it.
#include <dirent.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "parley/sandbox/init_protocol.h"

namespace {

using parley::InitMessage;

/// Between two looks at what the program uses. A fork bomb makes some hundred processes meanwhile.
constexpr std::chrono::milliseconds look_interval{25};

struct Limits {
    rlim_t processes, memory, processor, file_size, open_files;
};

void tell(InitMessage::Kind kind, int value) {
    const InitMessage message{kind, value};
    // Whom it concerns has left where this fails, and then this process is about to be ended too.
    if (send(parley::init_channel, &message, sizeof message, MSG_NOSIGNAL) < 0) return;
}

// ---- in the child

bool set(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    const rlimit limit{soft, hard};
    return setrlimit(resource, &limit) == 0;
}

/// Both, but no more than there may be without privilege.
bool set_within_hard(__rlimit_resource resource, rlim_t wanted) {
    rlimit present{};
    if (getrlimit(resource, &present) < 0) return false;
    const rlim_t most = wanted < present.rlim_max ? wanted : present.rlim_max;
    return set(resource, most, most);
}

bool limit_itself(const Limits& limits) {
    // Memory is what the first process watches over. This one only keeps a program from outrunning its looks: where a
    // language reserves much and uses little, it does not get in the way.
    const rlim_t data = limits.memory * 4;
    // To be told of the first, and to have no say in the second.
    return set(RLIMIT_CPU, limits.processor, limits.processor + 1) && set(RLIMIT_DATA, data, data) &&
           set(RLIMIT_FSIZE, limits.file_size, limits.file_size) && set_within_hard(RLIMIT_NOFILE, limits.open_files) &&
           set(RLIMIT_NPROC, limits.processes, limits.processes) && set(RLIMIT_CORE, 0, 0);
}

/// No calls that reach parts of the kernel for which no program of the slides' kind has any use, or that take memory
/// that is charged to nobody. They fail as on a kernel that lacks them, which portable programs provide for.
bool refuse_calls() {
    constexpr std::array refused{SYS_memfd_create, SYS_io_uring_setup, SYS_userfaultfd, SYS_bpf,
                                 SYS_add_key,      SYS_keyctl,         SYS_request_key, SYS_perf_event_open};
    std::array<sock_filter, refused.size() + 3> filter{};
    std::size_t at = 0;
    filter[at++] = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
    for (std::size_t index = 0; index < refused.size(); ++index) {
        const auto to_refusal = static_cast<std::uint8_t>(refused.size() - index);
        filter[at++] = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(refused[index]), to_refusal, 0);
    }
    filter[at++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[at++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS);
    const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool forget_signals() {
    sigset_t none;
    sigemptyset(&none);
    return sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
}

[[noreturn]] void become(char** command, const Limits& limits, int failure) {
    // This process may go before others, for which see Containment::enter(); the program may not.
    if (getpriority(PRIO_PROCESS, 0) < 0) setpriority(PRIO_PROCESS, 0, 0);
    if (setsid() >= 0 && forget_signals() && limit_itself(limits) && refuse_calls()) execv(command[0], command);
    const int code = errno;
    if (write(failure, &code, sizeof code) < 0) _exit(126);
    _exit(127);
}

// ---- starting

/// The child's errno where it could not execute the command; 0: it does.
int failure_of(int channel) {
    int code = 0;
    return read(channel, &code, sizeof code) == sizeof code ? code : 0;
}

pid_t start(char** command, const Limits& limits) {
    int failure[2];
    if (pipe2(failure, O_CLOEXEC) < 0) return -1;
    const pid_t child = fork();
    if (child == 0) become(command, limits, failure[1]);
    close(failure[1]);
    if (child > 0) {
        if (const int code = failure_of(failure[0]); code != 0) {
            waitpid(child, nullptr, 0);
            errno = code;
            return -1;
        }
    }
    close(failure[0]);
    return child;
}

/// The first version in which each process namespace has a limit of its own to process ids.
bool has_pid_max_for_itself() {
    utsname system{};
    int major = 0, minor = 0;
    return uname(&system) == 0 && std::sscanf(system.release, "%d.%d", &major, &minor) == 2 &&
           (major > 6 || (major == 6 && minor >= 14));
}

/// RLIMIT_NPROC does not hold root back (setrlimit(2)), and a bomb in many sessions leaves this process no time to
/// look: the kernel gives each session its share. So there are no more process ids than the program needs. From 300 on
/// they are used again and again, and those below never are (kernel/pid.c).
void hold_back_root(const Limits& limits) {
    if (geteuid() != 0 || !has_pid_max_for_itself()) return;
    constexpr rlim_t used_once = 300, to_be_seen = 64;
    const int file = openat(parley::init_settings, "pid_max", O_WRONLY | O_CLOEXEC);
    if (file >= 0) dprintf(file, "%lu", static_cast<unsigned long>(used_once + limits.processes + to_be_seen));
    close(file);
}

/// The program's consoles are its own to close: who waits for their end does not wait for this process.
void let_go_of_consoles() {
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int number = 0; number < 3; ++number) dup2(null, number);
}

// ---- watching over it

struct Usage {
    rlim_t tasks = 0;
    rlim_t memory = 0;  ///< octets
};

/// As much of a small file of /proc as fits.
std::string slurp(const std::string& path) {
    std::array<char, 4096> text{};
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    const auto length = read(file, text.data(), text.size());
    close(file);
    return {text.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

/// The number that follows `name` in a file of /proc whose lines are such pairs; 0: there is none.
rlim_t number_after(const std::string& text, const char* name) {
    const auto at = text.find(name);
    return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + std::strlen(name), nullptr, 10);
}

/// What it uses that is no file's, alone or with others (proc(5), status; in kilobytes).
Usage usage_of(const std::string& process) {
    const auto status = slurp("/proc/" + process + "/status");
    return {number_after(status, "\nThreads:"),
            (number_after(status, "\nRssAnon:") + number_after(status, "\nRssShmem:")) << 10};
}

/// Its share of that: what it uses with others counts in parts. To tell takes the longer the more it uses (proc(5),
/// smaps_rollup).
Usage share_of(const std::string& process) {
    auto usage = usage_of(process);
    const auto rollup = slurp("/proc/" + process + "/smaps_rollup");
    if (!rollup.empty())
        usage.memory = (number_after(rollup, "\nPss_Anon:") + number_after(rollup, "\nPss_Shmem:")) << 10;
    return usage;
}

/// Calls `visit` for each line of one of the lists of System V objects, but the first, which names the columns.
template <typename Visitor>
void for_each_object(const char* list, Visitor visit) {
    std::FILE* const file = std::fopen(list, "re");
    if (!file) return;
    std::array<char, 512> line{};
    bool named = false;
    while (std::fgets(line.data(), line.size(), file))
        if (std::exchange(named, true)) visit(line.data());
    std::fclose(file);
}

/// Of what no process need have in use: the container's System V objects (sysvipc(7), proc(5)).
rlim_t memory_of_objects() {
    rlim_t octets = 0;
    for_each_object("/proc/sysvipc/shm", [&](const char* line) {
        unsigned long resident = 0;
        constexpr const char* columns = "%*d %*d %*o %*u %*d %*d %*u %*u %*u %*u %*u %*u %*u %*u %lu";
        if (std::sscanf(line, columns, &resident) == 1) octets += resident;
    });
    for_each_object("/proc/sysvipc/msg", [&](const char* line) {
        unsigned long queued = 0;
        if (std::sscanf(line, "%*d %*d %*o %lu", &queued) == 1) octets += queued + 256;
    });
    for_each_object("/proc/sysvipc/sem", [&](const char* line) {
        unsigned long count = 0;
        if (std::sscanf(line, "%*d %*d %*o %lu", &count) == 1) octets += 64 * count + 256;  // a cache line each
    });
    return octets;
}

/// By what `of` says of a process. Counted no further than to more tasks than `most_tasks`: to count a fork bomb takes
/// longer than it grows.
Usage usage_of_all(rlim_t most_tasks, Usage (*of)(const std::string& process)) {
    Usage usage{0, memory_of_objects()};
    DIR* processes = opendir("/proc");
    if (!processes) return usage;
    while (const dirent* entry = usage.tasks > most_tasks ? nullptr : readdir(processes)) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || std::strcmp(entry->d_name, "1") == 0) continue;
        const auto one = of(entry->d_name);
        usage.tasks += one.tasks;
        usage.memory += one.memory;
    }
    closedir(processes);
    return usage;
}

[[noreturn]] void end_all(InitMessage::Limit limit) {
    tell(InitMessage::Kind::over_limit, limit);
    _exit(0);  // the kernel ends the rest, at once and whatever they do
}

void look(const Limits& limits) {
    const auto usage = usage_of_all(limits.processes, usage_of);
    if (usage.tasks > limits.processes) end_all(InitMessage::processes);
    if (usage.memory <= limits.memory) return;
    if (usage_of_all(limits.processes, share_of).memory > limits.memory) end_all(InitMessage::memory);
}

// The kernel counts in ticks of its clock where it holds a process to the limit, and exactly in what it tells of it.
bool used_up_processor(int status, const rusage& usage, const Limits& limits) {
    const auto seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    return WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL) &&
           seconds >= 0.75 * static_cast<double>(limits.processor);
}

/// Reaps whoever has ended. False: nobody is left.
bool reap(pid_t program, const Limits& limits) {
    for (;;) {
        int status = 0;
        rusage usage{};
        const pid_t ended = wait4(-1, &status, WNOHANG, &usage);
        if (ended == 0) return true;
        if (ended < 0) return errno != ECHILD;
        if (used_up_processor(status, usage, limits)) end_all(InitMessage::processor);
        if (ended == program) tell(InitMessage::Kind::ended, status);
    }
}

std::chrono::milliseconds now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

/// However many processes end, it looks no more often than that.
void watch(pid_t program, int ends, const Limits& limits) {
    auto next_look = now() + look_interval;
    while (reap(program, limits)) {
        pollfd event{ends, POLLIN, 0};
        const auto pause = std::max(next_look - now(), std::chrono::milliseconds(0));
        if (poll(&event, 1, static_cast<int>(pause.count())) > 0) {
            signalfd_siginfo ignored{};
            if (read(ends, &ignored, sizeof ignored) < 0) continue;
        }
        if (now() < next_look) continue;
        look(limits);
        next_look = now() + look_interval;
    }
}

/// Readable when a child has ended. Before any is started: none is missed.
int notice_of_ends() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

}  // namespace

int main(int count, char** words) {
    constexpr int numbers = 5;
    if (count < numbers + 2) return 125;
    const auto number = [&](int index) { return static_cast<rlim_t>(std::strtoull(words[index], nullptr, 10)); };
    const Limits limits{number(1), number(2), number(3), number(4), number(5)};
    prctl(PR_SET_NAME, "parley_init");  // executed from a descriptor, it would bear its number
    prctl(PR_SET_DUMPABLE, 0);
    fcntl(parley::init_channel, F_SETFD, FD_CLOEXEC);
    hold_back_root(limits);
    syscall(SYS_close_range, parley::init_channel + 1, ~0U, 0);
    const int ends = notice_of_ends();
    const pid_t program = start(words + numbers + 1, limits);
    if (program < 0) {
        tell(InitMessage::Kind::not_started, errno);
        return 0;
    }
    tell(InitMessage::Kind::started, program);
    let_go_of_consoles();
    watch(program, ends, limits);
    return 0;
}
