#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <filesystem>
#include <list>
#include <thread>

#include "commands.h"
#include "containing.h"
#include "exit_status.h"
#include "parley/base/error.h"
#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/grade/progress.h"
#include "parley/grade/results.h"
#include "parley/grade/state.h"
#include "parley/process/shell_words.h"
#include "parley/report/one_line.h"
#include "parley/report/output.h"
#include "parley/report/progress.h"
#include "parley/report/terminal.h"
#include "places.h"
#include "report_file.h"
#include "submission_grader.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

// ---- what is graded

GradeConfig config_of(const GradeOptions& options, const Catalogue& catalogue, std::vector<Diagnostic>& diagnostics) {
    const auto file = options.config.empty() ? (fs::path(options.folder) / assignment_file).string() : options.config;
    if (options.config.empty() && !fs::exists(file))
        throw UsageError(format("which roles? Write {}, or give --config FILE", quoted(file)));
    return read_grade_config(file, catalogue, diagnostics);
}

Level level_of(const GradeOptions& options, const GradeConfig& config) {
    if (options.level.empty()) return config.level.value_or(Level::wire);
    return level_named(options.level);
}

std::vector<std::string> submissions_of(const GradeOptions& options) {
    auto names = submissions_below(options.folder);
    // The results may lie beside what they are about.
    std::erase_if(names, [&](const std::string& name) {
        std::error_code unknown;
        return !options.gradescope.empty() &&
               fs::equivalent(fs::path(options.folder) / name, options.gradescope, unknown);
    });
    if (names.empty()) throw UsageError(format("there is no submission: no folder below {}", quoted(options.folder)));
    return names;
}

/// Throws UsageError.
void make_folder(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) throw UsageError(format("cannot make the folder {}: {}", quoted(path), error.message()));
}

// ---- the grading

class Grading {
public:
    Grading(const GradeOptions& options, const Assignment& assignment, std::vector<std::string> names,
            GradeStore& store)
        : options_(options),
          assignment_(assignment),
          names_(std::move(names)),
          store_(store),
          terminal_(Terminal::of(STDERR_FILENO)),
          workshop_(loop_.get_executor(), own_build(), options.timeout_scale, choose_isolation(options.isolation)),
          signals_(loop_, SIGINT, SIGTERM, SIGHUP) {
        contain(workshop_, options.containing, Contained::strangers, assignment.config.limits, hidden());
        progress_.begin(names_.size());
    }

    void run() {
        common_ = what_all_depend_on();
        for (const auto& name : names_) {
            if (!take_kept(name)) due_.push_back(name);
        }
        signals_.async_wait([this](const error_code& cancelled, int) {
            if (!cancelled) interrupt();
        });
        std::exception_ptr trouble;
        asio::co_spawn(loop_, grade_all(), [&](const std::exception_ptr& thrown) {
            trouble = thrown;
            signals_.cancel();
        });
        loop_.run();
        show_progress(true);
        if (trouble) std::rethrow_exception(trouble);
    }

    bool interrupted() const { return interrupted_; }
    /// That a grade could not be kept has been told.
    bool kept_all() const { return kept_all_; }
    std::size_t kept_before() const { return names_.size() - due_.size(); }

    std::vector<Grade> grades() const {
        std::vector<Grade> all;
        for (const auto& [name, grade] : grades_) all.push_back(grade);
        return all;
    }

private:
    asio::awaitable<void> grade_all() {
        const auto processors = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        TaskGroup workers(workshop_.executor(), [] {});
        for (int worker = 0; worker < (options_.jobs > 0 ? options_.jobs : processors); ++worker) workers.spawn(work());
        co_await workers.join();
        if (workers.trouble()) std::rethrow_exception(workers.trouble());
    }

    asio::awaitable<void> work() {
        while (!interrupted_ && next_ < due_.size()) {
            const auto& name = due_[next_++];
            const auto place = running_.emplace(running_.end(), workshop_, assignment_, name, folder_of(name),
                                                [this, &name](std::string what) {
                                                    progress_.doing(name, std::move(what));
                                                    show_progress(false);
                                                });
            auto grade = co_await place->run();
            const bool whole = !place->interrupted();
            running_.erase(place);
            if (whole) finish(std::move(grade));
        }
    }

    void interrupt() {
        interrupted_ = true;
        for (auto& grader : running_) grader.interrupt();
    }

    void finish(Grade grade) {
        // What could not be graded is tried again the next time.
        if (grade.graded()) keep(grade);
        progress_.finished(grade.submission);
        const auto name = grade.submission;
        const auto& kept = grades_[name] = std::move(grade);
        if (!terminal_.live) Output(STDERR_FILENO).write(line_of(kept));
        show_progress(false);
    }

    void keep(const Grade& grade) {
        try {
            store_.keep(grade, fingerprint_of(grade.submission));
        } catch (const std::exception& error) {
            kept_all_ = false;
            Output(STDERR_FILENO).write(format("parley: {}\n", error.what()));
        }
    }

    bool take_kept(const std::string& name) {
        if (options_.again) return false;
        try {
            auto kept = store_.find(name, fingerprint_of(name));
            if (!kept) return false;
            grades_[name] = std::move(*kept);
            progress_.finished(name);
            return true;
        } catch (const fs::filesystem_error&) {
            return false;  // grading it will tell
        }
    }

