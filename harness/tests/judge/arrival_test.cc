#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;
using Code = Finding::Code;
using testing::HasSubstr;

/// Nothing happened on the wire: the client never opened a connection, the server never listened.
Observation silence() {
    auto seen = observation({});
    seen.transcript = {};
    seen.server->listens.clear();
    seen.clients[0].opened_connection = false;
    return seen;
}

TEST(Harness, TroubleIsNobodysFault) {
    auto seen = silence();
    seen.ending = Ending::broken;
    seen.trouble = "setns: Operation not permitted";
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, CouldNotRun({Code::harness_trouble}));
    EXPECT_EQ(found.findings[0].message, "the harness failed: setns: Operation not permitted");
}

TEST(Harness, DoesNotJudgeAnInterruptedRun) {
    auto seen = observation({});
    seen.ending = Ending::interrupted;
    EXPECT_THAT(judge(scenario(two_messages()), seen), CouldNotRun({Code::harness_trouble}));
}

TEST(Arrival, NeedsProgramsThatCanBeStarted) {
    auto seen = silence();
    seen.clients[0].state = NotStarted{"execve \"build/client\": No such file or directory"};
    auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, CouldNotRun({Code::not_started}));
    EXPECT_EQ(found.findings[0].message,
              "the client could not be started: execve \"build/client\": No such file or directory");

    seen.server->state = NotStarted{"execve \"build/server\": Permission denied"};
    found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, CouldNotRun({Code::not_started}));
    EXPECT_EQ(found.findings[0].side, Side::server);
    EXPECT_EQ(found.findings[0].position, (Position{4, 15}));
}

TEST(Arrival, TellsHowAServerEndedThatNeverListened) {
    auto seen = silence();
    seen.server->state = Exited{1};
    seen.server->err =
        printed("Traceback (most recent call last):\n  …\nModuleNotFoundError: No module named 'sockets'\n");
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, CouldNotRun({Code::never_listened}));
    EXPECT_EQ(found.findings[0].message,
              "the server ended before it listened on port 5050: exit 1; its last line on stderr: "
              "\"ModuleNotFoundError: No module named 'sockets'\"");
}

TEST(Arrival, TellsWhatAServerDoesThatNeverListened) {
    auto seen = silence();
    seen.ending = Ending::deadline;
    seen.server->waits = {{"server", "read", 0, "pipe", false}};
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, CouldNotRun({Code::never_listened}));
    EXPECT_EQ(found.findings[0].message, "the server has not listened on port 5050: it waits in read(0), pipe");
}

TEST(Arrival, BlamesAServerThatListensElsewhere) {
    auto seen = silence();
    seen.port = 5488;
    seen.server->listens = {"[::]:8888"};
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, Fails({Code::wrong_port}));
    EXPECT_EQ(found.findings[0].message, "the server listens on port 8888, not on 5488");
}

TEST(Arrival, RecognisesAPortWithItsBytesSwapped) {
    auto seen = silence();
    seen.port = 5488;
    seen.server->listens = {"0.0.0.0:28693"};
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, Fails({Code::wrong_port}));
    EXPECT_THAT(found.findings[0].message,
                HasSubstr("on port 28693, not on 5488: that is 5488 with its bytes swapped: htons is missing"));
}

TEST(Arrival, CountsAServerThatHasServedAsListening) {
    auto seen = observation(two_messages_said());
    seen.server->listens.clear();
    seen.server->state = Exited{0};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Passes());
}

TEST(Arrival, TellsHowAClientEndedThatOpenedNoConnection) {
    auto seen = silence();
    seen.server->listens = {"0.0.0.0:5050"};
    seen.clients[0].state = Exited{2};
    seen.clients[0].err = printed("Use client <host> <porta>\n");
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, CouldNotRun({Code::never_connected}));
    EXPECT_EQ(found.findings[0].message,
              "the client ended before it opened a connection: exit 2; its last line on stderr: \"Use client <host> "
              "<porta>\"");
}

TEST(Arrival, BlamesAClientThatConnectsElsewhere) {
    auto seen = silence();
    seen.server->listens = {"0.0.0.0:5050"};
    seen.clients[0].opened_connection = true;
    seen.clients[0].state = Exited{1};
    seen.clients[0].err = printed("connect: Connection refused");
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, Fails({Code::never_connected}));
    EXPECT_EQ(found.findings[0].message,
              "the client called connect(), but not to the port of the server: exit 1; its last line on stderr: "
              "\"connect: Connection refused\"");
}

TEST(Arrival, IsNotAskedOfAServerAlone) {
    auto wanted = scenario({});
    wanted.clients.clear();
    wanted.server->port_in_use = true;
    wanted.server->expect.exit = 1;
    auto seen = silence();
    seen.clients.clear();
    seen.server->state = Exited{1};
    EXPECT_THAT(judge(wanted, seen), Passes());
    seen.server->state = Exited{0};
    EXPECT_THAT(judge(wanted, seen), Fails({Code::exit_status}));
}

TEST(Arrival, IsNotAskedOfAClientAlone) {
    auto wanted = scenario({});
    wanted.server.reset();
    wanted.clients[0].expect.exit = 0;
    auto seen = silence();
    seen.server.reset();
    EXPECT_THAT(judge(wanted, seen), Passes());
}

TEST(Arrival, LeavesOutClientsWhoseTurnToStartNeverCame) {
    auto wanted = scenario(two_messages());
    wanted.clients.push_back(wanted.clients[0]);
    auto seen = observation(two_messages_said());
    seen.clients.emplace_back();
    const auto alone = judge(wanted, seen);
    ASSERT_THAT(alone, CouldNotRun({Code::not_started}));
    EXPECT_EQ(alone.findings[0].message, "client 2 was never started");

    seen.transcript.events[2].bytes = "hello world!";
    EXPECT_THAT(judge(wanted, seen), Fails({Code::bytes_differ}));
}

TEST(Refusal, PassesWhereNobodyAccepts) {
    auto wanted = scenario({turn(Who::client, StreamEvent::refused)});
    wanted.server.reset();
    auto seen = silence();
    seen.server.reset();
    seen.clients[0].opened_connection = true;
    EXPECT_THAT(judge(wanted, seen), Passes());

    connect(seen, 0);
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::not_refused}));
    EXPECT_EQ(found.findings[0].position, (Position{7, 9}));
}

TEST(Refusal, NeedsAnAttempt) {
    auto wanted = scenario({turn(Who::client, StreamEvent::refused)});
    wanted.server.reset();
    auto seen = silence();
    seen.server.reset();
    EXPECT_THAT(judge(wanted, seen), CouldNotRun({Code::never_connected}));
}

}  // namespace
}  // namespace parley
