#include "parley/grade/results.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::HasSubstr;

/// Two roles: one of which half failed, and one that was not built.
Grade sample(const std::string& submission) {
    RoleGrade server{"echo-server", 5, 10, {}, "", true, "", "  passed  echo/a\n"};
    server.scenarios = {
        {"echo/a", ScenarioGrade::Verdict::passed, 5, 5, "", "", ""},
        {"echo/b", ScenarioGrade::Verdict::failed, 0, 5, "bytes-extra", "terminator-sent", "it says \"a\", and\nmore"}};
    RoleGrade client{"echo-client", 0, 4, {}, "the build failed: make: exit 2", true, "cc: \xff\n", ""};
    client.scenarios = {{"echo/c", ScenarioGrade::Verdict::not_tried, 0, 4, "", "", ""}};
    return {submission, {server, client}};
}

/// One that the harness could not grade.
Grade ungraded(const std::string& submission) {
    auto grade = sample(submission);
    grade.roles[1].graded = false;
    return grade;
}

TEST(GradeTable, HasARowForEachSubmission) {
    EXPECT_EQ(grade_table({sample("ana"), ungraded("b\033ob")}, {"echo-server", "echo-client"}, false),
              "submission   echo-server   echo-client    total\n"
              "ana          ✗ 5/10        ✗ 0/4          5/14\n"
              "b\\x1bob      ✗ 5/10        ? not graded   –\n"
              "\n"
              "ana, echo-client: the build failed: make: exit 2\n"
              "b\\x1bob, echo-client: the build failed: make: exit 2\n");
}

TEST(GradesAsCsv, QuoteWhatHasToBe) {
    EXPECT_EQ(grades_csv({sample("a, \"b\""), ungraded("bob")}),
              "submission,role,points,of,passed,scenarios,code,cause,message\r\n"
              "\"a, \"\"b\"\"\",echo-server,5,10,1,2,bytes-extra,terminator-sent,\"it says \"\"a\"\", and more\"\r\n"
              "\"a, \"\"b\"\"\",echo-client,0,4,0,1,,,the build failed: make: exit 2\r\n"
              "bob,echo-server,5,10,1,2,bytes-extra,terminator-sent,\"it says \"\"a\"\", and more\"\r\n"
              "bob,echo-client,,4,0,1,,,the build failed: make: exit 2\r\n");
}

TEST(GradesAsJson, HoldEveryScenario) {
    const auto all = Json::parse(grades_json({sample("ana"), ungraded("bob")}, Level::wire, 3, true));
    EXPECT_EQ(all["format"], 1);
    EXPECT_EQ(all["interrupted"], true);
    EXPECT_EQ(all["summary"].dump(), R"({"submissions":3,"graded":1,"not_graded":1,"not_reached":1})");
    const auto& ana = all["submissions"][0];
    EXPECT_EQ(ana["points"], 5.0);
    EXPECT_EQ(ana["of"], 14.0);
    EXPECT_EQ(ana["roles"][0]["scenarios"][1]["failure"]["cause"], "terminator-sent");
    EXPECT_EQ(ana["roles"][0]["scenarios"][0]["failure"], nullptr);
    EXPECT_EQ(ana["roles"][1]["trouble"], "the build failed: make: exit 2");
    EXPECT_FALSE(ana["roles"][0].contains("answer"));
}

TEST(GradescopeResults, HaveATestForEachScenario) {
    const auto results = Json::parse(gradescope_results(sample("ana")));
    EXPECT_EQ(results["score"], 5.0);
    ASSERT_EQ(results["tests"].size(), 3U);
    EXPECT_EQ(results["tests"][0].dump(),
              R"({"name":"echo-server: echo/a","score":5.0,"max_score":5.0,"status":"passed","output":"",)"
              R"("visibility":"visible"})");
    EXPECT_EQ(results["tests"][1]["status"], "failed");
    EXPECT_EQ(results["tests"][1]["output"], "it says \"a\", and\nmore");
    EXPECT_EQ(results["tests"][2]["output"], "not tried: the build failed: make: exit 2");
    EXPECT_THAT(results["output"].get<std::string>(), HasSubstr("passed  echo/a"));
    EXPECT_THAT(results["output"].get<std::string>(), HasSubstr("cc: \\xff"));
}

TEST(AGrade, ComesBackFromItsJson) {
    for (const auto& grade : {sample("ana"), ungraded("b\xff"), Grade{"empty", {}}})
        EXPECT_EQ(grade_from_json(parse_json(grade_to_json(grade).dump(), "x")), grade);
    EXPECT_THROW(grade_from_json(parse_json(R"({"submission": "a"})", "x")), JsonError);
}

}  // namespace
}  // namespace parley
