// Cells in which it is seen what a program calls on its sockets.
#include <gmock/gmock.h>
#include <signal.h>

#include "made_cell.h"
#include "parley/observe/threads.h"
#include "parley/process/environment.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using testing::VariantWith;

class TracedCells : public CellTest {
protected:
    void SetUp() override {
        CellTest::SetUp();
        if (find_program("strace").empty()) GTEST_SKIP() << "strace is not installed";
    }

    MadeCell& traced(MadeCell& cell) {
        if (cell.scenario.server) cell.scenario.server->expect.primitives = {"socket"};
        for (auto& client : cell.scenario.clients) client.expect.primitives = {"socket"};
        return cell;
    }

    static std::vector<std::string> calls_of(const ProgramObservation& program) {
        std::vector<std::string> calls;
        for (const auto& call : program.calls) calls.push_back(call.call + (call.returned ? "" : "…"));
        return calls;
    }
};

TEST_F(TracedCells, HoldWhatIsCalledOnSockets) {
    made.ending_server({"listen", "5050", "accept", "recv", "1", "send", "x", "close"})
        .client({"connect", "5050", "send", "?", "recv", "1", "close"});
    const auto seen = run(traced(made));
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_THAT(spelled(seen.transcript).size(), testing::Gt(4U));
    EXPECT_THAT(calls_of(*seen.server),
                ElementsAre("socket", "bind", "listen", "accept", "recvfrom", "write", "close"));
    EXPECT_THAT(calls_of(seen.clients[0]), ElementsAre("socket", "connect", "write", "recvfrom", "close"));
    EXPECT_EQ(seen.server->calls[3].descriptor, 4);  // 3 is strace's
}

TEST_F(TracedCells, HoldNothingOfProgramsOfWhomNothingIsExpected) {
    made.server({"listen", "5050", "accept", "recv-end"}).client({"connect", "5050"});
    EXPECT_THAT(run(made).server->calls, IsEmpty());
}

TEST_F(TracedCells, HoldWhatAKilledProgramWasIn) {
    made.server({"listen", "5050", "accept", "send", "x", "close", "accept"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(traced(made));
    EXPECT_THAT(seen.server->state, VariantWith<Running>(Running{}));
    ASSERT_THAT(seen.server->calls, SizeIs(7));
    EXPECT_EQ(seen.server->calls.back().call, "accept");
    EXPECT_FALSE(seen.server->calls.back().returned);
}

TEST_F(TracedCells, FollowThreadsAndProcesses) {
    made.server({"listen", "5050", "accept", "fork", "recv", "1", "send", "x", "exit", "0", "parent", "close", "pause"})
        .client({"connect", "5050", "send", "?", "recv", "1"});
    const auto seen = run(traced(made));
    EXPECT_THAT(seen.server->calls, testing::Contains(Field(&SocketCall::call, "recvfrom")));
}

TEST_F(TracedCells, EndWithTheProgramsOwnStatus) {
    made.client({"exit", "7"}).client({"raise", std::to_string(SIGSEGV)});
    const auto seen = run(traced(made));
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{7}));
    EXPECT_THAT(seen.clients[1].state, VariantWith<Signaled>(Signaled{SIGSEGV}));
}

TEST_F(TracedCells, RecogniseADeadlockAndWhoWaitsInWhichCall) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv", "1"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(traced(made));
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_LT(seen.seconds, 15);
    ASSERT_THAT(seen.server->waits, SizeIs(1));
    EXPECT_EQ(seen.server->waits[0].call, "recvfrom");
    EXPECT_EQ(seen.server->waits[0].descriptor, 5);
    EXPECT_THAT(seen.server->waits[0].object, StartsWith("connected to 127.0.0.1:"));
}

TEST_F(TracedCells, AreNotTakenForADeadlockWhileSomebodySleeps) {
    made.server({"listen", "5050", "accept", "recv", "1", "sleep", "700", "send", "x"})
        .client({"connect", "5050", "send", "?", "recv", "1"});
    EXPECT_EQ(run(traced(made)).ending, Ending::complete);
}

TEST_F(TracedCells, TellWhyAProgramCouldNotBeStarted) {
    made.client({"exit", "0"});
    traced(made);
    auto cell = made.cell();
    for (const auto& [command, reason] :
         {std::pair("/no/such/client", "start \"/no/such/client\": No such file or directory"),
          {"/etc/passwd", "start \"/etc/passwd\": Permission denied"},
          {"/tmp", "start \"/tmp\": Permission denied"},
          {"no-such-client", "start \"no-such-client\": No such file or directory"}}) {
        auto missing = *cell.client;
        missing.command = {command};
        cell.client = &missing;
        const auto seen = run(cell);
        EXPECT_THAT(seen.clients[0].state, VariantWith<NotStarted>(NotStarted{reason}));
    }
}

TEST_F(TracedCells, LeaveNothingBehind) {
    made.server({"listen", "5050", "accept", "send", "x", "close", "daemon", "pause"})
        .client({"connect", "5050", "recv", "1"});
    const auto seen = run(traced(made));
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(own_children(), IsEmpty());
}

TEST_F(TracedCells, EndSoonAfterAServerThatLeavesADaemonBehind) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "daemon", "accept", "send", "x", "close", "accept"})
        .client({"connect", "5050", "recv", "1"});
    const auto seen = run(traced(made));
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_LT(seen.seconds, 15);
    EXPECT_THAT(own_children(), IsEmpty());
}

}  // namespace
}  // namespace parley
