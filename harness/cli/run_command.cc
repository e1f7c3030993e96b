#include <signal.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <memory>
#include <random>

#include "commands.h"
#include "containing.h"
#include "exit_status.h"
#include "parley/base/error.h"
#include "parley/base/file_descriptor.h"
#include "parley/base/format.h"
#include "parley/judge/judge.h"
#include "parley/process/shell_words.h"
#include "parley/report/explain.h"
#include "parley/report/json_report.h"
#include "parley/report/junit.h"
#include "parley/report/terminal_report.h"
#include "parley/run/command_line.h"
#include "parley/run/suite.h"
#include "places.h"
#include "report_file.h"

namespace parley {

namespace {

using Reporters = std::vector<std::unique_ptr<Reporter>>;

// The same executable, the same paths, this cell alone.
std::string repeat_command(const Cell& cell, const RunOptions& options, const std::string& executable) {
    std::vector<std::string> words{executable, "run"};
    if (options.selection.paths != std::vector<std::string>{own_scenarios()}) words.push_back(cell.scenario->file);
    words.insert(words.end(), {"--filter", cell.name()});
    const auto conditions = conditions_in_words(options.isolation, options.timeout_scale, options.containing);
    words.insert(words.end(), conditions.begin(), conditions.end());
    return shell_line(words);
}

Reporters make_reporters(const RunOptions& options, const std::vector<std::string>& command_line) {
    // The terminal report names verdict and cell of each failure itself.
    const auto explain_with = [&options, executable = command_line.front()](bool colour, bool headline) {
        return [&options, executable, colour, headline](const CellResult& result) {
            ExplainOptions how;
            how.colour = colour;
            how.headline = headline;
            how.repeat_command = repeat_command(*result.cell, options, executable);
            return explain(*result.cell, result.observation, result.verdict, how);
        };
    };
    // First, so that its summary is there even where another cannot be written in whole.
    Reporters reporters;
    const auto terminal = Terminal::of(STDOUT_FILENO);
    reporters.push_back(
        std::make_unique<TerminalReport>(STDOUT_FILENO, terminal, explain_with(terminal.colour, false)));
    if (!options.json_file.empty())
        reporters.push_back(
            std::make_unique<JsonReport>(open_report(options.json_file), options.json_file, command_line));
    if (!options.junit_file.empty())
        reporters.push_back(std::make_unique<JUnitReport>(open_report(options.junit_file), options.junit_file,
                                                          explain_with(false, true)));
    return reporters;
}

void shuffle(std::vector<Cell>& cells, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    // Not std::shuffle: the same seed is to give the same order with every standard library.
    for (std::size_t left = cells.size(); left > 1; --left) std::swap(cells[left - 1], cells[random() % left]);
}

/// One run of the suite: the loop, its reporters, and what interrupts it.
class Session {
public:
    Session(const RunOptions& options, Isolation isolation, std::vector<Cell> cells, Reporters reporters)
        : options_(options),
          cells_(std::move(cells)),
          reporters_(std::move(reporters)),
          workshop_(loop_.get_executor(), own_build(), options.timeout_scale, isolation),
          suite_(workshop_, cells_, options.repeat, options.jobs > 0 ? options.jobs : default_jobs(), events()),
          signals_(loop_, SIGINT, SIGTERM, SIGHUP),
          ticker_(loop_) {
        if (options.containing.always) contain(workshop_, options.containing, Contained::everybodys, {}, {});
    }

    int run() {
        const auto total = cells_.size() * static_cast<std::size_t>(options_.repeat);
        for (const auto& reporter : reporters_) reporter->begin(total);
        watch_signals();
        tick();
        std::exception_ptr trouble;
        asio::co_spawn(loop_, suite_.run(), [&](const std::exception_ptr& thrown) {
            trouble = thrown;
            over_ = true;
            signals_.cancel();
            ticker_.cancel();
        });
        loop_.run();
        const auto unwritten = end_reports();
        for (const auto& each : {trouble, unwritten})
            if (each) std::rethrow_exception(each);
        return status();
    }

private:
    Suite::Events events() {
        return {[this](const Cell& cell) {
                    for (const auto& reporter : reporters_) reporter->started(cell);
                },
                [this](const Cell& cell, int repetition, Observation observation) {
                    finished(cell, repetition, std::move(observation));
                }};
    }

    void finished(const Cell& cell, int repetition, Observation observation) {
        // What the user cut short says nothing about the programs.
        if (observation.ending == Ending::interrupted) return;
        CellResult result{&cell, repetition, std::move(observation), {}};
        result.verdict = judge(cell, result.observation);
        failed_ |= result.verdict.kind == Verdict::Kind::failed;
        could_not_run_ |= result.verdict.kind == Verdict::Kind::could_not_run;
        for (const auto& reporter : reporters_) reporter->finished(result);
        if (options_.fail_fast && (failed_ || could_not_run_)) suite_.stop(true);
    }

    // A report that cannot be written is no reason to leave the next one unfinished.
    std::exception_ptr end_reports() {
        std::exception_ptr first;
        for (const auto& reporter : reporters_) {
            try {
                reporter->end(interrupted_);
            } catch (const std::exception&) {
                if (!first) first = std::current_exception();
            }
        }
        return first;
    }

    void watch_signals() {
        signals_.async_wait([this](const error_code& cancelled, int) {
            if (cancelled || over_) return;
            interrupted_ = true;
            suite_.stop(true);
            watch_signals();
        });
    }

    void tick() {
        ticker_.expires_after(std::chrono::milliseconds(100));
        ticker_.async_wait([this](const error_code& cancelled) {
            if (cancelled || over_) return;
            for (const auto& reporter : reporters_) reporter->tick();
            tick();
        });
    }

    int status() const {
        if (interrupted_) return exit_status::interrupted;
        if (failed_) return exit_status::not_as_expected;
        return could_not_run_ ? exit_status::could_not_run : exit_status::as_expected;
    }

    const RunOptions& options_;
    std::vector<Cell> cells_;
    Reporters reporters_;
    asio::io_context loop_{1};
    Workshop workshop_;
    Suite suite_;
    asio::signal_set signals_;
    asio::steady_timer ticker_;
    // Cancelling does not reach a handler that is already due; it would start anew, and the loop would never end.
    bool over_ = false;
    bool interrupted_ = false, failed_ = false, could_not_run_ = false;
};

}  // namespace

bool tell(const std::vector<Diagnostic>& diagnostics) {
    for (const auto& diagnostic : diagnostics) std::fprintf(stderr, "%s\n", diagnostic.str().c_str());
    return !diagnostics.empty();
}

int run(const RunOptions& options, const std::vector<std::string>& command_line) {
    const auto project = load_project(options.selection, own_catalogue(), own_build());
    if (tell(project->diagnostics)) return exit_status::usage;
    if (project->cells.empty()) throw UsageError("no cell matches; `parley list cells` shows them all");
    if (options.seed) shuffle(project->cells, *options.seed);
    const auto isolation = choose_isolation(options.isolation);
    if (isolation == Isolation::shared) note_fixed_ports(project->cells, own_build());
    auto reporters = make_reporters(options, command_line);
    return Session(options, isolation, project->cells, std::move(reporters)).run();
}

}  // namespace parley
