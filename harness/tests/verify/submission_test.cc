#include "parley/verify/submission.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;

Catalogue catalogue() {
    Catalogue made;
    made.roles["echo-server"] = {"echo-server", Side::server, "", 5050, {}};
    made.roles["echo-server"].primitives = {"socket", "bind"};
    made.roles["message-client"] = {"message-client", Side::client, "", 5488, {"{host}", "{port}"}};
    return made;
}

Scenario scenario() {
    Scenario made;
    made.name = "echo/x";
    made.server.emplace();
    made.server->role = "echo-server";
    made.server->expect.running = true;
    made.server->expect.exit = 0;
    made.server->expect.out = Value{{Literal{"out"}}, {}};
    made.server->expect.err = Value{{Literal{"err"}}, {}};
    auto& client = made.clients.emplace_back();
    client.role = "echo-client";
    client.expect.exit = 0;
    return made;
}

Submission server(std::vector<std::string> command = {"./server"}) {
    return {"echo-server", Side::server, std::move(command), "/home/ana"};
}

Scenario placed(const Scenario& scenario, const Submission& submission, Level level = Level::wire) {
    const auto held = with_submission(scenario, submission, catalogue(), level);
    EXPECT_TRUE(std::holds_alternative<Scenario>(held));
    return std::get<Scenario>(held);
}

NotHeld not_held(const Scenario& scenario, const Submission& submission) {
    const auto held = with_submission(scenario, submission, catalogue(), Level::wire);
    EXPECT_TRUE(std::holds_alternative<NotHeld>(held));
    return std::get<NotHeld>(held);
}

TEST(Submission, TakesTheRolesPlace) {
    const auto held = placed(scenario(), server());
    ASSERT_TRUE(held.server->own);
    EXPECT_THAT(held.server->own->command, ElementsAre("./server"));
    EXPECT_EQ(held.server->own->folder, "/home/ana");
    EXPECT_THAT(*held.server->argv, ElementsAre());
    EXPECT_TRUE(held.server->on_trial);
    EXPECT_FALSE(held.clients[0].own);
    EXPECT_FALSE(held.clients[0].on_trial);
}

TEST(Submission, IsHeldToItsLifeAndToWhatCrossesOnTheWire) {
    const auto held = placed(scenario(), server()).server->expect;
    EXPECT_TRUE(held.running);
    EXPECT_FALSE(held.exit);
    EXPECT_FALSE(held.out);
    EXPECT_FALSE(held.err);
}

TEST(Submission, IsHeldToStdoutAndExitStatusOnTheConsole) {
    const auto held = placed(scenario(), server(), Level::console).server->expect;
    EXPECT_TRUE(held.exit);
    EXPECT_TRUE(held.out);
    EXPECT_FALSE(held.err);
}

TEST(Submission, IsHeldToTheOrderOfItsRolesPrimitives) {
    const auto held = placed(scenario(), server(), Level::primitives);
    EXPECT_THAT(held.server->expect.primitives, ElementsAre("socket", "bind"));
    EXPECT_TRUE(held.server->expect.out);
    ASSERT_EQ(held.server->own->needs.size(), 1U);
    EXPECT_EQ(held.server->own->needs[0].path, "strace");
    EXPECT_THAT(held.clients[0].expect.primitives, ElementsAre());
    EXPECT_THAT(placed(scenario(), server(), Level::console).server->expect.primitives, ElementsAre());
}

TEST(Submission, IsNotHeldToWhatItsCounterpartPrints) {
    EXPECT_FALSE(placed(scenario(), server(), Level::console).clients[0].expect.exit);
}

TEST(Submission, TakesItsPlaceInEachWay) {
    auto several = scenario();
    several.other_ways.push_back(scenario());
    const auto held = placed(several, server());
    EXPECT_TRUE(held.other_ways[0].server->own);
    EXPECT_FALSE(held.other_ways[0].server->expect.exit);
}

TEST(Submission, TakesThePlaceOfEachClientOfItsRole) {
    auto several = scenario();
    several.clients.push_back(several.clients[0]);
    several.clients.emplace_back().player = Player::idle;
    const Submission client{"echo-client", Side::client, {"./client"}, "/"};
    const auto held = placed(several, client);
    EXPECT_TRUE(held.clients[0].own);
    EXPECT_TRUE(held.clients[1].own);
    EXPECT_FALSE(held.clients[2].own);
    EXPECT_FALSE(held.server->own);
}

TEST(Submission, PlaysNoPartThatAScriptPlaysOrThatIsNeverVerified) {
    auto scripted = scenario();
    scripted.server->player = Player::script;
    EXPECT_EQ(not_held(scripted, server()), NotHeld::other_role);
    auto never = scenario();
    never.server->verified = Verified::never;
    EXPECT_EQ(not_held(never, server()), NotHeld::other_role);
    EXPECT_EQ(not_held(scenario(), {"message-client", Side::client, {"x"}, "/"}), NotHeld::other_role);
}

TEST(Submission, OfNoRolePlaysAnyProgramOfItsSide) {
    EXPECT_TRUE(placed(scenario(), {"", Side::server, {"x"}, "/"}).server->own);
}

TEST(Submission, WithoutAPlaceForThePortIsHeldToTheRolesOwn) {
    auto other_port = scenario();
    other_port.port = 6000;
    EXPECT_EQ(not_held(other_port, server()), NotHeld::port);
    placed(other_port, server({"./server", "--port={port}"}));
    auto same_port = scenario();
    same_port.port = 5050;
    placed(same_port, server());
}

TEST(Submission, WithoutAPlaceForTheHostOrItsClientsPortIsNotSentElsewhere) {
    const auto client = [](std::vector<std::string> command) {
        return Submission{"message-client", Side::client, std::move(command), "/home/ana"};
    };
    auto elsewhere = scenario();
    elsewhere.clients[0].role = "message-client";
    elsewhere.clients[0].host = "127.0.0.2";
    EXPECT_EQ(not_held(elsewhere, client({"./client", "{port}"})), NotHeld::host);
    placed(elsewhere, client({"./client", "--to={host}"}));
    placed(elsewhere, client({"./client", "{args}"}));
    elsewhere.clients[0].port = 6000;
    EXPECT_EQ(not_held(elsewhere, client({"./client", "{host}"})), NotHeld::port);
    placed(elsewhere, client({"./client", "{host}", "{port}"}));
}

TEST(Submission, WithoutAPlaceForArgumentsIsGivenNone) {
    auto with_arguments = scenario();
    with_arguments.server->argv = {"{port}", "x"};
    EXPECT_EQ(not_held(with_arguments, server({"./server", "{port}"})), NotHeld::arguments);
    const auto held = placed(with_arguments, server({"./server", "-v", "{args}", "y"}));
    EXPECT_THAT(held.server->own->command, ElementsAre("./server", "-v", "{port}", "x", "y"));
}

TEST(Submission, IsGivenTheRolesArgumentsWhereTheScenarioHasNone) {
    auto message = scenario();
    message.clients[0].role = "message-client";
    const auto held = placed(message, {"message-client", Side::client, {"./client", "{args}"}, "/"});
    EXPECT_THAT(held.clients[0].own->command, ElementsAre("./client", "{host}", "{port}"));
}

}  // namespace
}  // namespace parley
