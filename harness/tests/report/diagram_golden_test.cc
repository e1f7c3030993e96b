// Each scenario of diagrams/ is drawn as the file beside it shows.
#include <gmock/gmock.h>

#include <filesystem>
#include <regex>

#include "golden.h"
#include "parley/report/diagram.h"
#include "parley/report/scenario_text.h"
#include "parley/report/terminal.h"
#include "tests/scenario/reading.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file, bool colour) {
    const auto catalogue = test_catalogue();
    std::vector<Diagnostic> diagnostics;
    std::string text;
    for (const auto& scenario : read_scenarios(file.string(), file.stem().string(), catalogue, diagnostics))
        text += scenario_text(scenario, catalogue, colour);
    for (const auto& diagnostic : diagnostics) ADD_FAILURE() << diagnostic.str();
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::vector<fs::path> samples() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(PARLEY_SOURCE_DIR "/harness/tests/report/diagrams"))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

class Diagrams : public testing::TestWithParam<fs::path> {};

TEST_P(Diagrams, LookAsTheFileShows) {
    expect_golden(text_of(GetParam(), false), fs::path(GetParam()).replace_extension(".txt").string());
}

TEST_P(Diagrams, FitTheirColumns) {
    for (const auto& line : lines_of(text_of(GetParam(), false))) {
        EXPECT_LE(columns_of(line), diagram_columns) << line;
        EXPECT_FALSE(line.ends_with(' ')) << line;
    }
}

TEST_P(Diagrams, SayTheSameInColour) {
    const auto coloured = text_of(GetParam(), true);
    EXPECT_NE(coloured, text_of(GetParam(), false));
    EXPECT_EQ(std::regex_replace(coloured, std::regex("\x1b\\[[0-9]*m"), ""), text_of(GetParam(), false));
}

INSTANTIATE_TEST_SUITE_P(Samples, Diagrams, testing::ValuesIn(samples()), [](const auto& tested) {
    auto name = tested.param.stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace parley
