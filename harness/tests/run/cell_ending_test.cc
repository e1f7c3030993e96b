// Conversations that do not come to their end: deadlocks, deadlines, interruptions, and what only looks like them.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "made_cell.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAre;
using testing::VariantWith;

using Cells = CellTest;

Turn turn(Who who, const std::string& bytes) {
    return {who, Value{{Literal{bytes}}, {}}, {}};
}

// ---- where they meet

TEST_F(Cells, TellAtWhichAddressAClientLooksForTheServer) {
    made.server({"listen", "5050", "accept", "send", "x", "recv-end"}).client({"connect", "6060", "recv", "1"});
    made.scenario.clients[0].host = "127.0.0.2";
    made.scenario.clients[0].port = 6060;
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    ASSERT_THAT(seen.transcript.connections, SizeIs(1));
    EXPECT_EQ(seen.transcript.connections[0].reached, "127.0.0.1");
}

// ---- deadlocks

TEST_F(Cells, RecogniseADeadlockAndWhoWaitsInWhichCall) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv", "1"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_LT(seen.seconds, 15);  // at once, and not at the limit
    ASSERT_THAT(seen.server->waits, SizeIs(1));
    EXPECT_EQ(seen.server->waits[0].call, "recvfrom");
    EXPECT_THAT(seen.server->waits[0].object, StartsWith("connected to 127.0.0.1:"));
    ASSERT_THAT(seen.clients[0].waits, SizeIs(1));
    EXPECT_EQ(seen.clients[0].waits[0].object, "connected to 127.0.0.1:5050");
    EXPECT_THAT(seen.server->state, VariantWith<Running>(Running{}));
}

TEST_F(Cells, TellWhichConnectionsTheServerHasNotAccepted) {
    made.scenario.time_limit = 30s;
    made.scenario.at_once = true;
    made.server({"listen", "5050", "accept", "recv", "1"}).client({"connect", "5050", "recv", "1"});
    made.client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_THAT(seen.transcript.connections,
                UnorderedElementsAre(Field(&Connection::queued, false), Field(&Connection::queued, true)));
}

TEST_F(Cells, EndWhenAProgramOnTrialFloodsItsConnection) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "flood", "4", "1000000000"}).scripted_client().exchange({});
    made.scenario.server->on_trial = true;
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::flood);
    EXPECT_LT(seen.seconds, 15);  // at once, and not at the limit
    EXPECT_THAT(seen.transcript.floods, IsEmpty());
}

TEST_F(Cells, EndWhenAProgramOnTrialNeverComesToAnEnd) {
    made.scenario.time_limit = 30s;
    Steps asks{"connect", "5050"}, answers{"listen", "5050", "accept"};
    for (int turn = 0; turn < 3000; ++turn) {
        asks.insert(asks.end(), {"send", "a", "recv", "1"});
        answers.insert(answers.end(), {"recv", "1", "send", "A"});
    }
    answers.insert(answers.end(), {"accept"});
    asks.insert(asks.end(), {"recv", "1"});
    made.server(answers).client(asks).exchange({turn(Who::client, "a"), turn(Who::server, "A")});
    made.scenario.clients[0].on_trial = true;
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::flood);
    const auto said = std::ranges::count_if(seen.transcript.events, [](const WireEvent& event) {
        return event.side == Side::client && event.kind == WireEvent::Kind::data;
    });
    EXPECT_LT(said, 2000);
}

TEST_F(Cells, GiveAProgramOnTrialTheWholeLimitForEachTurn) {
    made.scenario.time_limit = 1s;
    made.server({"listen", "5050", "accept", "recv", "1", "sleep", "700", "send", "x", "recv", "1", "sleep", "700",
                 "send", "y", "recv-end"})
        .scripted_client()
        .exchange({turn(Who::client, "a"), turn(Who::server, "x"), turn(Who::client, "b"), turn(Who::server, "y")});
    made.scenario.server->on_trial = true;
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Cells, SeeWhatAClientOnTrialSaysUnaskedBeforeItIsAnswered) {
    made.server({"listen", "5050", "accept", "recv", "1", "send", "A", "recv", "1", "send", "B", "recv-end"})
        .client({"connect", "5050", "send", "a", "compute", "5", "send", "b", "recv", "2"})
        .exchange({turn(Who::client, "a"), turn(Who::server, "A"), turn(Who::client, "b"), turn(Who::server, "B")});
    made.scenario.clients[0].on_trial = true;
    EXPECT_THAT(spelled(run(made).transcript), ElementsAre("client connected", "server connected", R"(client "ab")",
                                                           R"(server "AB")", "client end", "server end"));
}

