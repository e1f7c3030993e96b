#include "parley/run/workshop.h"

#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>
#include <thread>

#include "parley/base/error.h"

namespace parley {

Workshop::Workshop(asio::any_io_executor executor, std::string build, double timeout_scale)
    : executor_(std::move(executor)),
      build_(std::move(build)),
      timeout_scale_(timeout_scale),
      helpers_(std::max(1U, std::thread::hardware_concurrency())) {
    checked(prctl(PR_SET_CHILD_SUBREAPER, 1), "become the reaper of orphans");
    signal(SIGCHLD, SIG_DFL);  // where the caller ignores it, the kernel would reap programs unseen (wait(2))
    signal(SIGPIPE, SIG_IGN);  // a program that does not read its stdin, a report's reader that has left
}

std::string Workshop::contain(Contained whose, std::string init, const std::vector<std::string>& hidden,
                              Limits limits) {
    const Containment containment(std::move(init), hidden);
    auto reason = containment.why_not();
    if (!reason.empty()) return reason;
    contained_ = whose;
    containment_ = containment;
    limits_ = limits;
    return {};
}

}  // namespace parley
