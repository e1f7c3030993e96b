// Many cells, a few at a time, on one thread.
#pragma once

#include <functional>
#include <list>
#include <vector>

#include "parley/base/asio.h"
#include "parley/run/cell_run.h"
#include "parley/scenario/plan.h"

namespace parley {

/// Runs cells and hands each observation on as soon as it is there.
class Suite {
public:
    struct Events {
        std::function<void(const Cell&)> started;
        /// `repetition` counts from 0. Of a cell that is unsupported the observation is empty, and it was not started.
        std::function<void(const Cell&, int repetition, Observation)> finished;
    };

    /// `cells` must outlive the suite. At most `jobs` run at the same time.
    Suite(Workshop& workshop, const std::vector<Cell>& cells, int repetitions, int jobs, Events events);

    /// All cells, `repetitions` times over. Ends early after stop().
    asio::awaitable<void> run();

    /// Starts no more cells. With `at_once` also ends those that run; their observations still come.
    void stop(bool at_once);

private:
    asio::awaitable<void> work();

    Workshop& workshop_;
    std::vector<const Cell*> cells_;
    int repetitions_;
    int jobs_;
    Events events_;
    std::size_t next_ = 0;
    int repetition_ = 0;
    bool stopped_ = false;
    std::list<CellRun> running_;
};

/// How many cells to run at a time where nobody says: programs wait for each other much of their time, so four for each
/// processor.
int default_jobs();

}  // namespace parley
