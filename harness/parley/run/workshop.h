// What all cells of a run share.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/asio.h"
#include "parley/run/strays.h"
#include "parley/sandbox/containment.h"
#include "parley/sandbox/namespaces.h"

namespace parley {

/// Whose programs are contained.
enum class Contained {
    nobodys,
    strangers,  ///< those on trial, and builds
    everybodys,
};

/// Made once, before any thread. The calling process becomes the one to which orphans of programs fall (subreaper), so
/// that nothing a program leaves behind escapes.
class Workshop {
public:
    /// `build` is what {build} stands for in commands; time limits are multiplied by `timeout_scale`.
    /// Throws SetupError where the machine allows no private namespaces.
    Workshop(asio::any_io_executor executor, std::string build, double timeout_scale);

    const asio::any_io_executor& executor() const { return executor_; }
    /// For what blocks: a launch until the child's exec (vfork(2)), a new namespace until the kernel's network lock is
    /// free. On the loop's own thread the two were half of its time: 290 cells a second where it is now over 400.
    asio::thread_pool& helpers() { return helpers_; }
    const Sandbox& sandbox() const { return sandbox_; }
    const std::string& build() const { return build_; }
    double timeout_scale() const { return timeout_scale_; }

    /// From now on `whose` programs run in containers. Where the machine makes none, says why, and nothing changes.
    /// `init` and `hidden`: as Containment takes them; `limits` are those of programs on trial.
    std::string contain(Contained whose, std::string init, const std::vector<std::string>& hidden, Limits limits);
    /// nullptr: nobody's.
    const Containment* containment() const { return containment_ ? &*containment_ : nullptr; }
    Contained contained() const { return containment_ ? contained_ : Contained::nobodys; }
    const Limits& limits() const { return limits_; }

    /// The programs of all cells.
    Leaders& leaders() { return leaders_; }

private:
    Sandbox sandbox_;
    asio::any_io_executor executor_;
    std::string build_;
    double timeout_scale_;
    Contained contained_ = Contained::nobodys;
    std::optional<Containment> containment_;
    Limits limits_;
    Leaders leaders_;
    asio::thread_pool helpers_;
};

}  // namespace parley