    /// Changes with whatever a grade depends on, as far as that can be seen.
    std::uint64_t fingerprint_of(const std::string& name) const {
        return hash_of(common_ + listing_of(folder_of(name)));
    }

    std::string what_all_depend_on() const {
        constexpr std::uintmax_t limit = 16 << 20;
        return format("{}\n{}\n{}\n", PARLEY_VERSION, name(assignment_.level), shell_line(assignment_.conditions)) +
               read_file(assignment_.config.file, limit) + listing_of(own_scenarios());
    }

    /// Where other submissions lie, and the results.
    std::vector<std::string> hidden() const {
        std::vector<std::string> folders{fs::absolute(options_.folder).string()};
        for (const auto& file : {options_.config, options_.csv_file, options_.json_file, options_.gradescope})
            if (!file.empty()) folders.push_back(fs::absolute(file).parent_path().string());
        return folders;
    }

    std::string folder_of(const std::string& name) const { return (fs::absolute(options_.folder) / name).string(); }

    std::string line_of(const Grade& grade) const {
        const auto score = format("{}/{}", points_text(grade.points()), points_text(grade.of()));
        return format("{}: {}\n", one_line(grade.submission), grade.graded() ? score : "could not be graded");
    }

    void show_progress(bool erase) {
        if (!terminal_.live || (!erase && !throttle_.admits(std::chrono::steady_clock::now()))) return;
        const auto line = erase ? "" : progress_.line(width_of(STDERR_FILENO) - 1);
        Output(STDERR_FILENO).write("\r\x1b[K" + line);
    }

    const GradeOptions& options_;
    const Assignment& assignment_;
    const std::vector<std::string> names_;
    GradeStore& store_;
    Terminal terminal_;
    GradeProgress progress_;
    Throttle throttle_;
    std::string common_;
    std::vector<std::string> due_;
    std::size_t next_ = 0;
    std::map<std::string, Grade> grades_;
    asio::io_context loop_{1};
    Workshop workshop_;
    asio::signal_set signals_;
    std::list<SubmissionGrader> running_;
    bool interrupted_ = false, kept_all_ = true;
};

// ---- the results

std::string summary_line(const Grading& grading, const std::vector<Grade>& grades, std::size_t submissions,
                         std::chrono::duration<double> elapsed) {
    const auto graded = static_cast<std::size_t>(std::ranges::count_if(grades, &Grade::graded));
    auto text = format("{} submission{}: {} graded", submissions, submissions == 1 ? "" : "s", graded);
    if (grading.kept_before() > 0) text += format(", {} of them before", grading.kept_before());
    if (graded < grades.size()) text += format("; {} could not be graded", grades.size() - graded);
    if (grades.size() < submissions) text += format("; interrupted, {} not reached", submissions - grades.size());
    return text + format("   {:.1f} s\n", elapsed.count());
}

void write_gradescope(const std::vector<Grade>& grades, const std::string& folder) {
    for (const auto& grade : grades) {
        if (!grade.graded()) continue;
        const auto place = fs::path(folder) / grade.submission;
        fs::create_directories(place);
        const auto path = (place / "results.json").string();
        write_report(open_report(path), path, gradescope_results(grade));
    }
}

std::string table_of(const std::vector<Grade>& grades, const GradeConfig& config) {
    std::vector<std::string> roles;
    for (const auto& role : config.roles) roles.push_back(role.role);
    return grade_table(grades, roles, Terminal::of(STDOUT_FILENO).colour);
}

}  // namespace

int grade(const GradeOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    const auto project = load_project({{own_scenarios()}, {}, {}}, own_catalogue(), own_build());
    if (tell(project->diagnostics)) return exit_status::usage;
    std::vector<Diagnostic> diagnostics;
    const auto config = config_of(options, project->catalogues.front(), diagnostics);
    const auto conditions =
        conditions_in_words(options.isolation, options.timeout_scale, options.containing, config.limits);
    const Assignment assignment{config, *project, level_of(options, config), options.timeout_scale, conditions};
    if (diagnostics.empty()) check_weights(assignment, diagnostics);
    if (tell(diagnostics)) return exit_status::usage;

    if (!options.gradescope.empty()) make_folder(options.gradescope);
    const auto names = submissions_of(options);
    GradeStore store(options.folder);
    const auto csv = options.csv_file.empty() ? FileDescriptor() : open_report(options.csv_file);
    const auto json = options.json_file.empty() ? FileDescriptor() : open_report(options.json_file);
    Grading grading(options, assignment, names, store);
    grading.run();

    const auto grades = grading.grades();
    const auto elapsed = std::chrono::steady_clock::now() - began;
    Output(STDOUT_FILENO).write(table_of(grades, config) + "\n" + summary_line(grading, grades, names.size(), elapsed));
    if (csv) write_report(csv, options.csv_file, grades_csv(grades));
    if (json)
        write_report(json, options.json_file,
                     grades_json(grades, assignment.level, names.size(), grading.interrupted()));
    if (!options.gradescope.empty()) write_gradescope(grades, options.gradescope);
    if (grading.interrupted()) return exit_status::interrupted;
    const bool all_graded = std::ranges::all_of(grades, &Grade::graded);
    return all_graded && grading.kept_all() ? exit_status::as_expected : exit_status::could_not_run;
}

}  // namespace parley
