// Observations to scenarios, and to the text of their files.
#include "parley/record/recorded_scenario.h"

#include <gtest/gtest.h>

#include "parley/judge/judge.h"
#include "parley/record/scenario_json.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using namespace made;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

/// Nothing but who plays.
Scenario players(std::size_t clients = 1) {
    auto played = scenario({});
    played.about = "x";
    played.clients.assign(clients, played.clients[0]);
    return played;
}

std::string exchange_text(const Scenario& recorded) {
    return to_json(recorded).at("exchange").dump();
}

/// What is recorded describes what it was made of.
Scenario recorded(const Scenario& played, const Observation& seen) {
    auto scenario = recorded_scenario(played, seen);
    const auto verdict = judge(scenario, seen);
    EXPECT_EQ(verdict.kind, Verdict::Kind::passed) << testing::PrintToString(verdict.findings.size());
    return scenario;
}

TEST(RecordedScenario, IsTheWholeConversation) {
    auto seen = observation(two_messages_said());
    seen.transcript.connections[0] = {0, 50505, 40404};
    seen.server->out = printed("Servidor conectado por ('127.0.0.1', 40404)\n");
    seen.clients[0].out = printed("Received: Echo ==>b'Hello world!'\nReceived: Echo ==>b'Again!'\n");
    EXPECT_EQ(file_text(recorded(players(), seen)), R"({
  "about": "x",
  "server": {
    "role": "echo-server",
    "expect": {
      "running": true,
      "stdout": ["Servidor conectado por ('127.0.0.1', ", {"port": "client"}, ")\n"],
      "stderr": ""
    }
  },
  "client": {
    "role": "echo-client",
    "expect": {"exit": 0, "stdout": "Received: Echo ==>b'Hello world!'\nReceived: Echo ==>b'Again!'\n", "stderr": ""}
  },
  "exchange": [
    {"client": "Hello world!"},
    {"server": "Echo ==>b'Hello world!'"},
    {"client": "Again!"},
    {"server": "Echo ==>b'Again!'"},
    {"client": {"event": "end"}},
    {"server": {"event": "end"}}
  ]
}
)");
}

TEST(RecordedScenario, JoinsWhatCameInPieces) {
    const auto seen = observation({says(client, "Hel"), says(client, "lo"), says(server, "a"), says(client, "b")});
    EXPECT_EQ(exchange_text(recorded(players(), seen)), R"([{"client":"Hello"},{"server":"a"},{"client":"b"}])");
}

TEST(RecordedScenario, KeepsAReset) {
    const auto seen = observation({says(client, "x"), resets(server)});
    EXPECT_EQ(exchange_text(recorded(players(), seen)), R"([{"client":"x"},{"server":{"event":"reset"}}])");
}

TEST(RecordedScenario, LeavesOutTheResetThatFollowsASidesOwnEnd) {
    const auto seen = observation({ends(server), says(client, "x"), resets(server)});
    EXPECT_EQ(exchange_text(recorded(players(), seen)), R"([{"server":{"event":"end"}},{"client":"x"}])");
}

TEST(RecordedScenario, KeepsADeadlock) {
    auto seen = observation({says(client, "x")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    const auto scenario = recorded(players(), seen);
    EXPECT_EQ(scenario.outcome, Outcome::deadlock);
    EXPECT_TRUE(scenario.clients[0].expect.running);
}

TEST(RecordedScenario, KeepsTimesAndBinaryOctets) {
    auto seen = observation({says(client, std::string("\0\xff\x80", 3)), says(server, "Sun Nov 22 09:41:00 2026")});
    seen.clock = {1795340460, 1795340461, 0};
    EXPECT_EQ(exchange_text(recorded(players(), seen)),
              R"([{"client":{"hex":"00 ff 80"}},{"server":{"time":"ctime"}}])");
}

TEST(RecordedScenario, KeepsARefusal) {
    auto played = players();
    played.server.reset();
    auto seen = observation({});
    seen.server.reset();
    seen.transcript = {};
    EXPECT_EQ(exchange_text(recorded(played, seen)), R"([{"client":{"event":"refused"}}])");
}

TEST(RecordedScenario, KeepsAServerThatWasAlone) {
    auto played = players();
    played.clients.clear();
    auto seen = observation({});
    seen.transcript = {};
    seen.clients.clear();
    EXPECT_TRUE(recorded(played, seen).server->expect.running);
}

TEST(RecordedScenario, GivesEachClientItsOwnExchange) {
    auto seen = observation({says(client, "a")});
    seen.clients.push_back(seen.clients[0]);
    connect(seen, 1);
    seen.transcript.events.push_back(says(client, "b", 1));
    const auto scenario = recorded(players(2), seen);
    EXPECT_EQ(to_json(scenario).at("clients")[1].at("exchange").dump(), R"([{"client":"b"}])");
}

TEST(RecordedScenario, ExpectsNothingOfAFlood) {
    auto seen = observation({});
    seen.server->err = {Bytes(Captured::limit, 'x'), Captured::limit + 1};
    const auto scenario = recorded(players(), seen);
    EXPECT_FALSE(scenario.server->expect.err);
    EXPECT_TRUE(scenario.server->expect.out);
}

TEST(BeyondDescription, IsAProgramThatASignalEnded) {
    auto seen = observation({});
    EXPECT_EQ(beyond_description(players(), seen), "");
    seen.clients[0].state = Signaled{6};
    EXPECT_EQ(beyond_description(players(), seen), "the client was killed by signal 6 (SIGABRT)");
    seen.server->state = Signaled{11};
    EXPECT_EQ(beyond_description(players(), seen), "the server was killed by signal 11 (SIGSEGV)");
}

}  // namespace
}  // namespace parley
