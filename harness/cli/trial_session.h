// All trials of one submission, on a loop that it may share with others.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "parley/run/suite.h"
#include "parley/verify/trial.h"

namespace parley {

/// What this machine lacks to hold anything against a program at `level`, in a sentence; empty where it lacks nothing.
std::string missing_for(Level level);

class TrialSession {
public:
    struct Events {
        std::function<void(const Cell&)> started;
        std::function<void(const Cell&, Verdict::Kind)> finished;
    };

    /// `side` is the submission's. `trials` must outlive the session.
    TrialSession(Workshop& workshop, const Trials& trials, Side side, Events events);

    std::size_t cells() const { return cells_.size(); }

    /// The first trial alone, and then, unless nothing can come of it, all others. Ends early after interrupt().
    asio::awaitable<void> run();

    /// Starts nothing more and ends what runs, of which no result is kept.
    void interrupt();

    bool interrupted() const { return interrupted_; }
    /// In the order of the trials; complete once run() has ended.
    const std::vector<TrialResult>& results() const { return results_; }

private:
    asio::awaitable<void> run(std::size_t first, std::size_t last);
    void finished(const Cell& cell, std::size_t index, Observation observation);

    Workshop& workshop_;
    Side side_;
    Events events_;
    std::vector<Cell> cells_;
    std::vector<std::size_t> trial_of_;  ///< of each cell
    std::vector<TrialResult> results_;
    std::optional<Suite> suite_;  ///< the one that runs
    bool interrupted_ = false;
};

}  // namespace parley
