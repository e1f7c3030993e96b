#include "parley/grade/grade.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

GradedRole role(std::optional<double> points, std::vector<Weight> weights = {}) {
    return {"talk-server", {}, points, std::move(weights)};
}

/// Trials of scenarios in one cell each, and what came of them.
class Assessment : public testing::Test {
protected:
    void add(const std::string& scenario, Verified mark = Verified::held, const std::string& unsupported = "") {
        auto shared = std::make_shared<Scenario>();
        shared->name = scenario;
        Cell cell;
        cell.scenario = shared;
        cell.unsupported = unsupported;
        trials_.list.push_back({shared, mark, {cell}});
    }

    /// What came of the next trial; none: it was not tried.
    void end(std::optional<Verdict::Kind> kind, Finding::Code code = Finding::Code::turn_missing) {
        auto& result = results_.emplace_back(TrialResult{&trials_.list[results_.size()], {}});
        if (!kind) return;
        CellResult cell;
        cell.cell = &result.trial->cells.front();
        cell.verdict.kind = *kind;
        if (*kind != Verdict::Kind::passed) {
            Finding finding;
            finding.code = code;
            finding.side = Side::server;
            finding.message = "it is wrong";
            cell.verdict.findings = {finding};
        }
        result.cells.push_back(std::move(cell));
    }

    Trials trials_;
    std::vector<TrialResult> results_;
};

TEST(Points, AreSharedEqually) {
    EXPECT_THAT(points_of(role(10), {"a", "b", "c", "d"}), ElementsAre(2.5, 2.5, 2.5, 2.5));
}

TEST(Points, AreSharedByTheFirstWeightThatMatches) {
    EXPECT_THAT(points_of(role(10, {{"echo/two", 3, {}}, {"echo/*", 1, {}}}), {"echo/one", "echo/two", "other"}),
                ElementsAre(2, 6, 2));
}

TEST(Points, CanBeTakenAway) {
    EXPECT_THAT(points_of(role(10, {{"b", 0, {}}}), {"a", "b"}), ElementsAre(10, 0));
    EXPECT_THAT(points_of(role(10, {{"*", 0, {}}}), {"a", "b"}), ElementsAre(0, 0));
}

TEST(Points, AreTheWeightsWhereTheRoleHasNone) {
    EXPECT_THAT(points_of(role({}, {{"b", 2.5, {}}}), {"a", "b"}), ElementsAre(1, 2.5));
}

TEST(Points, AreWrittenWithoutIdleDecimals) {
    EXPECT_EQ(points_text(10), "10");
    EXPECT_EQ(points_text(9.5), "9.5");
    EXPECT_EQ(points_text(10.0 / 3), "3.33");
    EXPECT_EQ(points_text(0), "0");
    EXPECT_EQ(rounded(2.0 / 3), 0.6667);
}

TEST_F(Assessment, CountsWhatPassed) {
    for (const auto* name : {"a", "b", "c"}) add(name);
    end(Verdict::Kind::passed);
    end(Verdict::Kind::failed);
    end(Verdict::Kind::passed);
    const auto grade = assess(role(10), results_, Side::server);
    EXPECT_TRUE(grade.graded);
    EXPECT_EQ(grade.trouble, "");
    EXPECT_THAT(grade.points, DoubleEq(6.6667));
    EXPECT_EQ(grade.of, 10);
    EXPECT_EQ(grade.passed(), 2);
    ASSERT_EQ(grade.scenarios.size(), 3U);
    EXPECT_EQ(grade.scenarios[0], (ScenarioGrade{"a", ScenarioGrade::Verdict::passed, 3.3333, 3.3333, "", "", ""}));
    EXPECT_EQ(grade.scenarios[1],
              (ScenarioGrade{"b", ScenarioGrade::Verdict::failed, 0, 3.3333, "turn-missing", "", "it is wrong"}));
    EXPECT_EQ(grade.first_failure(), &grade.scenarios[1]);
}

TEST_F(Assessment, LeavesOutAdviceAndWhatThisMachineCannotTry) {
    add("a");
    add("b", Verified::advice);
    add("c", Verified::held, "needs java");
    end(Verdict::Kind::passed);
    end(Verdict::Kind::failed);
    end(Verdict::Kind::unsupported);
    const auto grade = assess(role(10), results_, Side::server);
    EXPECT_EQ(grade.scenarios.size(), 1U);
    EXPECT_EQ(grade.points, 10);
    EXPECT_EQ(without_trial(role(10), trials_, "x", true).scenarios.size(), 1U);
}

TEST_F(Assessment, GivesNothingForWhatWasNotTried) {
    add("a");
    add("b");
    end(Verdict::Kind::failed, Finding::Code::never_listened);
    end({});
    const auto grade = assess(role(10), results_, Side::server);
    EXPECT_TRUE(grade.graded);
    EXPECT_EQ(grade.points, 0);
    EXPECT_EQ(grade.of, 10);
    EXPECT_EQ(grade.scenarios[1].verdict, ScenarioGrade::Verdict::not_tried);
}

TEST_F(Assessment, DoesNotGradeWhereTheHarnessFailed) {
    add("a");
    add("b");
    end(Verdict::Kind::passed);
    end(Verdict::Kind::could_not_run, Finding::Code::harness_trouble);
    const auto grade = assess(role(10), results_, Side::server);
    EXPECT_FALSE(grade.graded);
    EXPECT_EQ(grade.trouble, "b could not run: it is wrong");
}

TEST_F(Assessment, BlamesAProgramThatCannotBeStarted) {
    add("a");
    end(Verdict::Kind::could_not_run, Finding::Code::not_started);
    const auto own = assess(role(10), results_, Side::server);
    EXPECT_TRUE(own.graded);
    EXPECT_EQ(own.trouble, "it is wrong");
    EXPECT_EQ(own.scenarios[0].verdict, ScenarioGrade::Verdict::failed);
    EXPECT_FALSE(assess(role(10), results_, Side::client).graded) << "the counterpart could not be started";
}

TEST_F(Assessment, IsWorthAsMuchWithoutATrial) {
    add("a");
    add("b");
    const auto grade = without_trial(role(10), trials_, "the build failed", true);
    EXPECT_EQ(grade.of, 10);
    EXPECT_EQ(grade.points, 0);
    EXPECT_EQ(grade.trouble, "the build failed");
    EXPECT_EQ(grade.first_failure()->verdict, ScenarioGrade::Verdict::not_tried);
}

TEST(Grades, AddUp) {
    Grade grade{"ana", {{"x", 0.1, 1, {}, "", true, "", ""}, {"y", 0.2, 2, {}, "", true, "", ""}}};
    EXPECT_EQ(grade.points(), 0.3);
    EXPECT_EQ(grade.of(), 3);
    EXPECT_TRUE(grade.graded());
    grade.roles[1].graded = false;
    EXPECT_FALSE(grade.graded());
}

}  // namespace
}  // namespace parley
