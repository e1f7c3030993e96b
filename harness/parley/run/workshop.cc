#include "parley/run/workshop.h"

#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>
#include <thread>

#include "parley/base/error.h"
#include "parley/base/language.h"

namespace parley {

Workshop::Workshop(asio::any_io_executor executor, std::string build, double timeout_scale, Isolation isolation)
    // First, since a user namespace is entered by a process with a single thread.
    : sandbox_(isolation == Isolation::namespaces ? std::make_optional<Sandbox>() : std::nullopt),
      executor_(std::move(executor)),
      build_(std::move(build)),
      timeout_scale_(timeout_scale),
      helpers_(std::max(1U, std::thread::hardware_concurrency())) {
    if (!sandbox_) loopback_.emplace(PARLEY_PORTMAP);
    checked(prctl(PR_SET_CHILD_SUBREAPER, 1), "become the reaper of orphans");
    signal(SIGCHLD, SIG_DFL);  // where the caller ignores it, the kernel would reap programs unseen (wait(2))
    signal(SIGPIPE, SIG_IGN);  // a program that does not read its stdin, a report's reader that has left
}

std::string Workshop::contain(Contained whose, const std::string& init, const std::vector<std::string>& hidden,
                              Limits limits) {
    if (!sandbox_) return tr("programs that share the machine's loopback are in no container");
    Containment containment(init, hidden);
    auto reason = containment.why_not();
    if (!reason.empty()) return reason;
    contained_ = whose;
    containment_ = std::move(containment);
    limits_ = limits;
    return {};
}

std::unique_ptr<Place> Workshop::make_place(std::uint16_t port, PortUse use) const {
    return sandbox_ ? private_place(*sandbox_) : shared_place(*loopback_, port, use);
}

std::string why_no_shared_loopback() {
    return why_no_shared_loopback(PARLEY_PORTMAP);
}

}  // namespace parley
