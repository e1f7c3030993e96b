// Many cells, a few at a time, on one thread.
//
// Cells that wait by nature cost hardly any processor time, so they have places of their own beside those that work:
// the processors have work meanwhile, and at the end nothing is left that only waits.
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

    /// `cells` must outlive the suite. At most `jobs` that work run at the same time, and as many that wait by nature;
    /// with one job never more than one cell. Each of the two kinds begins in the given order.
    Suite(Workshop& workshop, const std::vector<Cell>& cells, int repetitions, int jobs, Events events);

    /// All cells, `repetitions` times over. Ends early after stop().
    asio::awaitable<void> run();

    /// Starts no more cells. With `at_once` also ends those that run; their observations still come.
    void stop(bool at_once);

private:
    /// Cells in their order, over and over.
    struct Queue {
        std::vector<const Cell*> cells;
        std::size_t next = 0;
        int repetition = 0;
    };

    asio::awaitable<void> work(Queue& queue);

    Workshop& workshop_;
    Queue waiting_, working_;
    int repetitions_;
    int jobs_;
    Events events_;
    bool stopped_ = false;
    std::list<CellRun> running_;
};

/// How many cells to run at a time where nobody says: programs wait for each other much of their time, so four for each
/// processor.
int default_jobs();

}  // namespace parley
