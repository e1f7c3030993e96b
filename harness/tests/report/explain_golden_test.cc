// Failure output is a feature: the text for each code of finding stands in golden/, one file a code.
#include <gmock/gmock.h>

#include <memory>
#include <set>

#include "explain_cases.h"
#include "golden.h"
#include "parley/report/explain.h"
#include "tests/base/in_portuguese.h"

namespace parley {
namespace {

const std::string golden_folder = PARLEY_SOURCE_DIR "/harness/tests/report/golden/";

std::string golden_file(Finding::Code code) {
    return golden_folder + name(code) + ".txt";
}

std::string portuguese_golden_file(Finding::Code code) {
    return golden_folder + "pt_BR/" + name(code) + ".txt";
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
    return explain(cell, each.observation, verdict_of(each), options);
}

class Golden : public testing::TestWithParam<ExplainCase> {};

TEST_P(Golden, TellsTheFailureAsTheFileDoes) {
    const auto& each = GetParam();
    const auto verdict = verdict_of(each);
    ASSERT_FALSE(verdict.findings.empty());
    ASSERT_STREQ(name(verdict.findings[0].code), name(each.code));
    expect_golden(explanation(each), golden_file(each.code));
}

TEST_P(Golden, TellsTheSameInPortuguese) {
    const auto& each = GetParam();
    const InPortuguese language;
    if (!language.holds) GTEST_SKIP() << "built without gettext";
    expect_golden(explanation(each), portuguese_golden_file(each.code));
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
        EXPECT_FALSE(contents_of(golden_file(code)).empty()) << name(code);
        EXPECT_FALSE(contents_of(portuguese_golden_file(code)).empty()) << name(code);
    }
}

}  // namespace
}  // namespace parley