TEST_F(Cells, AnswerAClientOnTrialThatNeverRests) {
    made.server({"listen", "5050", "accept", "recv", "1", "send", "A", "recv-end"})
        .client({"connect", "5050", "send", "a", "compute", "1000", "send", "b", "recv", "1"})
        .exchange({turn(Who::client, "a"), turn(Who::server, "A")});
    made.scenario.clients[0].on_trial = true;
    EXPECT_THAT(spelled(run(made).transcript),
                ElementsAre("client connected", "server connected", R"(client "a")", R"(server "A")", R"(client "b")",
                            "client end", "server end"));
}

TEST_F(Cells, WaitInVainForAProgramOnTrialNoLongerThanTheLimit) {
    made.scenario.time_limit = 500ms;
    made.server({"listen", "5050", "accept", "recv", "1", "spin"})
        .scripted_client()
        .exchange({turn(Who::client, "a"), turn(Who::server, "x")});
    made.scenario.server->on_trial = true;
    EXPECT_EQ(run(made).ending, Ending::deadline);
}

TEST_F(Cells, TakeAServerOnTrialThatNeverRestsForOneThatGoesOn) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv-end", "close", "spin"}).client({"connect", "5050", "send", "x"});
    made.scenario.server->on_trial = true;
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_LT(seen.seconds, 15);
    EXPECT_THAT(seen.server->state, VariantWith<Running>(Running{}));
}

TEST_F(Cells, WaitForWhatAServerOnTrialPrintsLate) {
    made.server({"listen", "5050", "accept", "recv-end", "close", "sleep", "600", "print", "done\n", "sleep", "30000"})
        .client({"connect", "5050", "send", "x"});
    made.scenario.server->on_trial = true;
    made.scenario.server->expect.out = Value{{Literal{"done\n"}}, {}};
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_EQ(seen.server->out.bytes, "done\n");
}

TEST_F(Cells, RecogniseADeadlockOfAServerWithWorkers) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "worker", "recv", "1"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_THAT(seen.server->waits, ElementsAre(Field(&BlockedCall::call, "recvfrom")));
}

TEST_F(Cells, RecogniseADeadlockOfTheSecondClientWithABusyServer) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv-end"}).idle_client().client({"connect", "5050", "recv", "1"});
    EXPECT_EQ(run(made).ending, Ending::deadlock);
}

TEST_F(Cells, DoNotTakeASlowServerForADeadlock) {
    made.server({"listen", "5050", "accept", "recv", "1", "sleep", "700", "send", "x"})
        .client({"connect", "5050", "send", "?", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{0}));
}

