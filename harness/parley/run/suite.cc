#include "parley/run/suite.h"

#include <algorithm>
#include <thread>

#include "parley/base/task_group.h"

namespace parley {

Suite::Suite(Workshop& workshop, const std::vector<Cell>& cells, int repetitions, int jobs, Events events)
    : workshop_(workshop), cells_(cells), repetitions_(repetitions), jobs_(jobs), events_(std::move(events)) {}

asio::awaitable<void> Suite::run() {
    TaskGroup workers(workshop_.executor(), [] {});
    for (int worker = 0; worker < jobs_; ++worker) workers.spawn(work());
    co_await workers.join();
    if (workers.trouble()) std::rethrow_exception(workers.trouble());
}

asio::awaitable<void> Suite::work() {
    while (!stopped_) {
        if (next_ == cells_.size()) {
            next_ = 0;
            ++repetition_;
        }
        if (repetition_ >= repetitions_ || cells_.empty()) co_return;
        const auto& cell = cells_[next_++];
        const int repetition = repetition_;
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
    return static_cast<int>(2 * std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace parley
