// Preloaded before libfaketime into programs whose clock is set (ld.so(8), LD_PRELOAD): a sleep that ends by a clock
// which only goes on is the C library's own.
//
// libfaketime is told to leave such clocks alone, and yet takes the end of the sleep for a time of day: it subtracts
// the one that it was given, the end lies before the clock's beginning, and clock_nanosleep(2) fails with EINVAL.
// Python's time.sleep() is such a call.
#include <dlfcn.h>

#include <ctime>

namespace {

using Sleep = int (*)(clockid_t, int, const timespec*, timespec*);

Sleep next_sleep = nullptr;    // libfaketime's
Sleep steady_sleep = nullptr;  // the C library's

__attribute__((constructor)) void find_them() {
    constexpr const char* name = "clock_nanosleep";
    next_sleep = reinterpret_cast<Sleep>(dlsym(RTLD_NEXT, name));
    void* library = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
    steady_sleep = library ? reinterpret_cast<Sleep>(dlsym(library, name)) : next_sleep;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int clock_nanosleep(clockid_t clock, int flags,
                                                                      const timespec* request, timespec* remaining) {
    const bool is_steady = clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME;
    return (is_steady ? steady_sleep : next_sleep)(clock, flags, request, remaining);
}
