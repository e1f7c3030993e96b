// What all cells of a run share.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/asio.h"
#include "parley/run/place.h"
#include "parley/run/strays.h"
#include "parley/sandbox/containment.h"
#include "parley/sandbox/isolation.h"

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
    /// Throws SetupError where the machine does not allow `isolation`.
    Workshop(asio::any_io_executor executor, std::string build, double timeout_scale,
             Isolation isolation = Isolation::namespaces);

    const asio::any_io_executor& executor() const { return executor_; }
    /// For what blocks: a launch until the child's exec (vfork(2)), a new namespace until the kernel's network lock is
    /// free. On the loop's own thread the two were half of its time: 290 cells a second where it is now over 400.
    asio::thread_pool& helpers() { return helpers_; }
    /// Where a side lives whose programs name `port` (0: none) and come to it so. Blocks.
    std::unique_ptr<Place> make_place(std::uint16_t port, PortUse use) const;
    bool maps_ports() const { return loopback_.has_value(); }
    /// Whether there are ports for another cell.
    bool has_room() const { return !loopback_ || SharedLoopback::has_room(); }
    const std::string& build() const { return build_; }
    double timeout_scale() const { return timeout_scale_; }

    /// From now on `whose` programs run in containers. Where the machine makes none, says why, and nothing changes.
    /// `init` and `hidden`: as Containment takes them; `limits` are those of programs on trial.
    std::string contain(Contained whose, const std::string& init, const std::vector<std::string>& hidden,
                        Limits limits);
    /// nullptr: nobody's.
    const Containment* containment() const { return containment_ ? &*containment_ : nullptr; }
    Contained contained() const { return containment_ ? contained_ : Contained::nobodys; }
    const Limits& limits() const { return limits_; }

    /// The programs of all cells.
    Leaders& leaders() { return leaders_; }

private:
    std::optional<Sandbox> sandbox_;          ///< the one,
    std::optional<SharedLoopback> loopback_;  ///< or the other
    asio::any_io_executor executor_;
    std::string build_;
    double timeout_scale_;
    Contained contained_ = Contained::nobodys;
    std::optional<Containment> containment_;
    Limits limits_;
    Leaders leaders_;
    asio::thread_pool helpers_;
};

/// Why cells cannot share the loopback of this machine (Isolation::shared); empty where they can.
std::string why_no_shared_loopback();

}  // namespace parley
