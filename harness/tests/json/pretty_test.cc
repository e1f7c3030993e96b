#include "parley/json/pretty.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Pretty, GivesTheOutermostObjectALineForEachMember) {
    EXPECT_EQ(pretty({{"about", "x"}, {"port", 7000}}), "{\n  \"about\": \"x\",\n  \"port\": 7000\n}");
}

TEST(Pretty, KeepsInOneLineWhatFits) {
    EXPECT_EQ(pretty({{"server", {{"role", "echo"}, {"expect", {{"exit", 0}, {"stdout", ""}}}}}}),
              "{\n  \"server\": {\"role\": \"echo\", \"expect\": {\"exit\": 0, \"stdout\": \"\"}}\n}");
    EXPECT_EQ(pretty({{"argv", {"a", "b"}}, {"empty", Json::array()}, {"none", Json::object()}}),
              "{\n  \"argv\": [\"a\", \"b\"],\n  \"empty\": [],\n  \"none\": {}\n}");
}

TEST(Pretty, BreaksWhatDoesNotFit) {
    const std::string long_text(77, 'x');
    EXPECT_EQ(pretty({{"server", {{"role", "echo"}, {"argv", {long_text}}}}}),
              "{\n  \"server\": {\"role\": \"echo\", \"argv\": [\"" + long_text + "\"]}\n}")
        << "a column is left for the comma";
    EXPECT_EQ(pretty({{"server", {{"role", "echo"}, {"argv", {long_text + "x"}}}}}),
              "{\n  \"server\": {\n    \"role\": \"echo\",\n    \"argv\": [\"" + long_text + "x\"]\n  }\n}");
}

TEST(Pretty, GivesTheElementsOfTallMembersALineEach) {
    const Json two{{"exchange", {{{"client", {{{"hex", "00"}}, {{"hex", "01"}}}}}, {{"server", "b"}}}}};
    EXPECT_EQ(pretty(two, {"exchange"}),
              "{\n  \"exchange\": [\n    {\"client\": [{\"hex\": \"00\"}, {\"hex\": \"01\"}]},\n"
              "    {\"server\": \"b\"}\n  ]\n}");
    const Json one{{"exchange", Json::array({{{"client", "a"}}})}};
    EXPECT_EQ(pretty(one, {"exchange"}), "{\n  \"exchange\": [{\"client\": \"a\"}]\n}");
    const Json deep{{"clients", Json::array({{{"exchange", {1, 2}}}})}};
    EXPECT_EQ(pretty(deep, {"exchange"}),
              "{\n  \"clients\": [\n    {\n      \"exchange\": [\n        1,\n        2\n      ]\n    }\n  ]\n}");
    EXPECT_EQ(pretty({{"stdout", {"a", {{"regex", "b"}}, "c"}}}),
              "{\n  \"stdout\": [\"a\", {\"regex\": \"b\"}, \"c\"]\n}");
}

TEST(Pretty, EscapesWhatNobodyCouldSee) {
    EXPECT_EQ(pretty({{"x", "é\n\t\"\\日"}}), "{\n  \"x\": \"é\\n\\t\\\"\\\\日\"\n}");
    EXPECT_EQ(pretty({{"x", std::string("\0\x1b\x7f", 3)}}), "{\n  \"x\": \"\\u0000\\u001b\\u007f\"\n}");
    EXPECT_EQ(pretty({{"x", "é\u202eb\n"}}), "{\n  \"x\": \"é\\u202eb\\n\"\n}");
}

}  // namespace
}  // namespace parley