TEST_F(Cells, DoNotTakeAServerThatPollsByTheClockForADeadlock) {
    made.server({"listen", "5050", "accept", "poll", "600", "send", "x"}).client({"connect", "5050", "recv", "1"});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Cells, DoNotTakeAServerThatWaitsForATimerForADeadlock) {
    made.server({"listen", "5050", "accept", "epoll-timer", "1", "send", "x"}).client({"connect", "5050", "recv", "1"});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Cells, DoNotTakeAServerThatListensLateForADeadlock) {
    made.server({"sleep", "600", "listen", "5050", "accept", "send", "x"}).client({"connect", "5050", "recv", "1"});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

// ---- deadlines

class Deadlines : public CellTest {
protected:
    void expect_deadline() {
        made.scenario.time_limit = 200ms;
        const auto seen = run(made);
        EXPECT_EQ(seen.ending, Ending::deadline) << seen.trouble;
        EXPECT_LT(seen.seconds, 30);
        EXPECT_THAT(seen.clients[0].state, VariantWith<Running>(Running{}));
    }
    /// Of a server that accepts a client and then does `what` for so many ms, again and again, beyond any deadline.
    static Steps pausing_server(const char* what, const char* milliseconds) {
        Steps steps{"listen", "5050", "accept"};
        for (int pause = 0; pause < 100; ++pause) steps.insert(steps.end(), {what, milliseconds});
        return steps;
    }
};

TEST_F(Deadlines, EndACellWhoseServerSpins) {
    made.server({"listen", "5050", "accept", "spin"}).client({"connect", "5050", "recv", "1"});
    expect_deadline();
}

TEST_F(Deadlines, EndACellWhoseServerNeverListens) {
    made.server({"sleep-for-ever"}).client({"connect", "5050", "recv", "1"});
    expect_deadline();
}

TEST_F(Deadlines, EndACellWhoseServerIsStopped) {
    made.server({"listen", "5050", "accept", "stop"}).client({"connect", "5050", "recv", "1"});
    expect_deadline();
}

TEST_F(Deadlines, EndACellWhoseServerPausesUntilThen) {
    made.scenario.time_limit = 700ms;
    made.server(pausing_server("poll", "400")).client({"connect", "5050", "recv", "1"});
    EXPECT_EQ(run(made).ending, Ending::deadline);
}

TEST_F(Deadlines, CompleteACellWhoseServerOnlyStaysWithAnIdleClient) {
    made.scenario.time_limit = 700ms;
    made.server(pausing_server("sleep", "100")).idle_client();
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Deadlines, AreLongerByTheTimeoutScale) {
    workshop = std::make_unique<Workshop>(context.get_executor(), "", 50, isolation());
    made.scenario.time_limit = 20ms;
    made.server({"listen", "5050", "accept", "sleep", "400", "send", "x"}).client({"connect", "5050", "recv", "1"});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Deadlines, AreEachClientsOwn) {
    made.scenario.time_limit = 900ms;
    made.server({"listen", "5050", "accept", "sleep", "600", "close", "accept", "sleep", "600", "close"})
        .client({"connect", "5050", "recv-end"})
        .client({"connect", "5050", "recv-end"});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

// ---- interruptions

TEST_F(Cells, EndSoonWhenTheyAreInterrupted) {
    made.scenario.time_limit = 60s;
    made.server({"listen", "5050", "accept", "spin"}).client({"connect", "5050", "send", "x", "recv", "1"});
    const auto cell = made.cell();
    CellRun running(*workshop, cell);
    Observation seen;
    bool done = false;
    asio::co_spawn(context, running.run(), [&](const std::exception_ptr&, Observation observation) {
        seen = std::move(observation);
        done = true;
    });
    context.poll();
    running.interrupt();
    run_until(done);
    EXPECT_EQ(seen.ending, Ending::interrupted);
    EXPECT_LT(seen.seconds, 30);
}

// ---- consoles

TEST_F(Cells, BoundWhatAProgramPrints) {
    made.scenario.time_limit = 60s;
    made.ending_server({"listen", "5050", "accept", "flood", "1", "10000000", "flood", "2", "10000000", "send", "x"})
        .client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_EQ(seen.server->out.total, 10000000U);
    EXPECT_EQ(seen.server->err.total, 10000000U);
    EXPECT_EQ(seen.server->out.bytes.size(), Captured::limit);
}

TEST_F(Cells, LetAProgramCloseItsStdout) {
    made.ending_server(
            {"listen", "5050", "print", "before", "close-descriptor", "1", "accept", "send", "x", "recv-end"})
        .client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_EQ(seen.server->out.bytes, "before");
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{0}));
}

TEST_F(Cells, SeeASignalThatEndsAProgram) {
    made.ending_server({"listen", "5050", "accept", "print", "last words", "raise", std::to_string(SIGSEGV)})
        .client({"connect", "5050", "recv-end"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(seen.server->state, VariantWith<Signaled>(Signaled{SIGSEGV}));
    EXPECT_EQ(seen.server->out.bytes, "last words");
}

}  // namespace
}  // namespace parley
