#include "parley/scenario/plan.h"

#include <gmock/gmock.h>

#include "tests/scenario/reading.h"

namespace parley {
namespace {

using testing::ElementsAre;

/// Lacks the packages that it is told to lack.
class MachineWithout : public Machine {
public:
    explicit MachineWithout(std::vector<std::string> missing) : missing_(std::move(missing)) {}
    bool has(const Need& need) const override {
        return std::find(missing_.begin(), missing_.end(), need.package) == missing_.end();
    }

    bool sets_clocks() const override { return has({"libfaketime", "libfaketime"}); }

private:
    std::vector<std::string> missing_;
};

std::shared_ptr<const Scenario> scenario_of(const std::string& text, const std::string& name) {
    auto reading = read_text(text);
    EXPECT_THAT(reading.mistakes, ElementsAre());
    reading.scenario.name = name;
    return std::make_shared<Scenario>(std::move(reading.scenario));
}

std::vector<std::string> names(const std::vector<Cell>& cells) {
    std::vector<std::string> list;
    for (const auto& cell : cells) list.push_back(cell.name());
    return list;
}

class Plan : public testing::Test {
protected:
    std::vector<Cell> of(const std::vector<std::shared_ptr<const Scenario>>& scenarios,
                         std::vector<std::string> missing = {}) {
        return plan(scenarios, catalogue_, MachineWithout(std::move(missing)));
    }
    const Catalogue catalogue_ = test_catalogue();
};

TEST_F(Plan, PairsEachClientWithEachServerScenarioByScenario) {
    const auto a = scenario_of(pair_with(""), "z/a");
    const auto b = scenario_of(R"({"about": "x", "client": {"role": "other-client"}})", "b");
    EXPECT_THAT(names(of({a, b})), ElementsAre("z/a:python:python", "z/a:python:cpp", "z/a:cpp:python", "z/a:cpp:cpp",
                                               "b:python:-", "b:cpp:-"));
}

TEST_F(Plan, NamesScriptsAndOwnCommands) {
    const auto script =
        scenario_of(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"scripted": true}})", "s");
    const auto own = scenario_of(
        R"({"about": "x", "port": 7, "server": {"command": ["/usr/bin/redis-server"], "needs": [{"path": "r", "package": "redis"}]},
            "client": {"command": ["nc"]}})",
        "o");
    const auto server =
        scenario_of(R"({"about": "x", "server": {"scripted": true}, "client": {"role": "talk-client"}})", "c");
    const auto cells = of({script, own, server}, {"redis"});
    EXPECT_THAT(names(cells),
                ElementsAre("s:script:python", "s:script:cpp", "o:nc:redis-server", "c:python:script", "c:cpp:script"));
    EXPECT_EQ(cells[2].unsupported, "needs r (package redis)");
}

TEST_F(Plan, LeavesAPlaceEmptyWhereTheScenarioHasNobody) {
    const auto server = scenario_of(R"({"about": "x", "server": {"role": "talk-server"}})", "s");
    const auto idle =
        scenario_of(R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"idle": true}]})", "i");
    const auto cells = of({server, idle});
    EXPECT_THAT(names(cells), ElementsAre("s:-:python", "s:-:cpp", "i:-:python", "i:-:cpp"));
    EXPECT_EQ(cells[0].client, nullptr);
    EXPECT_EQ(cells[0].server->language, "python");
}

TEST_F(Plan, TakesTheRoleOfTheClientsThatAreNotIdle) {
    const auto scenario = scenario_of(
        R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"idle": true}, {"role": "other-client"}]})",
        "i");
    EXPECT_EQ(of({scenario}).at(0).client->role, "other-client");
}

TEST_F(Plan, RunsWhatTheMachineHasTheNeedsOf) {
    for (const auto& cell : of({scenario_of(pair_with(""), "a")}, {"another"})) EXPECT_EQ(cell.unsupported, "");
}

TEST_F(Plan, NamesWhatTheMachineLacksOnce) {
    const auto cells = of({scenario_of(pair_with(""), "a")}, {"python3"});
    ASSERT_EQ(cells.size(), 4U);
    EXPECT_EQ(cells[0].unsupported, "needs python3 (package python3)");
    EXPECT_EQ(cells[1].unsupported, "needs python3 (package python3)");
    EXPECT_EQ(cells[3].unsupported, "");
}

TEST_F(Plan, RunsAServerWhoseClockIsSetWhereThatCanBe) {
    const auto set = scenario_of(
        R"({"about": "x", "server": {"role": "talk-server", "clock": "2026-03-05 09:41:00"}, "client": {"role": "talk-client"}})",
        "a");
    EXPECT_EQ(of({set}).front().unsupported, "");
    EXPECT_EQ(of({set}, {"libfaketime"}).front().unsupported, "needs libfaketime (package libfaketime)");
    EXPECT_EQ(of({scenario_of(pair_with(""), "a")}, {"libfaketime"}).front().unsupported, "");
}

TEST(Globs, MatchAcrossSlashes) {
    EXPECT_TRUE(matches_glob("echo/*", "echo/two:python:cpp"));
    EXPECT_TRUE(matches_glob("*:python:*", "echo/two:python:cpp"));
    EXPECT_TRUE(matches_glob("echo/tw?:*", "echo/two:python:cpp"));
    EXPECT_FALSE(matches_glob("echo", "echo/two:python:cpp"));
}

// ---- what waits by nature

bool waits(const std::string& text) {
    return waits_by_nature(*scenario_of(text, "x"));
}

TEST(WaitsByNature, WhoPausesOrIdles) {
    EXPECT_TRUE(waits(R"({"about": "x", "server": {"role": "talk-server"}, "clients": [
        {"scripted": true, "exchange": []},
        {"scripted": true, "exchange": [{"client": {"event": "pause", "seconds": 0.5}}]}]})"));
    EXPECT_TRUE(waits(R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"idle": true}]})"));
}

TEST(WaitsByNature, WhereADeadlockIsOneOfTheWaysItMayGo) {
    EXPECT_TRUE(waits(pair_with(R"("outcome": "deadlock")")));
    EXPECT_TRUE(waits(pair_with(R"("either": [{"about": "a"}, {"about": "b", "outcome": "deadlock"}])")));
}

TEST(WaitsByNature, NoOtherScenarioDoes) {
    EXPECT_FALSE(waits(pair_with("")));
    EXPECT_FALSE(waits(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"scripted": true},
        "exchange": [{"client": "a"}, {"server": "b"}, {"both": {"event": "end"}}]})"));
}

}  // namespace
}  // namespace parley
