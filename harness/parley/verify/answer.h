// What the author of a submission is told.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "parley/verify/trial.h"

namespace parley {

struct AnswerOptions {
    bool colour = false;
    bool all_in_full = false;  ///< every failure, not only the first
    /// The command that repeats this trial alone.
    std::function<std::string(const TrialResult&)> repeat_command;
};

/// A line for each trial, then the first failure in full. Advice is told apart, and the end counts what counted.
std::string answer(const Trials& trials, const std::vector<TrialResult>& results, const Submission& submission,
                   std::chrono::duration<double> elapsed, const AnswerOptions& options);

/// The first failure that counts; nullptr where there is none.
const TrialResult* first_failure(const std::vector<TrialResult>& results);

/// The same as JSON: one object, with every observation.
std::string answer_json(const Trials& trials, const std::vector<TrialResult>& results, const Submission& submission,
                        Level level, bool interrupted);

}  // namespace parley
