#include "submission_grader.h"

#include <algorithm>
#include <filesystem>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/grade/convention.h"
#include "parley/grade/state.h"
#include "parley/process/environment.h"
#include "parley/process/executable.h"
#include "parley/process/shell_words.h"
#include "parley/report/one_line.h"
#include "parley/verify/answer.h"
#include "places.h"

namespace parley {

namespace {

/// As much of what a build printed as its author is shown.
constexpr std::size_t shown_output = 4096;

/// The line that tells most of what a compiler or make says: the first of an error, else the first at all.
std::string telling_line(const std::string& output) {
    std::string first;
    for (std::size_t begin = 0; begin < output.size();) {
        const auto end = std::min(output.find('\n', begin), output.size());
        const auto line = output.substr(begin, end - begin);
        if (line.find("error") != std::string::npos || line.find("Error") != std::string::npos) return line;
        if (first.empty()) first = line;
        begin = end + 1;
    }
    return first;
}

std::string output_of(const BuildOutcome& outcome) {
    auto text = printable((outcome.out.bytes + outcome.err.bytes).substr(0, shown_output));
    const auto total = outcome.out.total + outcome.err.total;
    if (total > shown_output) text += format("\n… {} octets in all\n", total);
    return text;
}

std::string ending_of(const BuildOutcome& outcome, std::chrono::duration<double> limit) {
    if (const auto* not_started = std::get_if<NotStarted>(&outcome.state)) return not_started->reason;
    if (const auto* exited = std::get_if<Exited>(&outcome.state)) return format("exit {}", exited->status);
    if (const auto* signaled = std::get_if<Signaled>(&outcome.state))
        return format("killed by signal {}", signaled->signal);
    return format("it did not end within {} s", limit.count());
}

std::string why_failed(const std::vector<std::string>& command, const BuildOutcome& outcome,
                       std::chrono::duration<double> limit) {
    auto reason = format("the build failed: {}: {}", shell_line(command), ending_of(outcome, limit));
    const auto line = telling_line(outcome.err.bytes.empty() ? outcome.out.bytes : outcome.err.bytes);
    return line.empty() ? reason : reason + ": " + one_line(line.substr(0, 200));
}

std::string why_no_program(const std::string& role) {
    auto name = role;
    std::ranges::replace(name, '-', '_');
    return format("there is no program for {}: no executable, script or source is called {}, and {} names none", role,
                  name, submission_file);
}

/// A program that is looked for in PATH, and is not there: the machine lacks it.
bool is_missing_tool(const std::string& program) {
    return program.find('/') == std::string::npos && program.find('{') == std::string::npos &&
           find_program(program).empty();
}

}  // namespace

Trials Assignment::trials(const Submission& submission) const {
    return plan_trials(project.scenarios, submission, catalogue(), level,
                       [&](const auto& scenario) { return plan_here(scenario, catalogue(), own_build()); });
}

void check_weights(const Assignment& assignment, std::vector<Diagnostic>& diagnostics) {
    for (const auto& role : assignment.config.roles) {
        const auto side = assignment.catalogue().roles.at(role.role).side;
        const auto trials = assignment.trials({role.role, side, {"x", "{args}"}, "/"});
        for (const auto& weight : role.weights) {
            const bool matches = std::ranges::any_of(trials.list, [&](const Trial& trial) {
                return trial.mark == Verified::held && matches_glob(weight.scenarios, trial.scenario->name);
            });
            if (matches) continue;
            diagnostics.push_back(
                {assignment.config.file, weight.position,
                 format("no scenario that is held against {} matches {}", role.role, quoted(weight.scenarios))});
        }
    }
}

SubmissionGrader::SubmissionGrader(Workshop& workshop, const Assignment& assignment, std::string submission,
                                   std::string folder, std::function<void(std::string)> doing)
    : workshop_(workshop),
      assignment_(assignment),
      submission_(std::move(submission)),
      folder_(std::move(folder)),
      doing_(std::move(doing)) {}

void SubmissionGrader::interrupt() {
    interrupted_ = true;
    if (build_) build_->interrupt();
    if (session_) session_->interrupt();
}

asio::awaitable<Grade> SubmissionGrader::run() {
    Grade grade;
    grade.submission = submission_;
    OwnCommands own;
    std::string mistake;
    try {
        own = own_commands();
    } catch (const UsageError& error) {
        mistake = error.what();
    }
    for (const auto& role : assignment_.config.roles) {
        if (interrupted_) break;
        if (!mistake.empty()) {
            grade.roles.push_back(
                without_trial(role, assignment_.trials(submission_of(role, {"{args}"})), mistake, true));
            continue;
        }
        auto graded = co_await this->grade(role, own);
        grade.roles.push_back(std::move(graded));
    }
    co_return grade;
}

/// Throws UsageError, with the first mistake, where the submission's own file does not hold up.
OwnCommands SubmissionGrader::own_commands() const {
    const auto file = (std::filesystem::path(folder_) / submission_file).string();
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown)) return {};
    std::vector<Diagnostic> diagnostics;
    auto own = read_own_commands(file, assignment_.catalogue(), diagnostics);
    if (diagnostics.empty()) return own;
    auto& first = diagnostics.front();
    first.file = submission_file;
    throw UsageError(first.str());
}

