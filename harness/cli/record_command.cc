#include <fcntl.h>
#include <unistd.h>

#include <memory>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/error.h"
#include "parley/base/excerpt.h"
#include "parley/base/file_descriptor.h"
#include "parley/base/format.h"
#include "parley/judge/judge.h"
#include "parley/record/ends.h"
#include "parley/record/recorded_scenario.h"
#include "parley/record/scenario_json.h"
#include "parley/report/diagram.h"
#include "parley/report/explain.h"
#include "parley/report/observed_rows.h"
#include "parley/report/output.h"
#include "parley/report/terminal.h"
#include "parley/run/project.h"
#include "parley/scenario/ports.h"
#include "parley/scenario/reader.h"
#include "places.h"
#include "played_scenario.h"
#include "silent_runs.h"

namespace parley {

namespace {

/// What is written has to hold so many times in each cell: a race would not, sooner or later.
constexpr int trials = 3;

/// The file to write. Until that is done it is nobody's: without success it is taken away again.
class NewFile {
public:
    /// Opened early, before root loses the permissions of others' folders; a scenario that is there stays.
    explicit NewFile(std::string path) : path_(std::move(path)) {
        if (path_.empty()) return;
        file_.reset(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (!file_) throw UsageError(SystemError(errno, "write the scenario", path_).what());
    }
    ~NewFile() {
        if (file_ && !written_) unlink(path_.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write(const std::string& text) {
        Output output(file_ ? file_.get() : STDOUT_FILENO);
        output.write(text);
        if (output.error() != 0) throw SystemError(output.error(), "write the scenario", path_);
        written_ = true;
    }

private:
    std::string path_;
    FileDescriptor file_;
    bool written_ = false;
};

void say(const std::string& text) {
    Output(STDERR_FILENO).write(text);
}

bool on_colour_terminal() {
    return Terminal::of(STDERR_FILENO).colour;
}

/// The cell with another scenario in it, whose scripted sides nobody else plays.
Cell with_scenario(Cell cell, Scenario scenario) {
    if (scenario.server && !scenario.server->is_program()) cell.server = nullptr;
    if (!scenario.clients.empty() && !scenario.clients.front().is_program()) cell.client = nullptr;
    cell.scenario = std::make_shared<const Scenario>(std::move(scenario));
    return cell;
}

class Recording {
public:
    Recording(const RecordOptions& options, const Catalogue& catalogue, Cell cell)
        : options_(options), catalogue_(catalogue), cell_(std::move(cell)), file_(options.output) {}

    int run() {
        watch();
        if (const auto why = beyond_description(*cell_.scenario, seen_); !why.empty()) {
            say(why + ": no scenario can expect that\n");
            return exit_status::not_as_expected;
        }
        auto recorded = recorded_scenario(*cell_.scenario, seen_);
        const auto verdict = judge(recorded, seen_);
        if (verdict.kind != Verdict::Kind::passed) {
            say(verdict.kind == Verdict::Kind::could_not_run
                    ? "there was no conversation:\n"
                    : "what was seen is no conversation that a scenario can describe:\n");
            return tell(with_scenario(cell_, std::move(recorded)), seen_, verdict);
        }
        settle_ends(recorded);
        const auto text = file_text(recorded, schema_of(options_));
        file_.write(text);
        if (!recorded.clients.empty()) say(draw(observed_rows(recorded, seen_, 0), on_colour_terminal()));
        say_what_is_left_out();
        return hold(text);
    }

private:
    /// The conversation, and the server until it ends or nobody can go on. One that wakes up by the clock goes on for
    /// ever: that it was still there when its time was up is all that is asked of it then.
    void watch() {
        auto scenario = *cell_.scenario;
        if (scenario.server) scenario.server->expect.exit = 0;
        seen_ = std::move(runs_.run({with_scenario(cell_, std::move(scenario))}).front());
        if (seen_.ending == Ending::deadline) seen_ = std::move(runs_.run({cell_}).front());
    }

    void settle_ends(Scenario& recorded) {
        const auto questions = end_questions(recorded);
        const int port = server_port(recorded, catalogue_);
        std::vector<Cell> cells;
        for (const auto& question : questions)
            cells.push_back(with_scenario(cell_, end_experiment(recorded, seen_, question, port)));
        const auto answers = runs_.run(cells);
        std::vector<EndQuestion> by_chance;
        for (std::size_t i = 0; i < questions.size(); ++i)
            if (goes_on_anyway(seen_, questions[i], answers[i])) by_chance.push_back(questions[i]);
        forget_order(recorded, by_chance);
    }

    /// Reads what was written as anybody would, and runs it wherever it can be run.
    int hold(const std::string& text) {
        std::vector<Diagnostic> diagnostics;
        auto read = read_scenarios_text(text, cell_.scenario->file, options_.name, catalogue_, diagnostics);
        if (parley::tell(diagnostics)) return exit_status::not_as_expected;
        auto cells = plan_here(std::make_shared<const Scenario>(std::move(read.front())), catalogue_, own_build());
        const auto unsupported = std::erase_if(cells, [](const Cell& cell) { return !cell.unsupported.empty(); });
        const auto seen = runs_.run(cells, trials);
        int status = exit_status::as_expected;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const auto& cell = cells[i / trials];
            const auto verdict = judge(*cell.scenario, seen[i]);
            if (verdict.kind == Verdict::Kind::passed || status != exit_status::as_expected) continue;
            say("what was written does not hold:\n");
            tell(cell, seen[i], verdict);
            status = exit_status::not_as_expected;
        }
        if (status == exit_status::as_expected) say_that_it_holds(cells, unsupported);
        return status;
    }

    void say_what_is_left_out() const {
        std::vector<const ProgramObservation*> programs;
        if (seen_.server) programs.push_back(&*seen_.server);
        for (const auto& client : seen_.clients) programs.push_back(&client);
        for (const auto* program : programs)
            for (const auto* printed : {&program->out, &program->err})
                if (printed->total > printed->bytes.size())
                    say(format("{} printed {}, more than is kept: of that nothing is expected\n",
                               program->command.front(), octets(printed->total)));
    }

    static void say_that_it_holds(const std::vector<Cell>& cells, std::size_t unsupported) {
        const auto left_out = unsupported > 0 ? format("; {} more cannot run on this machine", unsupported) : "";
        say(format("it holds, {} times each, in {} cell{}{}:\n", trials, cells.size(), cells.size() == 1 ? "" : "s",
                   left_out));
        for (const auto& cell : cells) say("  " + cell.name() + "\n");
    }

    static int tell(const Cell& cell, const Observation& seen, const Verdict& verdict) {
        ExplainOptions how;
        how.colour = on_colour_terminal();
        say(explain(cell, seen, verdict, how));
        return verdict.kind == Verdict::Kind::could_not_run ? exit_status::could_not_run : exit_status::not_as_expected;
    }

    const RecordOptions& options_;
    const Catalogue& catalogue_;
    Cell cell_;
    NewFile file_;
    SilentRuns runs_;
    Observation seen_;
};

}  // namespace

int record(const RecordOptions& options) {
    const auto root = scenarios_root(file_of(options));
    std::vector<Diagnostic> diagnostics;
    const auto catalogue = read_catalogue(root.empty() ? own_catalogue() : root + "/implementations.json", diagnostics);
    if (tell(diagnostics)) return exit_status::usage;
    const auto scenario = std::make_shared<const Scenario>(played_scenario(options, catalogue));
    const auto cells = plan_here(scenario, catalogue, own_build());
    const auto& cell = played_cell(cells, options);
    if (!cell.unsupported.empty()) throw SetupError(cell.name() + " " + cell.unsupported);
    try {
        return Recording(options, catalogue, cell).run();
    } catch (const Interrupted&) {
        return exit_status::interrupted;
    }
}

}  // namespace parley
