#include <cstdio>
#include <set>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/format.h"
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

std::string counted(std::size_t count, const char* what) {
    return format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

int lint(const LintOptions& options) {
    const auto project = load_project({options.paths, {}, {}}, own_catalogue(), own_build());
    auto diagnostics = project->diagnostics;
    for (auto& refused : held_against_schemas(*project)) diagnostics.push_back(std::move(refused));
    sort_by_place(diagnostics);
    for (const auto& diagnostic : diagnostics) std::printf("%s\n", diagnostic.str().c_str());
    if (!diagnostics.empty()) return exit_status::usage;
    std::printf("%s, %s: all hold up\n", counted(project->files.size(), "file").c_str(),
                counted(project->cells.size(), "cell").c_str());
    return exit_status::as_expected;
}

}  // namespace parley
