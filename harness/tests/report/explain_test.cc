#include "parley/report/explain.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>

#include "parley/judge/judge.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using namespace made;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

std::string explained(const Scenario& wanted, const Observation& seen, const ExplainOptions& options = {}) {
    Cell cell;
    cell.scenario = std::make_shared<Scenario>(wanted);
    return explain(cell, seen, judge(wanted, seen), options);
}

/// The first turn is wrong.
Observation wrong() {
    return observation({says(client, "hello world!"), ends(client), ends(server)});
}

TEST(Explanation, BeginsWithVerdictCellAndWhatIsWrong) {
    EXPECT_THAT(explained(scenario(two_messages()), wrong()),
                StartsWith("FAILED echo/two-messages:-:-\n"
                           "  the client's turn 1 has 68 (\"h\") at offset 0 where 48 (\"H\") was expected\n"
                           "  scenarios/echo/two-messages.json:7:9\n"));
}

TEST(Explanation, LeavesVerdictAndCellOutWhereTheyWereTold) {
    ExplainOptions options;
    options.headline = false;
    EXPECT_THAT(explained(scenario(two_messages()), wrong(), options),
                StartsWith("  the client's turn 1 has 68 (\"h\") at offset 0 where 48 (\"H\") was expected\n"
                           "  scenarios/echo/two-messages.json:7:9\n"));
}

TEST(Explanation, OfAPassIsTheVerdictAlone) {
    EXPECT_EQ(explained(scenario(two_messages()), observation(two_messages_said())), "PASSED echo/two-messages:-:-\n");
}

TEST(Explanation, OfWhatIsUnsupportedGivesTheReason) {
    Cell cell;
    cell.scenario = std::make_shared<Scenario>(scenario({}));
    EXPECT_EQ(explain(cell, {}, {Verdict::Kind::unsupported, {}, "needs javac"}, {}),
              "UNSUPPORTED echo/two-messages:-:-: needs javac\n");
}

TEST(Explanation, OfAKnownFailureGivesTheReasonAndWhatIsWrong) {
    Cell cell;
    cell.scenario = std::make_shared<Scenario>(scenario(two_messages()));
    const auto verdict = with_known_failure(judge(*cell.scenario, wrong()), {"*", "it is slow", {}});
    EXPECT_THAT(explain(cell, wrong(), verdict, {}), StartsWith("KNOWN FAILURE echo/two-messages:-:-: it is slow\n"
                                                                "  the client's turn 1 has 68"));
}

TEST(Explanation, PaintsOnlyWhereItMay) {
    ExplainOptions options;
    EXPECT_THAT(explained(scenario(two_messages()), wrong(), options), Not(HasSubstr("\x1b")));
    options.colour = true;
    EXPECT_THAT(explained(scenario(two_messages()), wrong(), options), StartsWith("\x1b[31mFAILED\x1b[0m echo/"));
}

TEST(Explanation, GivesFurtherFindingsALineOrAllOfThemInFull) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.out = text("Hi");
    wanted.clients[0].expect.err = text("");
    auto seen = observation(two_messages_said());
    seen.clients[0].out = printed("Ha");
    seen.clients[0].err = printed("noise");
    const std::string further = "the stderr of the client goes on for 5 octets after what was expected: \"noise\"\n";
    const std::string bytes = "  actual   5: \"noise\"\n";
    ExplainOptions options;
    EXPECT_THAT(explained(wanted, seen, options), AllOf(HasSubstr("  also:\n    " + further), Not(HasSubstr(bytes))));
    options.all_in_full = true;
    EXPECT_THAT(explained(wanted, seen, options), AllOf(HasSubstr("  also:\n  " + further), HasSubstr(bytes)));
}

TEST(Explanation, BoundsTheFindings) {
    auto wanted = scenario({turn(Who::client, "y")});
    wanted.clients.resize(30, wanted.clients[0]);
    auto seen = observation({});
    seen.clients.resize(30, seen.clients[0]);
    for (int i = 1; i < 30; ++i) connect(seen, i);
    for (int i = 0; i < 30; ++i) seen.transcript.events.push_back(says(client, "x", i));
    EXPECT_THAT(explained(wanted, seen), AllOf(HasSubstr("    and 20 more\n"), HasSubstr("client 10's turn 1"),
                                               Not(HasSubstr("client 11's turn 1"))));
}

