#include "trial_session.h"

#include <algorithm>

#include "parley/base/language.h"
#include "parley/process/environment.h"

namespace parley {

namespace {

// Programs that wait out their time use no processor, and one that is wrong may do so in every scenario.
constexpr int jobs = 16;

/// A program that does not begin to talk, or comes to no end, will not in any other scenario: to wait for it each time
/// tells nothing new.
bool is_hopeless(const TrialResult& result) {
    const auto* telling = result.telling();
    if (!telling || telling->verdict.findings.empty()) return false;
    return std::ranges::any_of(telling->verdict.findings, [](const Finding& finding) {
        switch (finding.code) {
            case Finding::Code::never_listened:
            case Finding::Code::wrong_port:
            case Finding::Code::never_connected:
            case Finding::Code::deadline:
            case Finding::Code::not_started: return true;
            default: return false;
        }
    });
}

}  // namespace

std::string missing_for(Level level) {
    if (level != Level::primitives || !find_program("strace").empty()) return {};
    return tr("the level primitives needs strace, which is not installed (package strace)");
}

TrialSession::TrialSession(Workshop& workshop, const Trials& trials, Side side, Events events)
    : workshop_(workshop), side_(side), events_(std::move(events)) {
    for (const auto& trial : trials.list) {
        results_.push_back({&trial, {}});
        for (const auto& cell : trial.cells) {
            cells_.push_back(cell);
            trial_of_.push_back(results_.size() - 1);
        }
    }
}

asio::awaitable<void> TrialSession::run() {
    const auto first = static_cast<std::size_t>(std::ranges::count(trial_of_, 0U));
    co_await run(0, first);
    if (!interrupted_ && !is_hopeless(results_.front())) co_await run(first, cells_.size());
    for (auto& result : results_) {
        std::ranges::sort(result.cells, {}, [](const CellResult& cell) { return cell.cell; });
    }
}

asio::awaitable<void> TrialSession::run(std::size_t first, std::size_t last) {
    const std::vector<Cell> cells(cells_.begin() + static_cast<std::ptrdiff_t>(first),
                                  cells_.begin() + static_cast<std::ptrdiff_t>(last));
    Suite::Events events;
    events.started = events_.started;
    events.finished = [&](const Cell& cell, int, Observation observation) {
        finished(cell, first + static_cast<std::size_t>(&cell - cells.data()), std::move(observation));
    };
    suite_.emplace(workshop_, cells, 1, jobs, std::move(events));
    std::exception_ptr trouble;
    try {
        co_await suite_->run();
    } catch (...) {
        trouble = std::current_exception();
    }
    suite_.reset();
    if (trouble) std::rethrow_exception(trouble);
}

void TrialSession::finished(const Cell& cell, std::size_t index, Observation observation) {
    if (observation.ending == Ending::interrupted) return;
    CellResult result{&cells_[index], 0, std::move(observation), {}};
    result.verdict = judge_submission(cell, result.observation, side_);
    events_.finished(cell, result.verdict.kind);
    results_[trial_of_[index]].cells.push_back(std::move(result));
}

void TrialSession::interrupt() {
    interrupted_ = true;
    if (suite_) suite_->stop(true);
}

}  // namespace parley
