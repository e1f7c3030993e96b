#include "parley/run/strays.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "parley/observe/threads.h"

namespace parley {

namespace {

// A process that has ended has no namespace any more; if it is no leader, it was somebody's orphan.
enum class Belonging { here, elsewhere, ended };

// A process that is ending gives up its memory, and the environment in it, before its namespace.
Belonging belonging_by_mark(pid_t process, const Homes& homes) {
    const std::string end(1, '\0');
    const auto environment = end + slurp(format("/proc/{}/environ", process));
    const auto bears = [&](const std::string& mark) { return environment.find(end + mark + end) != std::string::npos; };
    if (std::any_of(homes.marks.begin(), homes.marks.end(), bears)) return Belonging::here;
    if (homes.sessions.contains(getsid(process))) return Belonging::here;
    return read_stat(process, process).exiting ? Belonging::ended : Belonging::elsewhere;
}

Belonging belonging(pid_t process, const Homes& homes) {
    struct stat status {};
    if (stat(format("/proc/{}/ns/net", process).c_str(), &status) < 0) return Belonging::ended;
    if (homes.namespaces.contains(status.st_ino)) return Belonging::here;
    return homes.marks.empty() ? Belonging::elsewhere : belonging_by_mark(process, homes);
}

// A killed process can take its time to die on a busy machine, so its end is awaited and not blocked for.
asio::awaitable<void> kill_and_reap(pid_t process) {
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
    kill(process, SIGKILL);
    if (handle < 0) co_return;
    asio::posix::stream_descriptor ended(co_await asio::this_coro::executor, handle);
    // It leaves its namespace before it can be reaped, so only its reaped end is an end.
    while (waitpid(process, nullptr, WNOHANG) == 0) {
        error_code ignored;
        co_await ended.async_wait(asio::posix::stream_descriptor::wait_read, into(ignored));
    }
}

}  // namespace

std::vector<pid_t> find_strays(const Leaders& leaders, const Homes& homes) {
    std::vector<pid_t> strays;
    const bool last = !homes.marks.empty() && leaders.empty() && leaders.all_known();
    for (const pid_t child : own_children()) {
        if (leaders.contains(child)) continue;
        const auto where = belonging(child, homes);
        // One that is ending has left its namespace, and may not be there to be reaped yet.
        const bool ending = where == Belonging::ended && leaders.all_known() && waitpid(child, nullptr, WNOHANG) == 0;
        if (ending || where == Belonging::here || (last && where == Belonging::elsewhere)) strays.push_back(child);
    }
    return strays;
}

std::vector<pid_t> find_living_strays(const Leaders& leaders, const Homes& homes) {
    auto strays = find_strays(leaders, homes);
    std::erase_if(strays, [&](pid_t stray) { return belonging(stray, homes) != Belonging::here; });
    return strays;
}

asio::awaitable<void> end_strays(const Leaders& leaders, const Homes& homes) {
    for (;;) {
        const auto strays = find_strays(leaders, homes);
        if (strays.empty()) co_return;
        for (const pid_t stray : strays) co_await kill_and_reap(stray);
    }
}

}  // namespace parley
