#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;
using Code = Finding::Code;
using testing::EndsWith;
using testing::HasSubstr;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

Observation stuck(Ending ending, const std::vector<WireEvent>& events) {
    auto seen = observation(events);
    seen.ending = ending;
    seen.seconds = 5.0023;
    both_receive(seen);
    return seen;
}

Scenario deadlock_wanted(std::vector<Turn> exchange) {
    auto wanted = scenario(std::move(exchange));
    wanted.outcome = Outcome::deadlock;
    return wanted;
}

TEST(Deadlock, TellsWhoWaitsAndWhatIsOwed) {
    const auto found = judge(scenario(two_messages()), stuck(Ending::deadlock, {says(client, "Hello wor")}));
    ASSERT_THAT(found, Fails({Code::deadlock}));
    const auto& finding = found.findings[0];
    EXPECT_EQ(
        finding.message,
        "all wait for each other: the client waits in recvfrom(3), connected to 127.0.0.1:5050; the server waits in "
        "recvfrom(4), connected to 127.0.0.1:40404; 9 of 12 octets of the client's turn 1 had come");
    EXPECT_EQ(finding.side, client);
    EXPECT_EQ(finding.offset, 9u);
    EXPECT_EQ(finding.expected_bytes, "Hello world!");
    EXPECT_EQ(finding.actual_bytes, "Hello wor");
    EXPECT_EQ(finding.position, (Position{7, 9}));
}

TEST(Deadlock, IsSaidWhereTheExchangeHeldAsWell) {
    const auto found = judge(scenario({turn(Who::client, "Hi")}), stuck(Ending::deadlock, {says(client, "Hi")}));
    ASSERT_THAT(found, Fails({Code::deadlock}));
    EXPECT_THAT(found.findings[0].message, EndsWith("; the exchange was complete"));
}

TEST(Deadlock, FollowsTheWrongDataThatLedToIt) {
    EXPECT_THAT(judge(scenario(two_messages()), stuck(Ending::deadlock, {says(client, "hello")})),
                Fails({Code::bytes_differ, Code::deadlock}));
}

TEST(Deadlock, NeedsNoWordOnProgramsThatAreStillRunning) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.exit = 0;
    wanted.clients[0].expect.out = text("Received: …");
    EXPECT_THAT(judge(wanted, stuck(Ending::deadlock, {})), Fails({Code::deadlock}));
}

TEST(Deadlock, PassesWhereItIsTheOutcome) {
    EXPECT_THAT(judge(deadlock_wanted({}), stuck(Ending::deadlock, {})), Passes());
    EXPECT_THAT(judge(deadlock_wanted({turn(Who::client, "Hi")}), stuck(Ending::deadlock, {says(client, "Hi")})),
                Passes());
}

TEST(Deadlock, MayNotComeBeforeTheExchangeIsOver) {
    EXPECT_THAT(judge(deadlock_wanted({turn(Who::client, "Hi")}), stuck(Ending::deadlock, {})),
                Fails({Code::turn_missing}));
}

TEST(Deadlock, ChecksExitsOnlyWhereTheyAreGiven) {
    auto wanted = deadlock_wanted({});
    wanted.clients[0].expect.exit = 0;
    EXPECT_THAT(judge(wanted, stuck(Ending::deadlock, {})), Fails({Code::still_running}));
}

TEST(Deadlock, IsMissedWhereTheConversationEnds) {
    const auto found = judge(deadlock_wanted({}), observation({ends(client), ends(server)}));
    ASSERT_THAT(found, Fails({Code::deadlock_missing}));
    EXPECT_EQ(
        found.findings[0].message,
        "a deadlock was expected, but the conversation came to its end: the client had ended: exit 0; the server is "
        "still running");
    EXPECT_THAT(judge(deadlock_wanted({}), observation({says(client, "Hi")})),
                Fails({Code::data_unexpected, Code::deadlock_missing}));
}

TEST(Deadlock, IsMissedWhereTimeIsUpFirst) {
    const auto found = judge(deadlock_wanted({}), stuck(Ending::deadline, {}));
    ASSERT_THAT(found, Fails({Code::deadlock_missing}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("time was up after 5 s without one"));
}

TEST(Flood, IsToldBesidesWhatWasWrongFirst) {
    const auto found = judge(scenario({turn(Who::client, "Hi"), turn(Who::server, "Ho")}),
                             stuck(Ending::flood, {says(client, "Hi"), says(server, "Ho" + std::string(5000, '!'))}));
    ASSERT_THAT(found, Fails({Code::bytes_extra, Code::output_flood}));
    EXPECT_EQ(found.findings[1].side, server);
    EXPECT_EQ(found.findings[1].message,
              "the server went on sending, and was ended when it had sent 5,000 octets more than it has to say");
}

TEST(Deadline, TellsHowMuchHadCome) {
    auto seen = stuck(Ending::deadline, {says(client, "Hello world!"), says(server, "Echo ==>")});
    seen.server->waits.clear();
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, Fails({Code::deadline}));
    EXPECT_EQ(found.findings[0].message,
              "time was up after 5 s: 8 of 23 octets of the server's turn 2 had come; the client waits in recvfrom(3), "
              "connected to 127.0.0.1:5050; the server is still running");
    EXPECT_EQ(found.findings[0].side, server);
}

TEST(Deadline, CountsWhatHadComeOfAPatternToo) {
    const auto found =
        judge(scenario({turn(Who::server, pattern("[a-z]+\n"))}), stuck(Ending::deadline, {says(server, "abc")}));
    ASSERT_THAT(found, Fails({Code::deadline}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("3 octets of the server's turn 1 had come"));
}

TEST(Deadline, NamesTheEndThatDidNotCome) {
    auto events = two_messages_said();
    events.pop_back();
    const auto found = judge(scenario(two_messages()), stuck(Ending::deadline, events));
    ASSERT_THAT(found, Fails({Code::deadline}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("the server has not ended its stream"));
}

TEST(Deadline, NamesWhoDidNotEndAfterTheWholeExchange) {
    const auto wanted = scenario({turn(Who::client, "Hi")});
    auto seen = stuck(Ending::deadline, {says(client, "Hi")});
    auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::deadline}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("the exchange was complete, but the client had not ended"));

    seen.clients[0].state = Exited{0};
    found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::deadline}));
    EXPECT_EQ(found.findings[0].side, server);
    EXPECT_THAT(found.findings[0].message, HasSubstr("the server had not come to rest"));
}

TEST(Deadline, BlamesAClientThatCrashedFirst) {
    auto seen = stuck(Ending::deadline, {says(client, "Hello world!")});
    seen.clients[0].state = Signaled{11};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Fails({Code::killed_by_signal, Code::deadline}));
}

}  // namespace
}  // namespace parley
