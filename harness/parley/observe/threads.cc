#include "parley/observe/threads.h"

#include <linux/futex.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "parley/observe/sockets.h"
#include "parley/observe/system_calls.h"

namespace parley {

namespace {

using std::chrono::nanoseconds;

// A JVM's own threads wake up by the clock for ever, whatever the program does. /proc cuts names to 15 characters.
bool serves_runtime(std::string_view name) {
    constexpr auto names = std::to_array<std::string_view>(
        {"VM Thread", "VM Periodic Tas", "GC Thread", "G1 ", "C1 CompilerThre", "C2 CompilerThre", "Signal Dispatch",
         "Finalizer", "Reference Handl", "Common-Cleaner", "Service Thread", "Monitor Deflati", "Notification Th",
         "Sweeper thread", "Attach Listener", "Cleaner-"});
    return std::any_of(names.begin(), names.end(), [=](auto known) { return name.starts_with(known); });
}

struct CallInProgress {
    long number = -1;
    std::array<std::uint64_t, 6> arguments{};
};

// `7 0x1 0x2 …` while blocked in system call 7, `running` or `-1 …` otherwise (proc(5)).
std::optional<CallInProgress> call_in_progress(pid_t process, pid_t task) {
    const auto text = slurp(format("/proc/{}/task/{}/syscall", process, task));
    CallInProgress call;
    const char* const end = text.data() + text.size();
    auto [at, error] = std::from_chars(text.data(), end, call.number);
    if (error != std::errc() || call.number < 0) return std::nullopt;
    for (auto& argument : call.arguments) {
        while (at < end && *at == ' ') ++at;
        if (end - at < 2) return std::nullopt;
        at = std::from_chars(at + 2, end, argument, 16).ptr;  // past "0x"
    }
    return call;
}

// The kernel writes addresses as numbers; only process_vm_readv() ever follows one.
void* remote_address(std::uint64_t address) {
    return reinterpret_cast<void*>(address);  // NOLINT(performance-no-int-to-ptr)
}

template <typename Time>
std::optional<Time> read_memory(pid_t process, std::uint64_t address) {
    Time value{};
    const iovec ours{&value, sizeof value};
    const iovec theirs{remote_address(address), sizeof value};
    if (process_vm_readv(process, &ours, 1, &theirs, 1, 0) != static_cast<ssize_t>(sizeof value)) return std::nullopt;
    return value;
}

// "For ever" is often spelled as the greatest number of seconds that there is; some 290 years are as good.
nanoseconds duration(const timespec& time) {
    constexpr auto most =
        std::chrono::duration_cast<std::chrono::seconds>(nanoseconds::max()) - std::chrono::seconds(1);
    return std::min(std::chrono::seconds(time.tv_sec), most) + nanoseconds(time.tv_nsec);
}

nanoseconds now(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return duration(time);
}

// At most how long the call blocks from its beginning (from now, where its time-out is absolute). Where that cannot be
// read, zero: nothing can be concluded.
nanoseconds may_block_for(const SystemCall& call, const CallInProgress& progress, pid_t process) {
    using Timeout = SystemCall::Timeout;
    const auto forever = nanoseconds::max();
    if (call.timeout == Timeout::none) return call.on == SystemCall::On::time ? nanoseconds(0) : forever;
    const auto argument = progress.arguments[static_cast<std::size_t>(call.timeout_argument)];
    if (call.timeout == Timeout::milliseconds) {
        const auto count = static_cast<int>(argument);
        return count < 0 ? forever : std::chrono::milliseconds(count);
    }
    if (argument == 0) return forever;
    if (call.timeout == Timeout::relative_timeval) {
        const auto time = read_memory<timeval>(process, argument);
        return time ? duration({time->tv_sec, time->tv_usec * 1000}) : nanoseconds(0);
    }
    const auto time = read_memory<timespec>(process, argument);
    if (!time) return nanoseconds(0);
    if (call.timeout == Timeout::futex) {
        const auto operation = static_cast<int>(progress.arguments[1]);
        const bool absolute = (operation & FUTEX_CMD_MASK) != FUTEX_WAIT;
        const auto clock = (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
        return absolute ? duration(*time) - now(clock) : duration(*time);
    }
    if (call.timeout == Timeout::nanosleep && (progress.arguments[1] & TIMER_ABSTIME) != 0)
        return duration(*time) - now(static_cast<clockid_t>(progress.arguments[0]));
    return duration(*time);
}

// A thread blocked on one descriptor rests only if that descriptor is a socket or pipe for which nothing is there, and
// nothing that it sent itself is still under way to the peer.
Rest rest_on_descriptor(const SystemCall& call, const DescriptorLook& look) {
    const bool reads = call.on == SystemCall::On::descriptor_read;
    if (reads ? look.readable : look.writable) return Rest::active;
    if (look.socket) return look.has_timeout || (reads && look.in_flight) ? Rest::active : Rest::on_socket;
    return look.object == "pipe" ? Rest::for_threads : Rest::active;
}

// A timer descriptor (timerfd_create(2)) among those that a thread polls ends its wait as a time-out would. What is
// left of it stands in fdinfo: `it_value: (seconds, nanoseconds)`, zero where it is not set.
bool has_timer_within(pid_t process, nanoseconds horizon) {
    for (const int descriptor : descriptors_of(process)) {
        const auto text = slurp(format("/proc/{}/fdinfo/{}", process, descriptor));
        const auto at = text.find("it_value: (");
        if (at == std::string::npos) continue;
        char* comma = nullptr;
        timespec left{};
        left.tv_sec = std::strtoll(text.c_str() + at + 11, &comma, 10);
        left.tv_nsec = std::strtol(comma + 1, nullptr, 10);
        if (duration(left) > nanoseconds(0) && duration(left) <= horizon) return true;
    }
    return false;
}

void look_into_call(pid_t process, pid_t task, nanoseconds horizon, ThreadLook& look) {
    const auto progress = call_in_progress(process, task);
    if (!progress) return;
    const auto* call = blocking_call(progress->number);
    if (!call) {
        look.call.call = format("system call {}", progress->number);
        return;
    }
    look.call.call = call->name;
    const bool lasting = may_block_for(*call, *progress, process) > horizon;
    using On = SystemCall::On;
    if (call->on == On::descriptor_read || call->on == On::descriptor_write) {
        look.call.descriptor = static_cast<int>(progress->arguments[0]);
        const auto descriptor = look_at_descriptor(process, look.call.descriptor);
        look.call.object = descriptor.object;
        look.call.on_socket = descriptor.socket;
        look.rest = rest_on_descriptor(*call, descriptor);
    } else if (call->on == On::many) {
        look.call.on_socket = true;
        look.rest = lasting && !has_timer_within(process, horizon) ? Rest::on_socket : Rest::active;
    } else if (call->on == On::thread || call->on == On::time) {
        look.rest = lasting ? Rest::for_threads : Rest::active;
    }
}

// schedstat: processor time, time spent waiting for a processor, both in nanoseconds
// (Documentation/scheduler/sched-stats).
void read_processor_times(pid_t process, pid_t task, ThreadLook& look) {
    const auto text = slurp(format("/proc/{}/task/{}/schedstat", process, task));
    const auto space = text.find(' ');
    if (space == std::string::npos) return;
    std::from_chars(text.data(), text.data() + space, look.ran_ns);
    std::from_chars(text.data() + space + 1, text.data() + text.size(), look.waited_ns);
}

// A JVM that ends gives threads that are in the kernel 0.3 s to notice, by waits of 10 ms one after the other; without
// an operation to do, the same thread waits for a second at a time.
bool ends_the_machine(pid_t process, pid_t task, const std::string& name) {
    if (name != "VM Thread") return false;
    const auto progress = call_in_progress(process, task);
    const auto* call = progress ? blocking_call(progress->number) : nullptr;
    return call && may_block_for(*call, *progress, process) <= std::chrono::milliseconds(20);
}

ThreadLook look_at_thread(pid_t process, pid_t task, nanoseconds horizon) {
    ThreadLook look;
    look.id = task;
    const auto stat = read_stat(process, task);
    look.call.thread = stat.name;
    read_processor_times(process, task, look);
    if (serves_runtime(stat.name)) {
        // One that is ready to run, and has no processor, may be what the program's own threads wait for.
        const bool runs = stat.state == 'R' || stat.state == 'D';
        look.rest = runs || ends_the_machine(process, task, stat.name) ? Rest::active : Rest::for_threads;
        look.ran_ns = 0;  // what it does by the clock is no progress of the program
    } else if (stat.state == 'S') {
        look_into_call(process, task, horizon, look);
    } else if (stat.state == 'Z' || stat.state == 'X') {
        look.rest = Rest::for_threads;
    }
    return look;
}

/// Whether SIGALRM is among the signals of `set`, a line of /proc/PID/status: `SigCgt:	0000000000002000`.
bool has_alarm(const std::string& status, const std::string& set) {
    const auto at = status.find(set);
    if (at == std::string::npos) return false;
    const auto mask = std::strtoull(status.c_str() + at + set.size(), nullptr, 16);
    return (mask >> (SIGALRM - 1) & 1U) != 0;
}

// alarm(2) and setitimer(2) leave no trace in /proc, but a program that uses them catches the signal, or blocks it to
// wait for it (sigwait(3), signalfd(2)). Ruby catches it in every program, and has neither call to offer. The timers of
// timer_create(2) are listed.
bool may_be_alarmed(pid_t process) {
    if (read_stat(process, process).name.starts_with("ruby")) return false;
    const auto status = slurp(format("/proc/{}/status", process));
    if (has_alarm(status, "SigCgt:") || has_alarm(status, "SigBlk:")) return true;
    return !slurp(format("/proc/{}/timers", process)).empty();
}

void append_tree(pid_t process, std::vector<pid_t>& tree) {
    tree.push_back(process);
    for (const pid_t task : tasks_of(process))
        for (const pid_t child : children_of_task(process, task)) append_tree(child, tree);
}

}  // namespace

bool ProgramLook::waits_for_peer() const {
    const auto with = [this](Rest rest) {
        return std::any_of(threads.begin(), threads.end(), [=](const auto& thread) { return thread.rest == rest; });
    };
    return !with(Rest::active) && with(Rest::on_socket);
}

nanoseconds ProgramLook::starved() const {
    std::uint64_t most = 0;
    for (const auto& thread : threads) most = std::max(most, thread.waited_ns);
    return nanoseconds(most);
}

nanoseconds own_starvation() {
    ThreadLook look;
    read_processor_times(getpid(), gettid(), look);
    return nanoseconds(look.waited_ns);
}

std::vector<BlockedCall> ProgramLook::waits() const {
    const auto collect = [this](bool on_sockets) {
        std::vector<BlockedCall> calls;
        for (const auto& thread : threads)
            if (!serves_runtime(thread.call.thread) && !thread.call.call.empty() &&
                (!on_sockets || thread.call.on_socket))
                calls.push_back(thread.call);
        return calls;
    };
    auto calls = collect(true);
    return calls.empty() ? collect(false) : calls;
}

ProgramLook look_at(pid_t leader, nanoseconds horizon) {
    ProgramLook look;
    for (const pid_t process : process_tree(leader)) {
        const bool alarmed = may_be_alarmed(process);
        for (const pid_t task : tasks_of(process)) {
            auto thread = look_at_thread(process, task, horizon);
            if (alarmed) thread.rest = Rest::active;
            look.threads.push_back(std::move(thread));
        }
    }
    return look;
}

// A process that is ending has closed its sockets already while its exit status is still to come. A thread that has
// ended alone (Z, where it is the first) leaves the others as they are.
bool at_rest(pid_t leader) {
    bool alive = false;
    for (const pid_t process : process_tree(leader))
        for (const pid_t task : tasks_of(process)) {
            const auto stat = read_stat(process, task);
            const bool ended = stat.state == 'Z' || stat.state == 'X';
            if (process == leader && !ended) alive = true;
            if (stat.exiting && !ended) return false;
            // t: stopped by strace, which lets it go on.
            const bool goes_on = stat.state == 'R' || stat.state == 'D' || stat.state == 't';
            if (!serves_runtime(stat.name) && goes_on) return false;
        }
    return alive;
}

std::chrono::nanoseconds processor_time(pid_t leader) {
    std::chrono::nanoseconds sum{};
    for (const pid_t process : process_tree(leader)) {
        clockid_t clock{};
        timespec ran{};
        if (clock_getcpuclockid(process, &clock) == 0 && clock_gettime(clock, &ran) == 0)
            sum += std::chrono::seconds(ran.tv_sec) + std::chrono::nanoseconds(ran.tv_nsec);
    }
    return sum;
}

std::vector<pid_t> process_tree(pid_t leader) {
    std::vector<pid_t> tree;
    append_tree(leader, tree);
    return tree;
}

std::vector<pid_t> own_children() {
    std::vector<pid_t> children;
    const pid_t self = getpid();
    for (const pid_t task : tasks_of(self))
        for (const pid_t child : children_of_task(self, task)) children.push_back(child);
    return children;
}

}  // namespace parley
