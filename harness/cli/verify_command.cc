#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <filesystem>
#include <map>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/process/executable.h"
#include "parley/process/shell_words.h"
#include "parley/report/output.h"
#include "parley/report/progress.h"
#include "parley/report/terminal.h"
#include "parley/run/suite.h"
#include "parley/scenario/suggestion.h"
#include "parley/verify/answer.h"
#include "places.h"
#include "report_file.h"

namespace parley {

namespace {

/// What cannot be started is no program to judge. Told in one sentence; the exit status is 3.
struct NotStartable {
    std::string reason;
};

// ---- what is held against what

std::optional<Side> side_from(const std::string& word) {
    if (word == "client") return Side::client;
    if (word == "server") return Side::server;
    return std::nullopt;
}

/// The side of the one part that a program plays in `scenario`.
Side only_side(const Scenario& scenario) {
    const bool server = scenario.server && scenario.server->is_program();
    const bool client = std::ranges::any_of(scenario.clients, &ClientPart::is_program);
    if (server == client)
        throw UsageError(format("{} has {}: say client or server before --", scenario.file,
                                server ? "a program on both sides" : "a script on both sides"));
    return server ? Side::server : Side::client;
}

Submission submission_of(const VerifyOptions& options, const Project& project) {
    Submission submission;
    submission.command = options.command;
    submission.folder = std::filesystem::current_path().string();
    if (!options.scenario.empty() && options.role.empty()) {
        submission.side = only_side(*project.scenarios.front());
        return submission;
    }
    const auto& catalogue = project.catalogues.front();
    if (const auto side = side_from(options.role); side && !options.scenario.empty()) {
        submission.side = *side;
        return submission;
    }
    const auto role = catalogue.roles.find(options.role);
    if (role == catalogue.roles.end()) throw UsageError(unknown_word("role", options.role, catalogue.role_names()));
    submission.role = options.role;
    submission.side = role->second.side;
    return submission;
}

/// A scenario's name, that of its file where that holds several cases, or a pattern.
bool is_called(const Scenario& scenario, const std::string& name) {
    return matches_glob(name, scenario.name) || scenario.name.starts_with(name + "/");
}

void choose(Trials& trials, const std::string& only) {
    if (only.empty()) return;
    std::vector<std::string> names;
    for (const auto& trial : trials.list) names.push_back(trial.scenario->name);
    std::erase_if(trials.list, [&](const Trial& trial) { return !is_called(*trial.scenario, only); });
    trials.without_arguments = trials.without_port = 0;
    if (trials.list.empty()) throw UsageError(unknown_word("scenario of this role", only, names));
}

Trials trials_of(const VerifyOptions& options, const Project& project, const Submission& submission) {
    const auto& catalogue = project.catalogues.front();
    const auto level = options.level == "wire" ? Level::wire : Level::console;
    auto trials = plan_trials(project.scenarios, submission, catalogue, level,
                              [&](const auto& scenario) { return plan_here(scenario, catalogue, own_build()); });
    choose(trials, options.only);
    if (trials.list.empty()) throw UsageError("there is no scenario to hold it against");
    return trials;
}

// ---- the run

/// All trials of one submission, and what interrupts them.
class Session {
public:
    Session(const VerifyOptions& options, const Trials& trials, const Submission& submission)
        : submission_(submission),
          terminal_(Terminal::of(STDERR_FILENO)),
          workshop_(loop_.get_executor(), own_build(), options.timeout_scale),
          signals_(loop_, SIGINT, SIGTERM, SIGHUP) {
        for (const auto& trial : trials.list) {
            results_.push_back({&trial, {}});
            for (const auto& cell : trial.cells) {
                cells_.push_back(cell);
                trial_of_.push_back(results_.size() - 1);
            }
        }
        progress_.begin(cells_.size());
    }

    /// The first trial alone, and then, unless nothing can come of it, all others.
    void run() {
        const auto first = static_cast<std::size_t>(std::ranges::count(trial_of_, 0U));
        run(0, first);
        if (!interrupted_ && !is_hopeless(results_.front())) run(first, cells_.size());
        show_progress(true);
        for (auto& result : results_) {
            std::ranges::sort(result.cells, {}, [](const CellResult& cell) { return cell.cell; });
        }
    }

    const std::vector<TrialResult>& results() const { return results_; }
    bool interrupted() const { return interrupted_; }

private:
    // Programs that wait out their time use no processor, and one that is wrong may do so in every scenario.
    static constexpr int jobs = 16;

    /// A program that does not begin to talk will not in any other scenario: to wait for it each time tells nothing
    /// new.
    static bool is_hopeless(const TrialResult& result) {
        const auto* telling = result.telling();
        if (!telling || telling->verdict.findings.empty()) return false;
        switch (telling->verdict.findings.front().code) {
            case Finding::Code::never_listened:
            case Finding::Code::wrong_port:
            case Finding::Code::never_connected:
            case Finding::Code::not_started: return true;
            default: return false;
        }
    }