asio::awaitable<RoleGrade> SubmissionGrader::grade(const GradedRole& role, const OwnCommands& own) {
    std::optional<Trouble> trouble;
    try {
        co_return co_await try_role(role, own);
    } catch (const Trouble& thrown) {
        trouble = thrown;
    } catch (const std::exception& error) {
        trouble = Trouble{error.what(), false};
    }
    auto grade = without_trial(role, assignment_.trials(submission_of(role, {"{args}"})), trouble->reason,
                               trouble->submissions_own);
    grade.output = trouble->output;
    co_return grade;
}

asio::awaitable<RoleGrade> SubmissionGrader::try_role(const GradedRole& role, const OwnCommands& own) {
    const auto its_own = own.find(role.role);
    const auto said = its_own == own.end() ? Commands() : its_own->second;
    const auto commands = overridden(role.commands, said);
    auto build_command = commands.build.empty() ? conventional_build(role.role, files_in(folder_)) : commands.build;
    if (!build_command.empty()) co_await build(std::move(build_command), !said.build.empty());
    auto run_command = commands.run.empty() ? conventional_run(role.role, files_in(folder_)) : commands.run;
    if (run_command.empty()) throw Trouble{why_no_program(role.role)};
    check_startable(run_command, !said.run.empty());
    if (interrupted_) throw Trouble{"interrupted", false};
    auto submission = submission_of(role, std::move(run_command));
    submission.visible = assignment_.config.visible;
    submission.writable = assignment_.config.writable;
    co_return co_await hold(role, std::move(submission));
}

/// Throws Trouble where it fails.
asio::awaitable<void> SubmissionGrader::build(std::vector<std::string> command, bool own) {
    check_startable(command, own);
    const auto limit = assignment_.config.build_time_limit * assignment_.timeout_scale;
    const auto place = built_.find(command);
    if (place == built_.end()) {
        doing_("builds");
        build_.emplace(workshop_);
        auto outcome = co_await build_->run(command, folder_,
                                            std::chrono::duration_cast<std::chrono::steady_clock::duration>(limit));
        build_.reset();
        built_[command] = std::move(outcome);
    }
    const auto& outcome = built_.at(command);
    if (!outcome.succeeded()) throw Trouble{why_failed(command, outcome, limit), true, output_of(outcome)};
}

/// Throws Trouble where `command` cannot be started. `own`: the submission says it, so whatever is missing is its own.
void SubmissionGrader::check_startable(const std::vector<std::string>& command, bool own) const {
    auto reason = why_not_startable(command, folder_);
    if (!reason.empty()) throw Trouble{std::move(reason), own || !is_missing_tool(command.front())};
}

asio::awaitable<RoleGrade> SubmissionGrader::hold(const GradedRole& role, Submission submission) {
    if (auto reason = missing_for(assignment_.level); !reason.empty()) throw Trouble{std::move(reason), false};
    const auto trials = assignment_.trials(submission);
    if (trials.list.empty()) throw Trouble{"there is no scenario to hold it against", false};
    std::size_t done = 0;
    const auto tell = [&] { doing_(format("{} {}/{}", role.role, done, session_->cells())); };
    const TrialSession::Events events{[&](const Cell&) { tell(); },
                                      [&](const Cell&, Verdict::Kind) {
                                          ++done;
                                          tell();
                                      }};
    const auto began = std::chrono::steady_clock::now();
    session_.emplace(workshop_, trials, submission.side, events);
    std::exception_ptr trouble;
    try {
        co_await session_->run();
    } catch (...) {
        trouble = std::current_exception();
    }
    RoleGrade grade;
    if (!trouble) {
        grade = assess(role, session_->results(), submission.side);
        AnswerOptions how;
        how.repeat_command = [&](const TrialResult& result) {
            return repeat_command(submission, result.trial->scenario->name);
        };
        grade.answer = answer(trials, session_->results(), submission, std::chrono::steady_clock::now() - began, how);
    }
    session_.reset();
    if (trouble) std::rethrow_exception(trouble);
    co_return grade;
}

Submission SubmissionGrader::submission_of(const GradedRole& role, std::vector<std::string> command) const {
    return {role.role, assignment_.catalogue().roles.at(role.role).side, std::move(command), folder_};
}

/// What its author runs in the submission's folder to see one scenario again.
std::string SubmissionGrader::repeat_command(const Submission& submission, const std::string& scenario) const {
    std::vector<std::string> words{"parley", "verify", submission.role};
    if (assignment_.level != Level::wire) words.insert(words.end(), {"--level", name(assignment_.level)});
    words.insert(words.end(), assignment_.conditions.begin(), assignment_.conditions.end());
    words.insert(words.end(), {"--only", scenario, "--"});
    words.insert(words.end(), submission.command.begin(), submission.command.end());
    return shell_line(words);
}

}  // namespace parley
