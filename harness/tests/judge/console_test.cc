#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;
using Code = Finding::Code;
using testing::HasSubstr;

TEST(Exit, PassesWithTheExpectedStatus) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.exit = 0;
    wanted.server->expect.running = true;
    EXPECT_THAT(judge(wanted, observation(two_messages_said())), Passes());
}

TEST(Exit, IsNotCheckedWhereNothingIsGiven) {
    auto seen = observation(two_messages_said());
    seen.clients[0].state = Exited{217};
    seen.server->state = Exited{1};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Passes());
}

TEST(Exit, QuotesTheLastLineOfStderr) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.exit = 0;
    wanted.clients[0].expect.exit_position = {5, 60};
    auto seen = observation(two_messages_said());
    seen.clients[0].state = Exited{1};
    seen.clients[0].err = printed("Traceback (most recent call last):\nValueError: no digits\n\n");
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::exit_status}));
    EXPECT_EQ(
        found.findings[0].message,
        "the client ended with exit 1, where exit 0 was expected; its last line on stderr: \"ValueError: no digits\"");
    EXPECT_EQ(found.findings[0].position, (Position{5, 60}));
}

TEST(Console, OfAServerOnTrialMayEndItsLinesAsATerminalHasThem) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.out = text("one\ntwo\n");
    auto seen = observation(two_messages_said());
    seen.server->out = printed("one\r\ntwo\r\n");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
    wanted.server->on_trial = true;
    EXPECT_THAT(judge(wanted, seen), Passes());
    seen.server->out = printed("one\rtwo\r\n");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
    seen.server->out = printed("one\r\ntwo\r\n");
    seen.server->state = Exited{0};
    wanted.server->expect.exit = 0;  // it printed into a pipe
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
}

/// `from `, the client's port, and a newline.
Value from_the_client() {
    return {{Literal{"from "}, ClientPort{}, Literal{"\n"}}, {}};
}

/// The two messages, from port 40404, which the server sees as 50505.
Observation said_over_ports() {
    auto seen = observation(two_messages_said());
    seen.transcript.connections = {{0, 40404, 50505}};
    return seen;
}

TEST(Console, TellsTheClientsPortAsTheServerSeesIt) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.out = from_the_client();
    auto seen = said_over_ports();
    seen.server->out = printed("from 50505\n");
    EXPECT_THAT(judge(wanted, seen), Passes());
    seen.server->out = printed("from 40404\n");
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::stdout_differs}));
    EXPECT_EQ(found.findings[0].expected, R"("from 50505\n")");
    EXPECT_EQ(found.findings[0].offset, 5u);
}

TEST(Console, OfAClientTellsItsOwnPort) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.out = from_the_client();
    auto seen = said_over_ports();
    seen.clients[0].out = printed("from 40404\n");
    EXPECT_THAT(judge(wanted, seen), Passes());
    seen.clients[0].out = printed("from 50505\n");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
}

TEST(Console, OfAServerMayTellThePortOfAnyOfItsClients) {
    auto wanted = scenario(two_messages());
    wanted.clients.emplace_back();
    wanted.clients[1].player = Player::idle;
    wanted.server->expect.out = from_the_client();
    auto seen = observation(two_messages_said());
    seen.clients.emplace_back();
    connect(seen, 1);
    seen.transcript.connections = {{0, 40404, 50505}, {1, 40405, 50506}};
    for (const char* port : {"50505", "50506"}) {
        seen.server->out = printed("from " + std::string(port) + "\n");
        EXPECT_THAT(judge(wanted, seen), Passes()) << port;
    }
    seen.server->out = printed("from 50507\n");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
}

TEST(Console, MayTellAnyPortWhereNotAllConnectionsWereKept) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.out = from_the_client();
    auto seen = said_over_ports();
    seen.server->out = printed("from 50507\n");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
    seen.transcript.refused[0] = 1;
    EXPECT_THAT(judge(wanted, seen), Passes());
}

TEST(Exit, TellsASignalFromAStatus) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.exit = 11;
    auto seen = observation(two_messages_said());
    seen.server->state = Signaled{11};
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::killed_by_signal}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("killed by signal 11 (SIGSEGV)"));
}

TEST(Exit, TellsWhoIsStillThere) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.exit = 0;
    auto seen = observation(two_messages_said());
    seen.server->waits = {{"python3", "accept4", 3, "listening on 0.0.0.0:5050", true}};
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::still_running}));
    EXPECT_EQ(found.findings[0].message,
              "the server waits in accept4(3), listening on 0.0.0.0:5050, where exit 0 was expected");
}

