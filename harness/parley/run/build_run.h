// A command that has to come to its end: the build of a program.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "parley/base/task_group.h"
#include "parley/run/workshop.h"
#include "parley/wire/observation.h"

namespace parley {

/// How a build ended.
struct BuildOutcome {
    ProgramState state;  ///< of its first process: Running where time was up, or somebody interrupted it
    Captured out, err;
    bool succeeded() const;
};

/// Runs in a place of its own, so that nothing it leaves behind escapes, and with no network. It finds the
/// pinned environment, but for HOME and PATH, which are the caller's: compilers keep their caches below the one, and
/// lie along the other. Where strangers' programs are contained, so is the build: it may write in `folder`, and HOME is
/// its own, and empty.
class BuildRun {
public:
    explicit BuildRun(Workshop& workshop);

    /// Runs `command` from `folder`, and ends it and all its descendants after `limit`.
    asio::awaitable<BuildOutcome> run(std::vector<std::string> command, std::string folder,
                                      std::chrono::steady_clock::duration limit);
    /// Makes run() come to its end soon.
    void interrupt();

private:
    Workshop& workshop_;
    Condition changed_;
    bool interrupted_ = false;
};

}  // namespace parley
