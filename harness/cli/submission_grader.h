// One submission: built, held against the scenarios of each role, graded.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "parley/grade/grade.h"
#include "parley/run/build_run.h"
#include "parley/run/project.h"
#include "trial_session.h"

namespace parley {

/// What all submissions have in common. What it points to outlives every grader.
struct Assignment {
    const GradeConfig& config;
    const Project& project;
    Level level = Level::wire;
    double timeout_scale = 1;
    std::vector<std::string> conditions;  ///< the words that have `verify` isolate, contain and limit as this does

    const Catalogue& catalogue() const { return project.catalogues.front(); }
    /// What is held against it.
    Trials trials(const Submission& submission) const;
};

/// The roles' weights, each of which has to match a scenario. Mistakes are appended to `diagnostics`.
void check_weights(const Assignment& assignment, std::vector<Diagnostic>& diagnostics);

class SubmissionGrader {
public:
    /// `doing` is told what goes on: `builds`, `echo-server 12/41`. The submission lies in `folder`.
    SubmissionGrader(Workshop& workshop, const Assignment& assignment, std::string submission, std::string folder,
                     std::function<void(std::string)> doing);

    /// Its grade; whatever is wrong with it, or with the harness, is part of that. Worthless after interrupt().
    asio::awaitable<Grade> run();
    void interrupt();
    bool interrupted() const { return interrupted_; }

    const std::string& submission() const { return submission_; }

private:
    /// Why there is nothing to hold against a scenario.
    struct Trouble {
        std::string reason;
        bool submissions_own = true;  ///< false: the machine's, or the teacher's
        std::string output = {};      ///< of the build
    };

    OwnCommands own_commands() const;
    asio::awaitable<RoleGrade> grade(const GradedRole& role, const OwnCommands& own);
    asio::awaitable<RoleGrade> try_role(const GradedRole& role, const OwnCommands& own);
    asio::awaitable<void> build(std::vector<std::string> command, bool own);
    asio::awaitable<RoleGrade> hold(const GradedRole& role, Submission submission);
    void check_startable(const std::vector<std::string>& command, bool own) const;
    Submission submission_of(const GradedRole& role, std::vector<std::string> command) const;
    std::string repeat_command(const Submission& submission, const std::string& scenario) const;

    Workshop& workshop_;
    const Assignment& assignment_;
    std::string submission_, folder_;
    std::function<void(std::string)> doing_;
    std::map<std::vector<std::string>, BuildOutcome> built_;  ///< roles may share a command
    std::optional<BuildRun> build_;                           ///< the one that runs
    std::optional<TrialSession> session_;                     ///< the one that runs
    bool interrupted_ = false;
};

}  // namespace parley