TEST(Exit, TellsWhoHasGone) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.running = true;
    auto seen = observation(two_messages_said());
    seen.server->state = Exited{0};
    EXPECT_THAT(judge(wanted, seen), Fails({Code::ended_early}));
    seen.server->state = Signaled{13};
    EXPECT_THAT(judge(wanted, seen), Fails({Code::killed_by_signal}));
}

TEST(Exit, ByASignalIsNeverWhatAProgramMeant) {
    const auto wanted = scenario(two_messages());
    auto seen = observation(two_messages_said());
    seen.clients[0].state = Signaled{11};
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::killed_by_signal}));
    EXPECT_EQ(found.findings[0].message, "the client was killed by signal 11 (SIGSEGV)");
    seen.clients[0].state = Exited{1};
    EXPECT_THAT(judge(wanted, seen), Passes());
}

TEST(Exit, OfAnIdleClientIsNoProgramsExit) {
    auto wanted = scenario(two_messages());
    wanted.clients.emplace_back();
    wanted.clients[1].player = Player::idle;
    wanted.clients[1].expect.exit = 0;
    auto seen = observation(two_messages_said());
    seen.clients.emplace_back();
    connect(seen, 1);
    EXPECT_THAT(judge(wanted, seen), Passes());
}

TEST(Exit, IsToldBesidesAWrongExchange) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.exit = 0;
    auto seen = observation({says(Side::client, "Hello world!")});
    seen.clients[0].state = Exited{1};
    EXPECT_THAT(judge(wanted, seen), Fails({Code::turn_missing, Code::exit_status}));
}

TEST(Exit, ByASignalComesBeforeWhatFollowsFromIt) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.running = true;
    auto seen = observation({says(Side::client, "Hello world!"), ends(Side::server), ends(Side::client)});
    seen.server->state = Signaled{11};
    EXPECT_THAT(judge(wanted, seen), Fails({Code::killed_by_signal, Code::end_unexpected}));
}

TEST(Console, HasToBeAllThatIsExpected) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.out = text("Received: Again!\n");
    wanted.clients[0].expect.err = text("");
    auto seen = observation(two_messages_said());
    seen.clients[0].out = printed("Received: Again!\n");
    EXPECT_THAT(judge(wanted, seen), Passes());

    seen.clients[0].out = printed("Received: Again!\n\n");
    auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::stdout_differs}));
    EXPECT_EQ(found.findings[0].offset, 17u);
    EXPECT_EQ(found.findings[0].message,
              "the stdout of the client goes on for 1 octet after what was expected: \"\\n\"");

    seen.clients[0].out = printed("Received: Ag");
    found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::stdout_differs}));
    EXPECT_EQ(found.findings[0].message, "the stdout of the client stops after 12 octets, where more was expected");

    seen.clients[0].out = printed("received: Again!\n");
    seen.clients[0].err = printed("warning\n");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs, Code::stderr_differs}));
}

TEST(Console, OfTheServerIsCheckedToo) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.out = pattern("Servidor conectado por .*\n");
    auto seen = observation(two_messages_said());
    seen.server->out = printed("Servidor conectado por ('127.0.0.1', 40404)\n");
    EXPECT_THAT(judge(wanted, seen), Passes());
    seen.server->out = printed("");
    EXPECT_THAT(judge(wanted, seen), Fails({Code::stdout_differs}));
}

TEST(Console, IsNotComparedAfterAWrongExchange) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].expect.out = text("Received: Again!\n");
    EXPECT_THAT(judge(wanted, observation({says(Side::client, "hello"), ends(Side::client), ends(Side::server)})),
                Fails({Code::bytes_differ}));
}

TEST(Console, CannotBeComparedWhereNotAllIsKept) {
    auto wanted = scenario(two_messages());
    auto seen = observation(two_messages_said());
    seen.server->out = {Bytes(Captured::limit, 'x'), Captured::limit + 1};
    EXPECT_THAT(judge(wanted, seen), Passes());
    wanted.server->expect.out = pattern("x*");
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::output_flood}));
    EXPECT_EQ(found.findings[0].message,
              "the server wrote 65,537 octets to stdout: more than is kept, so they cannot be compared");
}

}  // namespace
}  // namespace parley
