#include "parley/observe/system_calls.h"

#include <sys/syscall.h>

#include <algorithm>
#include <array>

namespace parley {

namespace {

using On = SystemCall::On;
using Timeout = SystemCall::Timeout;

// Newer architectures (aarch64) have only the later of two calls that do the same.
constexpr auto calls = std::to_array<SystemCall>({
    {SYS_read, "read", On::descriptor_read},
    {SYS_readv, "readv", On::descriptor_read},
    {SYS_recvfrom, "recvfrom", On::descriptor_read},
    {SYS_recvmsg, "recvmsg", On::descriptor_read},
    {SYS_accept, "accept", On::descriptor_read},
    {SYS_accept4, "accept4", On::descriptor_read},
    {SYS_write, "write", On::descriptor_write},
    {SYS_writev, "writev", On::descriptor_write},
    {SYS_sendto, "sendto", On::descriptor_write},
    {SYS_sendmsg, "sendmsg", On::descriptor_write},
    {SYS_ppoll, "ppoll", On::many, Timeout::relative_timespec, 2},
    {SYS_pselect6, "pselect6", On::many, Timeout::relative_timespec, 4},
    {SYS_epoll_pwait, "epoll_pwait", On::many, Timeout::milliseconds, 3},
    {SYS_epoll_pwait2, "epoll_pwait2", On::many, Timeout::relative_timespec, 3},
#ifdef SYS_poll
    {SYS_poll, "poll", On::many, Timeout::milliseconds, 2},
    {SYS_select, "select", On::many, Timeout::relative_timeval, 4},
    {SYS_epoll_wait, "epoll_wait", On::many, Timeout::milliseconds, 3},
    {SYS_pause, "pause", On::thread},
#endif
    {SYS_futex, "futex", On::thread, Timeout::futex, 3},
    {SYS_wait4, "wait4", On::thread},
    {SYS_waitid, "waitid", On::thread},
    {SYS_rt_sigtimedwait, "rt_sigtimedwait", On::thread, Timeout::relative_timespec, 2},
    {SYS_rt_sigsuspend, "rt_sigsuspend", On::thread},
    {SYS_nanosleep, "nanosleep", On::time, Timeout::relative_timespec, 0},
    {SYS_clock_nanosleep, "clock_nanosleep", On::time, Timeout::nanosleep, 2},
    {SYS_connect, "connect", On::time},
});

}  // namespace

const SystemCall* blocking_call(long number) {
    const auto* found =
        std::find_if(calls.begin(), calls.end(), [=](const auto& call) { return call.number == number; });
    return found == calls.end() ? nullptr : &*found;
}

}  // namespace parley
