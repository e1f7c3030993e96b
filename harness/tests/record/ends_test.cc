#include "parley/record/ends.h"

#include <gmock/gmock.h>

#include "parley/record/recorded_scenario.h"
#include "parley/record/scenario_json.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using namespace made;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

std::vector<EndQuestion> questions(const std::vector<WireEvent>& events) {
    return end_questions(recorded_scenario(scenario({}), observation(events)));
}

std::string spelled(const std::vector<Turn>& turns) {
    return to_json(scenario(turns)).at("exchange").dump();
}

constexpr auto cause = EndQuestion::About::cause;
constexpr auto effect = EndQuestion::About::effect;

TEST(EndQuestions, AreAboutCauseAndEffectOfEachEnd) {
    EXPECT_THAT(questions({says(client, "x"), ends(client), ends(server)}),
                ElementsAre(EndQuestion{0, 1, effect, 1}, EndQuestion{0, 2, cause, 0}));
    EXPECT_THAT(questions({says(client, "x"), says(server, "y"), ends(server), ends(client)}),
                ElementsAre(EndQuestion{0, 2, effect, 2}, EndQuestion{0, 3, cause, 1}));
    EXPECT_THAT(questions({says(client, "x"), says(server, "y"), ends(client), ends(server)}),
                ElementsAre(EndQuestion{0, 2, cause, 1}, EndQuestion{0, 2, effect, 2}));
    EXPECT_THAT(questions({ends(server), says(client, "x")}), ElementsAre(EndQuestion{0, 0, effect, 0}));
    EXPECT_THAT(questions({says(server, "x"), ends(client)}), ElementsAre(EndQuestion{0, 1, cause, 0}));
    EXPECT_THAT(questions({says(client, "x"), ends(client)}), IsEmpty());
    EXPECT_THAT(questions({says(client, "x"), resets(client)}), IsEmpty());
    EXPECT_THAT(questions({}), IsEmpty());
}

TEST(EndExperiment, LeavesASilentScriptInThePlaceOfTheClientThatEnded) {
    auto seen = observation({says(client, "40404"), says(server, "b40404"), ends(client), ends(server)});
    seen.transcript.connections[0].client_port = 40404;
    const auto recorded = recorded_scenario(scenario({}), seen);
    const auto experiment = end_experiment(recorded, seen, {0, 2, effect, 2}, 7000);
    EXPECT_EQ(experiment.clients.at(0).player, Player::script);
    EXPECT_EQ(experiment.server->role, "echo-server");
    EXPECT_EQ(experiment.port, 7000);
    EXPECT_EQ(experiment.outcome, Outcome::deadlock);
    EXPECT_EQ(spelled(experiment.clients[0].exchange), R"([{"client":"40404"},{"server":["b",{"regex":"[0-9]+"}]}])")
        << "it says what it said, and hears what may come";
}

TEST(EndExperiment, LeavesASilentScriptInThePlaceOfTheServerThatEnded) {
    const auto seen = observation({says(client, "a"), ends(server), ends(client)});
    const auto experiment = end_experiment(recorded_scenario(scenario({}), seen), seen, {0, 1, effect, 1}, 7000);
    EXPECT_EQ(experiment.server->player, Player::script);
    EXPECT_EQ(experiment.clients.at(0).role, "echo-client");
    EXPECT_EQ(spelled(experiment.clients[0].exchange), R"([{"client":"a"}])");
}

TEST(EndExperiment, KeepsFromAClientWhatItMayEndFor) {
    const auto seen = observation({says(client, "a"), says(server, "b"), ends(client), ends(server)});
    const auto experiment = end_experiment(recorded_scenario(scenario({}), seen), seen, {0, 2, cause, 1}, 7000);
    EXPECT_EQ(experiment.server->player, Player::script);
    EXPECT_EQ(spelled(experiment.clients[0].exchange), R"([{"client":"a"}])");
}

