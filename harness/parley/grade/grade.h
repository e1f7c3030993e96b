// What a submission has reached.
#pragma once

#include <string>
#include <vector>

#include "parley/grade/config.h"
#include "parley/verify/trial.h"

namespace parley {

/// How a submission stood one scenario.
struct ScenarioGrade {
    enum class Verdict {
        passed,
        failed,
        not_tried,      ///< nothing could come of it any more
        could_not_run,  ///< the harness failed
    };
    std::string scenario;
    Verdict verdict = Verdict::not_tried;
    double points = 0, of = 0;
    std::string code, cause, message;  ///< of the first failure: its code, the code of its likely cause, a sentence
    friend bool operator==(const ScenarioGrade&, const ScenarioGrade&) = default;
};
const char* name(ScenarioGrade::Verdict verdict);

/// How it plays a role.
struct RoleGrade {
    std::string role;
    double points = 0, of = 0;
    std::vector<ScenarioGrade> scenarios;
    std::string trouble;  ///< why nothing of it was held against a scenario, in a sentence; empty: something was
    bool graded = true;   ///< false: the trouble is none of the submission's
    std::string output;   ///< of the build that failed: what it printed
    std::string answer;   ///< what its author is told, as `parley verify` says it
    int passed() const;
    /// The first scenario that did not pass; nullptr where there is none.
    const ScenarioGrade* first_failure() const;
    friend bool operator==(const RoleGrade&, const RoleGrade&) = default;
};

struct Grade {
    std::string submission;  ///< its folder's name
    std::vector<RoleGrade> roles;
    double points() const;
    double of() const;
    bool graded() const;
    friend bool operator==(const Grade&, const Grade&) = default;
};

/// The points of each of `scenarios`, names in a row: the role's shared by weight, or, where the role has none of its
/// own, the weights themselves.
std::vector<double> points_of(const GradedRole& role, const std::vector<std::string>& scenarios);

/// What the trials of a program on `side` came to. Advice counts for nothing, and neither does what this machine cannot
/// try.
RoleGrade assess(const GradedRole& role, const std::vector<TrialResult>& results, Side side);

/// The grade of a program that stood no trial at all, which is worth as much as all of `trials`.
RoleGrade without_trial(const GradedRole& role, const Trials& trials, std::string trouble, bool graded);

/// Points as a person reads them: at most two decimals, and none that are zero.
std::string points_text(double points);

/// `points` to four decimals, as reports hold them.
double rounded(double points);

}  // namespace parley
