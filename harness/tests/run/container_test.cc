// Programs in containers: they behave as without, and what they do besides is contained, told and cleaned up.
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>

#include "made_cell.h"
#include "parley/observe/proc.h"
#include "parley/observe/threads.h"
#include "tests/programs/actor.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using testing::VariantWith;

class Containers : public CellTest {
protected:
    void SetUp() override {
        CellTest::SetUp();
        if (!IsSkipped()) contain({});
    }

    void contain(Limits limits) {
        const auto reason = workshop->contain(Contained::everybodys, PARLEY_INIT, {}, limits);
        if (!reason.empty()) GTEST_SKIP() << reason;
    }

    /// A client that does `steps`, and has nobody to talk to.
    ProgramObservation alone(Steps steps) {
        MadeCell one;
        one.client(std::move(steps));
        return run(one).clients.at(0);
    }
};

TEST_F(Containers, LetAConversationGoOnAsWithout) {
    made.server({"listen", "5050", "accept", "recv", "1", "send", "x", "recv-end"})
        .client({"connect", "5050", "send", "?", "recv", "1", "print", "done"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(spelled(seen.transcript), ElementsAre("client connected", "server connected", "client \"?\"",
                                                      "server \"x\"", "client end", "server end"));
    EXPECT_EQ(seen.clients[0].out.bytes, "done");
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{0}));
}

TEST_F(Containers, TellHowAProgramEnds) {
    EXPECT_THAT(alone({"exit", "7"}).state, VariantWith<Exited>(Exited{7}));
    EXPECT_THAT(alone({"raise", "11"}).state, VariantWith<Signaled>(Signaled{SIGSEGV}));
    EXPECT_THAT(alone({"raise", "9"}).state, VariantWith<Signaled>(Signaled{SIGKILL}));
}

TEST_F(Containers, TellWhyAProgramCannotBeStarted) {
    made.client({"exit", "0"});
    auto missing = made.cell();
    Implementation implementation{"client", "missing", false, {"/bin/there-is-none"}, {}};
    missing.client = &implementation;
    const auto seen = run(missing);
    ASSERT_TRUE(std::holds_alternative<NotStarted>(seen.clients.at(0).state));
    EXPECT_THAT(std::get<NotStarted>(seen.clients[0].state).reason, HasSubstr("No such file or directory"));
    EXPECT_THAT(own_children(), IsEmpty());
}

TEST_F(Containers, RecogniseADeadlock) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv", "1"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_THAT(seen.server->waits, ElementsAre(Field(&BlockedCall::call, "recvfrom")));
}

// The verdict is on what was until then; what the end of the others makes of a program is no part of it.
TEST_F(Containers, EndBeforeTheirProgramSeesTheEndOfTheOther) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv", "1"}).client({"connect", "5050", "recv-end", "print", "too late"});
    for (int round = 0; round < 20; ++round) {
        const auto seen = run(made);
        ASSERT_EQ(seen.ending, Ending::deadlock);
        ASSERT_EQ(seen.clients.at(0).out.bytes, "");
    }
}

TEST_F(Containers, ShowNoFileOfOthersAndLetNoneBeChanged) {
    const auto seen = alone({"look-at", "/etc/passwd", "look-at", "/etc/shadow", "write", "/usr/x", "write", "/tmp/x"});
    EXPECT_THAT(seen.out.bytes, HasSubstr("/etc/passwd: open"));
    EXPECT_THAT(seen.out.bytes, HasSubstr("/etc/shadow: Permission denied"));
    EXPECT_THAT(seen.out.bytes, HasSubstr("/usr/x: Read-only file system"));
    EXPECT_THAT(seen.out.bytes, HasSubstr("/tmp/x: written"));
    EXPECT_FALSE(std::filesystem::exists("/tmp/x"));
}

TEST_F(Containers, EndWhatUsesTooMuchMemory) {
    Limits limits;
    limits.memory = 64 << 20;
    contain(limits);
    const auto seen = alone({"hog", "200", "pause"});
    EXPECT_THAT(seen.exceeded, Optional(Exceeded{Exceeded::What::memory, 64 << 20}));
}

TEST_F(Containers, EndWhatHasTooManyProcesses) {
    Limits limits;
    limits.processes = 20;
    contain(limits);
    const auto seen = alone({"children", "60", "pause"});
    EXPECT_TRUE(seen.exceeded || seen.state == ProgramState(Exited{100}));  // fork(2) fails where the user is not root
    EXPECT_THAT(own_children(), IsEmpty());
}

// Or it would not get to look at a fork bomb.
TEST_F(Containers, HaveAFirstProcessThatComesBeforeTheProgramWhereRootMakesThem) {
    if (geteuid() != 0) GTEST_SKIP() << "RLIMIT_NPROC holds whoever is not root";
    EXPECT_EQ(alone({"tell-priorities"}).out.bytes, "-20 0");
}

TEST_F(Containers, EndWhatUsesTooMuchProcessorTime) {
    Limits limits;
    limits.processor = 1;
    contain(limits);
    made.scenario.time_limit = 30s;
    made.client({"spin"});
    EXPECT_THAT(run(made).clients.at(0).exceeded, Optional(Exceeded{Exceeded::What::processor, 1}));
}

TEST_F(Containers, EndWhatPrintsTooMuch) {
    Limits limits;
    limits.output = 1 << 20;
    contain(limits);
    made.scenario.time_limit = 30s;
    made.client({"flood", "1", "100000000"});
    const auto seen = run(made).clients.at(0);
    EXPECT_THAT(seen.exceeded, Optional(Exceeded{Exceeded::What::output, 1 << 20}));
    EXPECT_EQ(seen.out.bytes.size(), Captured::limit);
}

TEST_F(Containers, TellThatAProgramIsSuspended) {
    made.scenario.time_limit = 300ms;
    made.server({"listen", "5050", "accept", "stop"}).client({"connect", "5050", "recv", "1"});
    EXPECT_TRUE(run(made).server->stopped);
}

TEST_F(Containers, TellWhatAProgramLeavesBehindAndEndIt) {
    const auto seen = alone({"fork", "daemon", "pause", "parent", "exit", "0"});
    EXPECT_THAT(seen.state, VariantWith<Exited>(Exited{0}));
    EXPECT_EQ(seen.left_behind, 1);
    EXPECT_THAT(own_children(), IsEmpty());
}

TEST_F(Containers, AreAllThatAProgramCanKill) {
    made.server({"listen", "5050", "accept", "send", "x", "recv-end"})
        .client({"connect", "5050", "kill-all", "exit", "3"});
    const auto seen = run(made);
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{3}));  // kill(2): not whoever calls it
}

TEST_F(Containers, LeaveNothingBehind) {
    alone({"exit", "0"});  // opens what stays open for all cells
    const auto before = descriptors_of(getpid()).size();
    for (int round = 0; round < 3; ++round) alone({"children", "3", "exit", "0"});
    EXPECT_EQ(descriptors_of(getpid()).size(), before);
    EXPECT_THAT(own_children(), IsEmpty());
    EXPECT_TRUE(workshop->leaders().empty());
}

}  // namespace
}  // namespace parley
