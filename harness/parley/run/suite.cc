#include "parley/run/suite.h"

#include <algorithm>
#include <thread>

#include "parley/base/task_group.h"

namespace parley {

namespace {

// A verdict that rests on silence takes a fraction of a second and no processor: begun first, it costs nothing.
bool ends_in_silence(const Cell& cell) {
    const auto& scenario = *cell.scenario;
    return scenario.outcome == Outcome::deadlock ||
           std::any_of(scenario.clients.begin(), scenario.clients.end(),
                       [](const auto& client) { return client.player == Player::idle; });
}

}  // namespace

Suite::Suite(Workshop& workshop, const std::vector<Cell>& cells, int repetitions, int jobs, Events events)
    : workshop_(workshop), repetitions_(repetitions), jobs_(jobs), events_(std::move(events)) {
    for (const auto& cell : cells) cells_.push_back(&cell);
    std::stable_partition(cells_.begin(), cells_.end(), [](const Cell* cell) { return ends_in_silence(*cell); });
}

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
        const auto& cell = *cells_[next_++];
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
    return static_cast<int>(4 * std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace parley