    void run(std::size_t first, std::size_t last) {
        const std::vector<Cell> cells(cells_.begin() + static_cast<std::ptrdiff_t>(first),
                                      cells_.begin() + static_cast<std::ptrdiff_t>(last));
        Suite suite(workshop_, cells, 1, jobs, events(cells.data(), first));
        signals_.async_wait([&](const error_code& cancelled, int) {
            if (cancelled) return;
            interrupted_ = true;
            suite.stop(true);
        });
        std::exception_ptr trouble;
        asio::co_spawn(loop_, suite.run(), [&](const std::exception_ptr& thrown) {
            trouble = thrown;
            signals_.cancel();
        });
        loop_.restart();
        loop_.run();
        if (trouble) std::rethrow_exception(trouble);
    }

    /// `cells` are those of `cells_` from the `first` on.
    Suite::Events events(const Cell* cells, std::size_t first) {
        return {[this](const Cell& cell) {
                    progress_.started(cell);
                    show_progress(false);
                },
                [this, cells, first](const Cell& cell, int, Observation observation) {
                    if (observation.ending == Ending::interrupted) return;
                    const auto index = first + static_cast<std::size_t>(&cell - cells);
                    CellResult result{&cells_[index], 0, std::move(observation), {}};
                    result.verdict = judge_submission(cell, result.observation, submission_.side);
                    progress_.finished(cell, result.verdict.kind);
                    results_[trial_of_[index]].cells.push_back(std::move(result));
                    show_progress(false);
                }};
    }

    void show_progress(bool erase) {
        if (!terminal_.live || (!erase && !throttle_.admits(std::chrono::steady_clock::now()))) return;
        const auto line = erase ? "" : progress_.line(width_of(STDERR_FILENO) - 1);
        Output(STDERR_FILENO).write("\r\x1b[K" + line);
    }

    const Submission& submission_;
    Terminal terminal_;
    std::vector<Cell> cells_;
    std::vector<std::size_t> trial_of_;  ///< of each cell
    std::vector<TrialResult> results_;
    Progress progress_;
    Throttle throttle_;
    asio::io_context loop_{1};
    Workshop workshop_;
    asio::signal_set signals_;
    bool interrupted_ = false;
};

/// What began but could not be started after all: no sentence of a scenario's would be of use.
void check_started(const std::vector<TrialResult>& results, Side side) {
    for (const auto& result : results) {
        const auto* telling = result.telling();
        if (!telling || telling->verdict.findings.empty()) continue;
        const auto& finding = telling->verdict.findings.front();
        if (finding.code == Finding::Code::not_started && finding.side == side) throw NotStartable{finding.message};
    }
}

std::string repeat_command(const TrialResult& result, const VerifyOptions& options, const std::string& executable) {
    std::vector<std::string> words{executable, "verify"};
    if (!options.role.empty()) words.push_back(options.role);
    if (options.level != "wire") words.insert(words.end(), {"--level", options.level});
    if (!options.scenario.empty()) words.insert(words.end(), {"--scenario", options.scenario});
    if (options.scenario.empty()) words.insert(words.end(), {"--only", result.trial->scenario->name});
    words.push_back("--");
    words.insert(words.end(), options.command.begin(), options.command.end());
    return shell_line(words);
}

int status_of(const std::vector<TrialResult>& results, bool interrupted) {
    if (interrupted) return exit_status::interrupted;
    const auto standing = standing_of(results);
    if (standing.failed()) return exit_status::not_as_expected;
    return standing.could_not_run > 0 || standing.held == 0 ? exit_status::could_not_run : exit_status::as_expected;
}

int verify_submission(const VerifyOptions& options, const std::string& executable) {
    if (options.command.empty()) throw UsageError("which program? It stands after --: parley verify ROLE -- COMMAND");
    if (options.role.empty() && options.scenario.empty())
        throw UsageError("which role? `parley list roles` shows them all");
    Selection selection;
    selection.paths = {options.scenario.empty() ? own_scenarios() : options.scenario};
    const auto project = load_project(selection, own_catalogue(), own_build());
    if (tell(project->diagnostics)) return exit_status::usage;
    const auto submission = submission_of(options, *project);
    const auto trials = trials_of(options, *project, submission);
    if (auto reason = why_not_startable(submission.command, submission.folder); !reason.empty())
        throw NotStartable{std::move(reason)};
    auto json = options.json_file.empty() ? FileDescriptor() : open_report(options.json_file);

    const auto began = std::chrono::steady_clock::now();
    Session session(options, trials, submission);
    session.run();
    check_started(session.results(), submission.side);
    AnswerOptions how;
    how.colour = Terminal::of(STDOUT_FILENO).colour;
    how.all_in_full = options.all_in_full;
    how.repeat_command = [&](const TrialResult& result) { return repeat_command(result, options, executable); };
    Output(STDOUT_FILENO)
        .write(answer(trials, session.results(), submission, std::chrono::steady_clock::now() - began, how));
    if (json) {
        const auto level = options.level == "wire" ? Level::wire : Level::console;
        Output out(json.get());
        out.write(answer_json(trials, session.results(), submission, level, session.interrupted()));
        if (out.error() != 0) throw SystemError(out.error(), "write", options.json_file);
    }
    return status_of(session.results(), session.interrupted());
}

}  // namespace

int verify(const VerifyOptions& options, const std::vector<std::string>& command_line) {
    try {
        return verify_submission(options, command_line.front());
    } catch (const NotStartable& trouble) {
        std::fprintf(stderr, "parley: %s\n", trouble.reason.c_str());
        return exit_status::could_not_run;
    }
}

}  // namespace parley
