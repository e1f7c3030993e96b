#include <unistd.h>

#include <filesystem>
#include <utility>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/bytes.h"
#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/report/output.h"
#include "parley/report/scenario_text.h"
#include "parley/report/terminal.h"
#include "parley/scenario/suggestion.h"
#include "places.h"

namespace parley {

namespace {

/// A scenario's name, that of its file where that holds several cases, or of its folder; or a pattern.
bool is_called(const Scenario& scenario, const std::string& name) {
    return matches_glob(name, scenario.name) || scenario.name.starts_with(name + "/");
}

std::string unknown_scenario(const std::string& name, const Project& project) {
    std::vector<std::string> names;
    for (const auto& scenario : project.scenarios) names.push_back(scenario->name);
    const auto meant = nearest_word(name, names);
    return format("unknown scenario '{}'; {}", printable(name),
                  meant ? format("did you mean '{}'?", *meant) : "`parley list scenarios` shows them all");
}

/// The scenarios that `word` names, or that lie where it leads to, as text; empty where their files hold mistakes.
std::string text_of(const std::string& word, bool colour) {
    const bool is_path = std::filesystem::exists(word);
    Selection selection;
    selection.paths = {is_path ? word : own_scenarios()};
    const auto project = load_project(selection, own_catalogue(), own_build());
    if (tell(project->diagnostics)) return {};
    std::string text;
    const Scenario* before = nullptr;
    for (const auto& cell : project->cells) {
        const auto* scenario = cell.scenario.get();
        if (scenario == std::exchange(before, scenario) || !(is_path || is_called(*scenario, word))) continue;
        text += (text.empty() ? "" : "\n") + scenario_text(*scenario, *cell.catalogue, colour);
    }
    if (text.empty()) throw UsageError(unknown_scenario(word, *project));
    return text;
}

}  // namespace

int show(const ShowOptions& options) {
    const bool colour = Terminal::of(STDOUT_FILENO).colour;
    std::string text;
    for (const auto& word : options.scenarios) {
        const auto more = text_of(word, colour);
        if (more.empty()) return exit_status::usage;
        text += (text.empty() ? "" : "\n") + more;
    }
    Output(STDOUT_FILENO).write(text);
    return exit_status::as_expected;
}

}  // namespace parley