TEST(Explanation, BoundsTheConversation) {
    std::vector<WireEvent> events;
    for (int i = 0; i < 100; ++i) events.push_back(says(client, std::to_string(i)));
    const auto told = explained(scenario({turn(Who::client, "x")}), observation(events));
    EXPECT_THAT(
        told,
        AllOf(HasSubstr("    client → server  1  \"2\"\n    … 82 more events …\n    client → server  2  \"85\"\n"),
              HasSubstr("    client → server  2  \"99\"\n")));
}

TEST(Explanation, OfSeveralConnectionsTellsWhichIsWhich) {
    auto wanted = scenario(two_messages());
    wanted.clients.push_back(wanted.clients[0]);
    auto seen = wrong();
    seen.clients.push_back(seen.clients[0]);
    connect(seen, 1);
    connect(seen, 1);
    EXPECT_THAT(explained(wanted, seen), AllOf(HasSubstr("    server → client 1  ends its stream\n"),
                                               HasSubstr("    client 2 (connection 3) → server  connects\n")));
}

TEST(Explanation, ShowsTheLastLinesThatAProgramPrinted) {
    auto seen = wrong();
    std::string lines;
    for (int i = 1; i <= 25; ++i) lines += "line " + std::to_string(i) + "\n";
    seen.server->err = printed(lines + std::string(200, 'x'));
    EXPECT_THAT(explained(scenario(two_messages()), seen), HasSubstr("    stderr 391 octets, no newline at the end:\n"
                                                                     "      … 16 more lines …\n"
                                                                     "      | line 17\n"));
    EXPECT_THAT(explained(scenario(two_messages()), seen),
                HasSubstr("      | " + std::string(160, 'x') + " … 40 octets more …\n"));
}

TEST(Explanation, LetsNoProgramForgeALineOrMoveTheCursor) {
    auto seen = observation({says(client, "hello\x1b[2J\nFAILED other:-:-\n"), ends(client), ends(server)});
    seen.clients[0].out = printed("\x1b[1A\rPASSED\nFAILED other:-:-\n");
    seen.clients[0].command = {"client\nFAILED other:-:-"};
    const auto told = explained(scenario(two_messages()), seen);
    EXPECT_EQ(std::count(told.begin(), told.end(), '\x1b'), 0);
    EXPECT_EQ(std::count(told.begin(), told.end(), '\r'), 0);
    EXPECT_THAT(told, Not(HasSubstr("\nFAILED")));
}

TEST(Explanation, TellsEveryThreadThatWaited) {
    auto seen = observation({says(client, "Hello world!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.server->waits.push_back({"worker", "futex", -1, "", false});
    EXPECT_THAT(explained(scenario(two_messages()), seen),
                HasSubstr("  who was waiting:\n"
                          "    the client in recvfrom(3), connected to 127.0.0.1:5050\n"
                          "    the server in recvfrom(4), connected to 127.0.0.1:40404 (thread python3)\n"
                          "    the server in futex (thread worker)\n"));
}

TEST(Explanation, TellsOnceWhereManyThreadsWaited) {
    auto seen = observation({says(Side::client, "Hello world!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    const BlockedCall accept{"worker", "accept", 3, "listening on 0.0.0.0:5050", true};
    seen.server->waits = {accept, accept, {"python3", "recvfrom", 4, "connected to 127.0.0.1:40404", true}};
    EXPECT_THAT(explained(scenario(two_messages()), seen),
                HasSubstr("    the server in accept(3), listening on 0.0.0.0:5050 (2 threads)\n"
                          "    the server in recvfrom(4), connected to 127.0.0.1:40404 (thread python3)\n"));
}

TEST(Explanation, SaysNothingOfWaitsWhereTheConversationEnded) {
    auto seen = wrong();
    seen.server->waits = {{"python3", "accept4", 3, "listening on 0.0.0.0:5050", true}};
    EXPECT_THAT(explained(scenario(two_messages()), seen), Not(HasSubstr("who was waiting")));
}

TEST(Explanation, EndsWithTheCommandThatRepeatsTheCell) {
    ExplainOptions options;
    options.repeat_command = "parley run scenarios/echo/two-messages.json";
    EXPECT_THAT(explained(scenario(two_messages()), wrong(), options),
                testing::EndsWith("\n  Repeat: parley run scenarios/echo/two-messages.json\n"));
    EXPECT_THAT(explained(scenario(two_messages()), wrong()), Not(HasSubstr("Repeat")));
}

}  // namespace
}  // namespace parley
