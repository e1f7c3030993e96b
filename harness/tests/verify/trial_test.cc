#include "parley/verify/trial.h"

#include <gmock/gmock.h>

#include <list>

#include "tests/judge/made.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::Pair;
using Kind = Verdict::Kind;

std::shared_ptr<const Scenario> scenario(const std::string& name, Verified mark, std::vector<std::string> tags = {}) {
    auto made = made::scenario({});
    made.name = name;
    made.tags = std::move(tags);
    made.server->verified = mark;
    return std::make_shared<const Scenario>(std::move(made));
}

std::vector<std::string> names(const Trials& trials) {
    std::vector<std::string> all;
    for (const auto& trial : trials.list) all.push_back(trial.scenario->name);
    return all;
}

TEST(Trials, BeginWithTheSlidesExampleAndEndWithAdvice) {
    const Submission submission{"echo-server", Side::server, {"x"}, "/"};
    const auto trials =
        plan_trials({scenario("a", Verified::advice, {"slides"}), scenario("b", Verified::held),
                     scenario("c", Verified::never), scenario("d", Verified::held, {"slides"})},
                    submission, Catalogue(), Level::wire, [](const auto&) { return std::vector<Cell>(); });
    EXPECT_THAT(names(trials), ElementsAre("d", "b", "a"));
}

TEST(Trials, CountWhatTheCommandHasNoPlaceFor) {
    Catalogue catalogue;
    catalogue.roles["echo-server"].port = 5050;
    auto with_arguments = *scenario("a", Verified::held);
    with_arguments.server->argv = {"{port}", "x"};
    auto other_port = *scenario("b", Verified::held);
    other_port.port = 6000;
    const auto trials = plan_trials(
        {std::make_shared<const Scenario>(with_arguments), std::make_shared<const Scenario>(other_port),
         std::make_shared<const Scenario>(other_port), scenario("c", Verified::never), scenario("d", Verified::held)},
        {"echo-server", Side::server, {"x"}, "/"}, catalogue, Level::wire,
        [](const auto&) { return std::vector<Cell>(); });
    EXPECT_THAT(names(trials), ElementsAre("d"));
    EXPECT_THAT(trials.left_out, ElementsAre(Pair(NotHeld::port, 2), Pair(NotHeld::arguments, 1)));
}

class Results : public testing::Test {
protected:
    TrialResult result(Verified mark, std::initializer_list<Kind> kinds) {
        auto& trial = trials_.emplace_back();
        trial.mark = mark;
        TrialResult made{&trial, {}};
        for (const auto kind : kinds) made.cells.push_back({nullptr, 0, {}, {kind, {}, {}}});
        return made;
    }
    std::list<Trial> trials_;
};

TEST_F(Results, AreAsBadAsTheirWorstCell) {
    EXPECT_EQ(result(Verified::held, {Kind::passed, Kind::failed, Kind::could_not_run}).kind(), Kind::failed);
    EXPECT_EQ(result(Verified::held, {Kind::passed, Kind::could_not_run}).kind(), Kind::could_not_run);
    EXPECT_EQ(result(Verified::held, {Kind::passed, Kind::unsupported}).kind(), Kind::passed);
    EXPECT_EQ(result(Verified::held, {Kind::unsupported}).kind(), Kind::unsupported);
}

TEST_F(Results, CountApartWhatIsAdviceAndWhatWasNotTried) {
    const auto standing = standing_of({result(Verified::held, {Kind::passed}), result(Verified::held, {Kind::failed}),
                                       result(Verified::advice, {Kind::failed}), result(Verified::held, {}),
                                       result(Verified::held, {Kind::unsupported})});
    EXPECT_EQ(standing.held, 2);
    EXPECT_EQ(standing.held_passed, 1);
    EXPECT_EQ(standing.advice, 1);
    EXPECT_EQ(standing.advice_passed, 0);
    EXPECT_EQ(standing.not_tried, 1);
    EXPECT_EQ(standing.unsupported, 1);
    EXPECT_TRUE(standing.failed());
}

TEST_F(Results, OfAdviceNeverFail) {
    EXPECT_FALSE(
        standing_of({result(Verified::held, {Kind::passed}), result(Verified::advice, {Kind::failed})}).failed());
}

TEST(Submissions, AreNotToldWhatAScriptDoesBesides) {
    auto made = std::make_shared<Scenario>(made::scenario(
        {made::turn(Who::client, "?"), made::turn(Who::server, "yes"), made::turn(Who::client, StreamEvent::end)}));
    Cell cell;
    cell.scenario = made;
    const auto seen =
        made::observation({made::says(Side::client, "?"), made::says(Side::server, "no!"), made::ends(Side::server)});
    EXPECT_EQ(judge_submission(cell, seen, Side::server).findings.size(), 2U);
    made->clients[0].player = Player::script;
    EXPECT_EQ(judge_submission(cell, seen, Side::server).findings.size(), 1U);
}

TEST(Submissions, FailWhereTheyNeverBegin) {
    auto made = std::make_shared<Scenario>(made::scenario({}));
    made->clients[0].exchange = {made::turn(Who::client, "x")};
    Cell cell;
    cell.scenario = made;
    Observation observation;
    observation.port = 5050;
    observation.server = made::program({"./server"}, Exited{1});
    observation.clients = {made::program({"./client"}, Running{})};
    EXPECT_EQ(judge(*made, observation).kind, Kind::could_not_run);
    EXPECT_EQ(judge_submission(cell, observation, Side::server).kind, Kind::failed);
    EXPECT_EQ(judge_submission(cell, observation, Side::client).kind, Kind::could_not_run);
}

}  // namespace
}  // namespace parley
