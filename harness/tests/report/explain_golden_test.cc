// Failure output is a feature: the text for each code of finding stands in golden/, one file a code.
// PARLEY_UPDATE_GOLDEN=1 rewrites them; read what changed.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "explain_cases.h"
#include "parley/judge/judge.h"
#include "parley/report/explain.h"

namespace parley {
namespace {

const std::string golden_folder = PARLEY_SOURCE_DIR "/harness/tests/report/golden/";

std::string golden_file(Finding::Code code) {
    return golden_folder + name(code) + ".txt";
}

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string explanation(const ExplainCase& each) {
    const Implementation in_python{"", "python", true, {}, {}};
    const Implementation in_cpp{"", "cpp", false, {}, {}};
    Cell cell;
    cell.scenario = std::make_shared<Scenario>(each.scenario);
    cell.client = &in_cpp;
    cell.server = each.scenario.server ? &in_python : nullptr;
    ExplainOptions options;
    options.repeat_command = "parley run --filter " + cell.name();
    return explain(cell, each.observation, judge(each.scenario, each.observation), options);
}

class Golden : public testing::TestWithParam<ExplainCase> {};

TEST_P(Golden, TellsTheFailureAsTheFileDoes) {
    const auto& each = GetParam();
    const auto verdict = judge(each.scenario, each.observation);
    ASSERT_FALSE(verdict.findings.empty());
    ASSERT_STREQ(name(verdict.findings[0].code), name(each.code));
    const auto text = explanation(each);
    if (std::getenv("PARLEY_UPDATE_GOLDEN")) std::ofstream(golden_file(each.code), std::ios::binary) << text;
    EXPECT_EQ(text, contents(golden_file(each.code))) << golden_file(each.code);
}

INSTANTIATE_TEST_SUITE_P(Explain, Golden, testing::ValuesIn(explain_cases()), [](const auto& tested) {
    std::string test_name = name(tested.param.code);
    for (auto& c : test_name) c = c == '-' ? '_' : c;
    return test_name;
});

TEST(GoldenFiles, ExistForEveryCode) {
    std::set<Finding::Code> codes;
    for (const auto& each : explain_cases()) codes.insert(each.code);
    for (int number = 0; number <= static_cast<int>(Finding::Code::harness_trouble); ++number) {
        const auto code = static_cast<Finding::Code>(number);
        EXPECT_TRUE(codes.contains(code)) << name(code);
        EXPECT_FALSE(contents(golden_file(code)).empty()) << name(code);
    }
}

}  // namespace
}  // namespace parley
