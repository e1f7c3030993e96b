// What all cells of a run share.
#pragma once

#include <sys/types.h>

#include <boost/asio/any_io_executor.hpp>
#include <set>
#include <string>

#include "parley/base/asio.h"
#include "parley/sandbox/namespaces.h"

namespace parley {

/// Made once, before any thread. The calling process becomes the one to which orphans of programs fall (subreaper), so
/// that nothing a program leaves behind escapes.
class Workshop {
public:
    /// `build` is what {build} stands for in commands; time limits are multiplied by `timeout_scale`.
    /// Throws SetupError where the machine allows no private namespaces.
    Workshop(asio::any_io_executor executor, std::string build, double timeout_scale);

    const asio::any_io_executor& executor() const { return executor_; }
    const Sandbox& sandbox() const { return sandbox_; }
    const std::string& build() const { return build_; }
    double timeout_scale() const { return timeout_scale_; }

    /// Programs that some cell has started and not yet reaped: no stray, whatever namespace they are in.
    std::set<pid_t>& leaders() { return leaders_; }

private:
    Sandbox sandbox_;
    asio::any_io_executor executor_;
    std::string build_;
    double timeout_scale_;
    std::set<pid_t> leaders_;
};

}  // namespace parley
