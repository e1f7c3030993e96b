// Conversations that may go in several ways, and what one turn keeps for a later one.
#include "tests/judge/expect.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using Code = Finding::Code;
using namespace made;
using testing::HasSubstr;

/// A reply that comes whole, or is lost with a reset: then the client ends with 1.
Scenario race() {
    auto reply = scenario({turn(Who::client, "Oi\n"), turn(Who::server, "Ok")});
    reply.way = "the reply comes first";
    reply.clients[0].expect.exit = 0;
    auto reset = scenario({turn(Who::client, "Oi\n"), turn(Who::server, StreamEvent::reset)});
    reset.way = "the reset comes first";
    reset.clients[0].expect.exit = 1;
    reply.other_ways = {reset};
    return reply;
}

Observation seen(const std::vector<WireEvent>& events, int exit) {
    auto made_observation = observation(events);
    made_observation.clients[0].state = Exited{exit};
    return made_observation;
}

TEST(Ways, PassWhereOneOfThemHolds) {
    EXPECT_THAT(judge(race(), seen({says(Side::client, "Oi\n"), says(Side::server, "Ok")}, 0)), Passes());
    EXPECT_THAT(judge(race(), seen({says(Side::client, "Oi\n"), resets(Side::server)}, 1)), Passes());
}

TEST(Ways, DoNotMix) {
    const auto verdict = judge(race(), seen({says(Side::client, "Oi\n"), resets(Side::server)}, 0));
    EXPECT_THAT(verdict, Fails({Code::exit_status}));
    EXPECT_THAT(verdict.findings[0].message,
                HasSubstr("(of the 2 ways that the scenario allows this is the nearest: the reset comes first)"));
}

TEST(Ways, ThatAllFailTellOfTheNearest) {
    const auto verdict = judge(race(), seen({says(Side::client, "Oi\n"), says(Side::server, "Ko")}, 0));
    EXPECT_THAT(verdict, Fails({Code::bytes_differ}));
    EXPECT_THAT(verdict.findings[0].message, HasSubstr("the reply comes first"));
}

// ---- captures

Value capture(std::string name_of, std::string expression) {
    return {{CaptureBegin{std::move(name_of)}, Pattern{std::move(expression)}, CaptureEnd{}}, {}};
}

Value recall(std::string name_of) {
    return {{Literal{"again "}, Recall{std::move(name_of)}}, {}};
}

TEST(Captures, AreExpectedAgainLater) {
    const auto wanted = scenario({turn(Who::server, capture("id", "[0-9]+")), turn(Who::client, recall("id"))});
    EXPECT_THAT(judge(wanted, observation({says(Side::server, "42"), says(Side::client, "again 42")})), Passes());
    const auto verdict = judge(wanted, observation({says(Side::server, "42"), says(Side::client, "again 43")}));
    EXPECT_THAT(verdict, Fails({Code::bytes_differ}));
    EXPECT_EQ(verdict.findings[0].expected_bytes, "again 42");
    EXPECT_EQ(verdict.findings[0].offset, 7U);
}

TEST(Captures, AreExpectedOnTheConsoles) {
    auto wanted = scenario({turn(Who::server, capture("id", "[0-9]+"))});
    wanted.clients[0].expect.out = recall("id");
    wanted.server->expect.out = recall("id");
    auto right = observation({says(Side::server, "42")});
    right.clients[0].out = printed("again 42");
    right.server->out = printed("again 42");
    EXPECT_THAT(judge(wanted, right), Passes());
    right.server->out = printed("again 4");
    EXPECT_THAT(judge(wanted, right), Fails({Code::stdout_differs}));
}

TEST(Captures, AreEachConversationsOwn) {
    auto wanted = scenario({turn(Who::server, capture("id", "[0-9]+")), turn(Who::client, recall("id"))});
    wanted.clients.push_back(wanted.clients[0]);
    auto right = observation({says(Side::server, "1"), says(Side::client, "again 1")});
    right.clients.push_back(right.clients[0]);
    connect(right, 1);
    right.transcript.events.push_back(says(Side::server, "2", 1));
    right.transcript.events.push_back(says(Side::client, "again 2", 1));
    EXPECT_THAT(judge(wanted, right), Passes());
    right.transcript.events.back().bytes = "again 1";
    EXPECT_THAT(judge(wanted, right), Fails({Code::bytes_differ}));
}

// ---- times of day

Value ctime() {
    return {{TimeText{}}, {}};
}

/// A time that is told on a connection that came 2 s after the cell had begun, at 09:41:07.
Verdict told(const std::string& time) {
    const auto wanted = scenario({turn(Who::server, ctime())});
    auto seen_later = observation({says(Side::server, "Sun Nov 22 " + time + " 2026")});
    seen_later.clock = {1795340467, 1795340471, 0};
    seen_later.transcript.connections.front().came = 1795340469;
    return judge(wanted, seen_later);
}

TEST(Times, AreNotFromBeforeTheConnection) {
    EXPECT_THAT(told("09:41:08"), Fails({Code::bytes_differ}));
    EXPECT_THAT(told("09:41:09"), Passes());
    EXPECT_THAT(told("09:41:11"), Passes());
    EXPECT_THAT(told("09:41:12"), Fails({Code::bytes_differ}));
}

/// As told(), where the scenario sets the clock a day ahead of the machine's.
Verdict told_a_day_ahead(const std::string& text) {
    const auto wanted = scenario({turn(Who::server, ctime()), turn(Who::server, "\n")});
    auto seen = observation({says(Side::server, text)});
    seen.clock = {1795426866, 1795426868, 0, 86400};
    seen.transcript.connections.front().came = 1795340467;
    return judge(wanted, seen);
}

TEST(Times, AreThoseOfTheClockThatTheScenarioSets) {
    EXPECT_THAT(told_a_day_ahead("Mon Nov 23 09:41:07 2026\n"), Passes());
    EXPECT_THAT(told_a_day_ahead("Mon Nov 23 09:41:06 2026\n"), Fails({Code::bytes_differ}));
    EXPECT_THAT(told_a_day_ahead("Mon Nov 23 9:41:07 2026\n"), Fails({Code::bytes_differ}));
    EXPECT_THAT(told_a_day_ahead("Sun Nov 22 9:41:07 2026\n"), Fails({Code::bytes_differ}));
}

TEST(Times, OfTheMachineWhereTheClockIsSetAreNoFailure) {
    const auto verdict = told_a_day_ahead("Sun Nov 22 09:41:07 2026\n");
    EXPECT_EQ(verdict.kind, Verdict::Kind::unsupported);
    EXPECT_THAT(verdict.findings, testing::IsEmpty());
    EXPECT_EQ(verdict.reason, "the server tells the machine's time: it takes none that it is given");
}

}  // namespace
}  // namespace parley
