#include "parley/process/descriptor_limit.h"

#include <sys/resource.h>

#include <algorithm>

namespace parley {

namespace {

constexpr rlim_t programs_limit = 1024;

}  // namespace

void raise_descriptor_limit() {
    rlimit own{};
    if (getrlimit(RLIMIT_NOFILE, &own) < 0) return;
    own.rlim_cur = own.rlim_max;
    setrlimit(RLIMIT_NOFILE, &own);  // where it is refused, the limit stays as it was
}

int pin_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -1;
    limit.rlim_max = std::min(limit.rlim_max, programs_limit);
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace parley
