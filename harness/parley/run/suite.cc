#include "parley/run/suite.h"

#include <algorithm>
#include <thread>

#include "parley/base/task_group.h"

namespace parley {

Suite::Suite(Workshop& workshop, const std::vector<Cell>& cells, int repetitions, int jobs, Events events)
    : workshop_(workshop), repetitions_(repetitions), jobs_(jobs), events_(std::move(events)) {
    const bool apart = jobs > 1;
    for (const auto& cell : cells)
        (apart && waits_by_nature(*cell.scenario) ? waiting_ : working_).cells.push_back(&cell);
}

asio::awaitable<void> Suite::run() {
    TaskGroup workers(workshop_.executor(), [] {});
    for (int worker = 0; worker < jobs_; ++worker) {
        workers.spawn(work(working_));
        workers.spawn(work(waiting_));
    }
    co_await workers.join();
    if (workers.trouble()) std::rethrow_exception(workers.trouble());
}

asio::awaitable<void> Suite::work(Queue& queue) {
    while (!stopped_ && !queue.cells.empty() && queue.repetition < repetitions_) {
        const auto& cell = *queue.cells[queue.next];
        const int repetition = queue.repetition;
        if (++queue.next == queue.cells.size()) {
            queue.next = 0;
            ++queue.repetition;
        }
        if (!cell.unsupported.empty()) {
            events_.finished(cell, repetition, {});
            continue;
        }
        events_.started(cell);
        const auto place = running_.emplace(running_.end(), workshop_, cell);
        auto observation = co_await place->run();
        running_.erase(place);
        events_.finished(cell, repetition, std::move(observation));
    }
}

void Suite::stop(bool at_once) {
    stopped_ = true;
    if (at_once)
        for (auto& cell : running_) cell.interrupt();
}

int default_jobs() {
    return static_cast<int>(4 * std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace parley
