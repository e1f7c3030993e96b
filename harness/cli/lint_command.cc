#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/format.h"
#include "parley/grade/config.h"
#include "parley/scenario/reader.h"
#include "parley/schema/schema.h"
#include "places.h"

namespace parley {

namespace {

/// What the published schemas refuse in files in which the readers found nothing.
std::vector<Diagnostic> held_against_schemas(const Project& project) {
    std::set<std::string> wrong;
    for (const auto& diagnostic : project.diagnostics) wrong.insert(diagnostic.file);
    std::vector<Diagnostic> refused;
    const auto hold = [&](Schema& schema, const std::string& file) {
        if (wrong.contains(file)) return;
        if (auto diagnostic = schema.refuses(read_json_file(file), file)) refused.push_back(std::move(*diagnostic));
    };
    Schema implementations(own_schema("implementations")), known_failures(own_schema("known-failures")),
        scenario(own_schema("scenario"));
    for (const auto& catalogue : project.catalogues) hold(implementations, catalogue.file);
    for (const auto& known : project.known_failures) hold(known_failures, known.file);
    for (const auto& file : project.files)
        if (!is_catalogue(file) && !is_known_failures(file)) hold(scenario, file);
    return refused;
}

enum class Kind { scenario, assignment, submission };

Kind kind_of(const std::string& path) {
    const auto name = std::filesystem::path(path).filename();
    if (name == assignment_file) return Kind::assignment;
    return name == submission_file ? Kind::submission : Kind::scenario;
}

/// The mistakes in an assignment, or in what a submission says of itself.
std::vector<Diagnostic> mistakes_in(const std::string& file, const Catalogue& catalogue) {
    const bool is_assignment = kind_of(file) == Kind::assignment;
    std::vector<Diagnostic> found;
    if (is_assignment)
        read_grade_config(file, catalogue, found);
    else
        read_own_commands(file, catalogue, found);
    if (!found.empty()) return found;
    Schema schema(own_schema(is_assignment ? "grade" : "submission"));
    if (auto refused = schema.refuses(read_json_file(file), file)) found.push_back(std::move(*refused));
    return found;
}

std::vector<Diagnostic> mistakes_in(const std::vector<std::string>& files) {
    std::vector<Diagnostic> all, none;
    if (files.empty()) return all;
    const auto catalogue = read_catalogue(own_catalogue(), none);
    for (const auto& file : files)
        for (auto& mistake : mistakes_in(file, catalogue)) all.push_back(std::move(mistake));
    return all;
}

std::string counted(std::size_t count, const char* what) {
    return format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

int lint(const LintOptions& options) {
    auto paths = options.paths;
    const auto others = std::stable_partition(paths.begin(), paths.end(),
                                              [](const auto& path) { return kind_of(path) == Kind::scenario; });
    const std::vector<std::string> grading(others, paths.end());
    paths.erase(others, paths.end());
    const auto project = load_project({paths, {}, {}}, own_catalogue(), own_build());
    auto diagnostics = project->diagnostics;
    for (auto& refused : held_against_schemas(*project)) diagnostics.push_back(std::move(refused));
    for (auto& mistake : mistakes_in(grading)) diagnostics.push_back(std::move(mistake));
    const auto files = project->files.size() + grading.size();
    sort_by_place(diagnostics);
    for (const auto& diagnostic : diagnostics) std::printf("%s\n", diagnostic.str().c_str());
    if (!diagnostics.empty()) return exit_status::usage;
    std::printf("%s, %s: all hold up\n", counted(files, "file").c_str(),
                counted(project->cells.size(), "cell").c_str());
    return exit_status::as_expected;
}

}  // namespace parley
