#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "commands.h"
#include "containing.h"
#include "exit_status.h"
#include "parley/base/error.h"
#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/process/executable.h"
#include "parley/process/shell_words.h"
#include "parley/report/output.h"
#include "parley/report/progress.h"
#include "parley/report/terminal.h"
#include "parley/run/project.h"
#include "parley/scenario/reader.h"
#include "parley/scenario/suggestion.h"
#include "parley/verify/answer.h"
#include "places.h"
#include "report_file.h"
#include "trial_session.h"

namespace parley {

namespace {

/// What cannot be started is no program to judge. Told in one sentence; the exit status is 3.
struct NotStartable {
    std::string reason;
};

// ---- in which language

Language wanted_language(const std::string& wanted) {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    if (wanted.empty()) return preferred_language(variable);
    return wanted == "pt-BR" ? Language::portuguese : Language::english;
}

void choose_language(const std::string& wanted) {
    if (!set_language(wanted_language(wanted), own_translations()) && !wanted.empty())
        throw SetupError("this parley was built without its translations: install gettext and build it again");
}

// ---- the contract

int show_contract(const VerifyOptions& options) {
    std::vector<Diagnostic> diagnostics;
    const auto catalogue = read_catalogue(own_catalogue(), diagnostics);
    if (tell(diagnostics)) return exit_status::usage;
    if (!catalogue.roles.contains(options.role))
        throw UsageError(unknown_word("role", options.role, catalogue.role_names()));
    constexpr std::uintmax_t longest = 1 << 20;
    const bool portuguese = wanted_language(options.language) == Language::portuguese;
    Output(STDOUT_FILENO).write(read_file(own_contract(options.role, portuguese ? ".pt-BR" : ""), longest));
    return exit_status::as_expected;
}

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
    submission.visible = named_paths(submission.command, submission.folder);
    for (const auto& path : options.visible) submission.visible.push_back(std::filesystem::canonical(path).string());
    submission.writable = options.writable;
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
    trials.left_out.clear();
    if (trials.list.empty()) throw UsageError(unknown_of_many("scenario of this role", only, names));
}

Trials trials_of(const VerifyOptions& options, const Project& project, const Submission& submission) {
    const auto& catalogue = project.catalogues.front();
    const auto level = level_named(options.level);
    auto trials = plan_trials(project.scenarios, submission, catalogue, level,
                              [&](const auto& scenario) { return plan_here(scenario, catalogue, own_build()); });
    choose(trials, options.only);
    if (trials.list.empty()) throw UsageError("there is no scenario to hold it against");
    return trials;
}

// ---- the run

/// A session with its progress on a terminal, and what interrupts it.
class WatchedSession {
public:
    WatchedSession(const VerifyOptions& options, const Trials& trials, const Submission& submission)
        : terminal_(Terminal::of(STDERR_FILENO)),
          workshop_(loop_.get_executor(), own_build(), options.timeout_scale, choose_isolation(options.isolation)),
          signals_(loop_, SIGINT, SIGTERM, SIGHUP),
          session_(workshop_, trials, submission.side, events()) {
        contain(workshop_, options.containing, Contained::strangers, {}, {});
        progress_.begin(session_.cells());
    }

    void run() {
        signals_.async_wait([&](const error_code& cancelled, int) {
            if (!cancelled) session_.interrupt();
        });
        std::exception_ptr trouble;
        asio::co_spawn(loop_, session_.run(), [&](const std::exception_ptr& thrown) {
            trouble = thrown;
            signals_.cancel();
        });
        loop_.run();
        show_progress(true);
        if (trouble) std::rethrow_exception(trouble);
    }

    const std::vector<TrialResult>& results() const { return session_.results(); }
    bool interrupted() const { return session_.interrupted(); }

private:
    TrialSession::Events events() {
        return {[this](const Cell& cell) {
                    progress_.started(cell);
                    show_progress(false);
                },
                [this](const Cell& cell, Verdict::Kind kind) {
                    progress_.finished(cell, kind);
                    show_progress(false);
                }};
    }

    void show_progress(bool erase) {
        if (!terminal_.live || (!erase && !throttle_.admits(std::chrono::steady_clock::now()))) return;
        const auto line = erase ? "" : progress_.line(width_of(STDERR_FILENO) - 1);
        Output(STDERR_FILENO).write("\r\x1b[K" + line);
    }

    Terminal terminal_;
    Progress progress_;
    Throttle throttle_;
    asio::io_context loop_{1};
    Workshop workshop_;
    asio::signal_set signals_;
    TrialSession session_;
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
    if (!options.language.empty()) words.insert(words.end(), {"--lang", options.language});
    if (options.level != "wire") words.insert(words.end(), {"--level", options.level});
    const auto conditions = conditions_in_words(options.isolation, options.timeout_scale, options.containing);
    words.insert(words.end(), conditions.begin(), conditions.end());
    for (const auto& path : options.visible) words.insert(words.end(), {"--visible", path});
    if (options.writable) words.emplace_back("--writable");
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
    if (options.contract) return show_contract(options);
    if (options.command.empty()) throw UsageError("which program? It stands after --: parley verify ROLE -- COMMAND");
    if (options.role.empty() && options.scenario.empty())
        throw UsageError("which role? `parley list roles` shows them all");
    choose_language(options.language);
    Selection selection;
    selection.paths = {options.scenario.empty() ? own_scenarios() : options.scenario};
    const auto project = load_project(selection, own_catalogue(), own_build());
    if (tell(project->diagnostics)) return exit_status::usage;
    const auto submission = submission_of(options, *project);
    const auto trials = trials_of(options, *project, submission);
    if (auto reason = missing_for(level_named(options.level)); !reason.empty()) throw NotStartable{std::move(reason)};
    if (auto reason = why_not_startable(submission.command, submission.folder); !reason.empty())
        throw NotStartable{std::move(reason)};
    const auto json = options.json_file.empty() ? FileDescriptor() : open_report(options.json_file);

    const auto began = std::chrono::steady_clock::now();
    WatchedSession session(options, trials, submission);
    session.run();
    check_started(session.results(), submission.side);
    AnswerOptions how;
    how.colour = Terminal::of(STDOUT_FILENO).colour;
    how.all_in_full = options.all_in_full;
    how.repeat_command = [&](const TrialResult& result) { return repeat_command(result, options, executable); };
    Output(STDOUT_FILENO)
        .write(answer(trials, session.results(), submission, std::chrono::steady_clock::now() - began, how));
    if (json) {
        write_report(
            json, options.json_file,
            answer_json(trials, session.results(), submission, level_named(options.level), session.interrupted()));
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
