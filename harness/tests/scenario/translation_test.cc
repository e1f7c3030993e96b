// What scenarios say of themselves, in the other languages of an answer.
#include <gmock/gmock.h>

#include <filesystem>
#include <set>
#include <string>

#include "parley/scenario/reader.h"
#include "tests/base/in_portuguese.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

const std::string root = PARLEY_SOURCE_DIR "/scenarios";

/// Whether a program can be verified in the place of one of the roles.
bool verifies(const Scenario& scenario) {
    const auto is_verified = [](const ProgramPart& part) {
        return part.is_program() && !part.role.empty() && part.verified != Verified::never;
    };
    const bool server = scenario.server && is_verified(*scenario.server);
    return server || std::ranges::any_of(scenario.clients, is_verified);
}

/// What answers quote of the scenarios with which programs are verified.
std::set<std::string> descriptions() {
    const std::set<std::string> left_out{"cross", "errors"};
    std::vector<Diagnostic> diagnostics;
    const auto catalogue = read_catalogue(root + "/implementations.json", diagnostics);
    std::set<std::string> texts;
    for (const auto& file : find_scenario_files({root})) {
        if (left_out.contains(fs::path(file).parent_path().filename().string())) continue;
        for (const auto& scenario : read_scenarios(file, "x", catalogue, diagnostics)) {
            if (!verifies(scenario)) continue;
            texts.insert({scenario.about, scenario.way});
            for (const auto& way : scenario.other_ways) texts.insert(way.way);
        }
    }
    texts.erase("");
    return texts;
}

using InBrazil = PortugueseTest;

TEST_F(InBrazil, EveryDescriptionOfAScenarioIsTranslated) {
    const auto texts = descriptions();
    EXPECT_GE(texts.size(), 40U);
    for (const auto& text : texts)
        EXPECT_NE(tr(text.c_str()), text) << "po/pt_BR.po, below `scenarios`, has no entry for it";
}

}  // namespace
}  // namespace parley