TEST(EndExperiment, IsAboutOneClientAlone) {
    auto seen = observation({ends(client), ends(server)});
    seen.clients.push_back(seen.clients[0]);
    connect(seen, 1);
    for (const auto& event : {says(client, "b", 1), ends(client, 1), ends(server, 1)})
        seen.transcript.events.push_back(event);
    auto played = scenario({});
    played.clients.push_back(played.clients[0]);
    const auto recorded = recorded_scenario(played, seen);
    EXPECT_THAT(end_questions(recorded),
                ElementsAre(EndQuestion{0, 0, effect, 0}, EndQuestion{1, 1, effect, 1}, EndQuestion{1, 2, cause, 0}));
    const auto experiment = end_experiment(recorded, seen, {1, 1, effect, 1}, 7000);
    ASSERT_EQ(experiment.clients.size(), 1U);
    EXPECT_EQ(spelled(experiment.clients[0].exchange), R"([{"client":"b"}])");
}

TEST(GoingOnAnyway, IsToEndOrToSayMoreWithoutTheOthersEnd) {
    const auto seen =
        observation({says(client, "a"), says(server, "b"), ends(client), says(server, "c"), ends(server)});
    const auto goes_on = [&](const std::vector<WireEvent>& events) {
        return goes_on_anyway(seen, {0, 2, effect, 2}, observation(events));
    };
    EXPECT_FALSE(goes_on({says(client, "a"), says(server, "b")}));
    EXPECT_TRUE(goes_on({says(client, "a"), says(server, "b"), ends(server)}));
    EXPECT_TRUE(goes_on({says(client, "a"), says(server, "b"), resets(server)}));
    EXPECT_TRUE(goes_on({says(client, "a"), says(server, "bc")}));
    EXPECT_FALSE(goes_on({}));
}

TEST(GoingOnAnyway, IsToEndWithoutWhatCameBefore) {
    const auto seen = observation({says(client, "a"), says(server, "b"), ends(client)});
    EXPECT_TRUE(goes_on_anyway(seen, {0, 2, cause, 1}, observation({says(client, "a"), ends(client)})));
    EXPECT_FALSE(goes_on_anyway(seen, {0, 2, cause, 1}, observation({says(client, "a")})));
}

/// The exchange without the order that is chance.
std::string forgotten(std::vector<Turn> turns, const std::vector<EndQuestion>& by_chance) {
    auto recorded = scenario(std::move(turns));
    forget_order(recorded, by_chance);
    return spelled(recorded.clients[0].exchange);
}

TEST(ForgottenOrder, LetsEitherEndBeFirst) {
    EXPECT_EQ(
        forgotten({turn(Who::client, "a"), turn(Who::client, StreamEvent::end), turn(Who::server, StreamEvent::end)},
                  {{0, 1, effect, 1}}),
        R"([{"client":"a"},{"both":{"event":"end"}}])");
}

TEST(ForgottenOrder, SaysNothingOfAnEndAmongData) {
    EXPECT_EQ(
        forgotten({turn(Who::client, StreamEvent::end), turn(Who::server, "a"), turn(Who::server, StreamEvent::end)},
                  {{0, 0, effect, 0}}),
        R"([{"server":"a"},{"server":{"event":"end"}}])");
    EXPECT_EQ(forgotten({turn(Who::server, "a"), turn(Who::client, StreamEvent::end), turn(Who::server, "b")},
                        {{0, 1, cause, 0}, {0, 1, effect, 1}}),
              R"([{"server":"ab"}])");
}

TEST(ForgottenOrder, SaysNothingOfAnEndWithoutACauseBesideTheOther) {
    const std::vector<Turn> clients_first{turn(Who::server, "a"), turn(Who::client, StreamEvent::end),
                                          turn(Who::server, StreamEvent::end)};
    EXPECT_EQ(forgotten(clients_first, {{0, 1, cause, 0}, {0, 1, effect, 1}}),
              R"([{"server":"a"},{"server":{"event":"end"}}])");
    const std::vector<Turn> servers_first{turn(Who::server, "a"), turn(Who::server, StreamEvent::end),
                                          turn(Who::client, StreamEvent::end)};
    EXPECT_EQ(forgotten(servers_first, {{0, 1, effect, 1}, {0, 2, cause, 0}}),
              R"([{"server":"a"},{"server":{"event":"end"}}])");
}

TEST(ForgottenOrder, IsKeptWhereNothingWasChance) {
    EXPECT_EQ(forgotten({turn(Who::client, StreamEvent::end), turn(Who::server, "a")}, {}),
              R"([{"client":{"event":"end"}},{"server":"a"}])");
}

}  // namespace
}  // namespace parley
