#include "parley/grade/config.h"

#include <gmock/gmock.h>

#include "tests/scenario/reading.h"

namespace parley {
namespace {

using testing::ElementsAre;

std::vector<std::string> mistakes_in(const std::vector<Diagnostic>& diagnostics) {
    std::vector<std::string> texts;
    for (const auto& diagnostic : diagnostics) texts.push_back(diagnostic.str());
    return texts;
}

TEST(GradeConfiguration, SaysWhatIsGraded) {
    std::vector<Diagnostic> diagnostics;
    const auto config = read_grade_config_text(R"({"$schema": "x", "level": "console", "build_time_limit": 5, "roles": {
        "talk-server": {"build": "make -j 'a b'", "run": "./talk {port}", "points": 7.5,
                        "scenarios": {"talk/first": 3, "talk/*": 0.5}},
        "talk-client": {}}})",
                                               "g", test_catalogue(), diagnostics);
    EXPECT_THAT(mistakes_in(diagnostics), ElementsAre());
    EXPECT_EQ(config.level, Level::console);
    EXPECT_EQ(config.build_time_limit.count(), 5);
    ASSERT_EQ(config.roles.size(), 2U);
    const auto& server = config.roles[0];
    EXPECT_EQ(server.role, "talk-server");
    EXPECT_THAT(server.commands.build, ElementsAre("make", "-j", "a b"));
    EXPECT_THAT(server.commands.run, ElementsAre("./talk", "{port}"));
    EXPECT_EQ(server.points, 7.5);
    ASSERT_EQ(server.weights.size(), 2U);
    EXPECT_EQ(server.weights[1].scenarios, "talk/*");
    EXPECT_EQ(server.weights[1].weight, 0.5);
    EXPECT_EQ(server.weights[1].position, (Position{3, 56}));
    EXPECT_EQ(config.roles[1].points, std::nullopt);
    EXPECT_TRUE(config.roles[1].commands.run.empty());
}

TEST(GradeConfiguration, LeavesMuchToItself) {
    std::vector<Diagnostic> diagnostics;
    const auto config = read_grade_config_text(R"({"roles": {"talk-server": {}}})", "g", test_catalogue(), diagnostics);
    EXPECT_EQ(config.level, std::nullopt);
    EXPECT_EQ(config.build_time_limit.count(), 60);
}

TEST(GradeConfiguration, ReportsEveryMistakeAtItsPlace) {
    std::vector<Diagnostic> diagnostics;
    read_grade_config_text(R"({"level": "wires",
"roles": {
 "talk-sever": {"build": "make && true"},
 "talk-server": {"run": "'", "points": -1},
 "talk-client": {"build": " ", "run": 1, "scenarios": {"talk/*": "2"}, "point": 3},
 "mute-server": []},
"build_time_limit": 0})",
                           "g", test_catalogue(), diagnostics);
    EXPECT_THAT(
        mistakes_in(diagnostics),
        ElementsAre(
            "g:1:11: unknown level 'wires'; did you mean 'wire'?",
            "g:3:2: unknown role 'talk-sever'; did you mean 'talk-server'?",
            "g:3:26: \"&\" in \"make && true\" is for a shell, and none is started; quote it, or run `sh -c '…'`",
            "g:4:25: \"'\" is not closed in \"'\"", "g:4:40: 'points' is a number from 0 to 1000000, not -1",
            "g:5:27: 'build' names no program", "g:5:39: 'run' is a string, not a number",
            "g:5:66: a weight is a number from 0 to 1000000", "g:5:72: unknown key 'point'; did you mean 'points'?",
            "g:6:17: a role is an object, not a list",
            "g:7:21: 'build_time_limit' is a number from 0.001 to 3600, not 0"));
}

TEST(GradeConfiguration, NamesARole) {
    std::vector<Diagnostic> diagnostics;
    read_grade_config_text("{}", "g", test_catalogue(), diagnostics);
    read_grade_config_text(R"({"roles": {}})", "h", test_catalogue(), diagnostics);
    EXPECT_THAT(mistakes_in(diagnostics), ElementsAre("g:1:1: missing key 'roles'", "h:1:11: 'roles' names no role"));
}

TEST(OwnCommandsOfASubmission, SayHowItIsMadeAndStarted) {
    std::vector<Diagnostic> diagnostics;
    const auto own =
        read_own_commands_text(R"({"roles": {"talk-server": {"run": "./mine"}}})", "p", test_catalogue(), diagnostics);
    EXPECT_THAT(mistakes_in(diagnostics), ElementsAre());
    const Commands given{{"make"}, {"./talk"}};
    EXPECT_EQ(overridden(given, own.at("talk-server")), (Commands{{"make"}, {"./mine"}}));
    EXPECT_EQ(overridden(given, {{"cc"}, {}}), (Commands{{"cc"}, {"./talk"}}));
    EXPECT_EQ(overridden(given, {}), given);
}

TEST(OwnCommandsOfASubmission, GiveThemselvesNoPoints) {
    std::vector<Diagnostic> diagnostics;
    read_own_commands_text(R"({"roles": {"talk-server": {"points": 100}}, "level": "wire"})", "p", test_catalogue(),
                           diagnostics);
    EXPECT_THAT(mistakes_in(diagnostics), ElementsAre("p:1:28: unknown key 'points'; there are 'build', 'run'",
                                                      "p:1:45: unknown key 'level'; there is 'roles'"));
}

}  // namespace
}  // namespace parley
