// What a submission is held against: scenario by scenario, each in its cells; and how it stood the trial.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "parley/report/result.h"
#include "parley/scenario/plan.h"
#include "parley/verify/submission.h"

namespace parley {

/// A scenario that is held against the submission, in as many cells as its counterpart has implementations.
struct Trial {
    std::shared_ptr<const Scenario> scenario;
    Verified mark = Verified::held;
    std::vector<Cell> cells;
};

struct Trials {
    std::vector<Trial> list;  ///< what counts first, then advice; each beginning with the slides' own example
    /// How many scenarios were left out because the command has no place for what they give it.
    std::map<NotHeld, std::size_t> left_out;
};

/// The cells of a scenario, for this machine.
using Plan = std::function<std::vector<Cell>(const std::shared_ptr<const Scenario>&)>;

Trials plan_trials(const std::vector<std::shared_ptr<const Scenario>>& scenarios, const Submission& submission,
                   const Catalogue& catalogue, Level level, const Plan& plan);

/// How a trial went.
struct TrialResult {
    const Trial* trial = nullptr;
    std::vector<CellResult> cells;  ///< those that ran, or are unsupported; empty: it was not tried

    /// The worst of its cells: failed before could-not-run before passed; unsupported where every cell is.
    Verdict::Kind kind() const;
    /// The first cell of that kind; nullptr where all passed.
    const CellResult* telling() const;
};

/// The verdict on a cell as one on the submission: that it never listened, or never connected, is its failure, and what
/// a script does besides is not told.
Verdict judge_submission(const Cell& cell, const Observation& observation, Side side);

/// How the submission stood.
struct Standing {
    int held = 0, held_passed = 0;
    int advice = 0, advice_passed = 0;
    int unsupported = 0, could_not_run = 0;
    int not_tried = 0;  ///< of those that count
    bool failed() const { return held_passed < held; }
};
Standing standing_of(const std::vector<TrialResult>& results);

}  // namespace parley
