// What is left of a cell: nothing.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>

#include "made_cell.h"
#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "parley/observe/threads.h"
#include "parley/process/clock.h"
#include "parley/run/strays.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A look at what this process holds before a cell and after it.
class Remains : public CellTest {
protected:
    void run_and_expect_nothing_left() {
        MadeCell first;
        run(first.client({"exit", "0"}));  // opens what stays open for all cells, such as the event loop's own
        const auto before = descriptors_of(getpid()).size();
        EXPECT_EQ(run(made).ending, Ending::complete);
        EXPECT_THAT(own_children(), IsEmpty());
        EXPECT_EQ(descriptors_of(getpid()).size(), before);
        EXPECT_TRUE(workshop->leaders().empty());
    }
};

TEST_F(Remains, AreNotThereAfterAServerThatForksWorkers) {
    made.server({"listen", "5050", "fork", "pause", "parent", "accept", "send", "x", "recv-end"})
        .client({"connect", "5050", "recv", "1"});
    run_and_expect_nothing_left();
}

TEST_F(Remains, AreNotThereAfterAServerThatLeavesADaemonBehind) {
    made.server({"listen", "5050", "daemon", "accept", "send", "x", "close", "accept"})
        .client({"connect", "5050", "recv", "1"});
    run_and_expect_nothing_left();
}

TEST_F(Remains, AreNotThereAfterADaemonThatHoldsTheConsoles) {
    made.server({"listen", "5050", "accept", "send", "x", "close", "daemon", "spin"})
        .client({"connect", "5050", "recv", "1"});
    run_and_expect_nothing_left();
}

TEST_F(Remains, AreNotThereAfterAClientThatLeavesChildrenBehind) {
    made.server({"listen", "5050", "accept", "recv-end"})
        .client({"connect", "5050", "close", "fork", "daemon", "pause", "parent", "exit", "0"});
    run_and_expect_nothing_left();
}

// A server that is killed leaves to others what libfaketime has put into shared memory.
TEST_F(Remains, AreNotThereAfterAServerWhoseClockWasSet) {
    if (!can_set_clocks()) GTEST_SKIP() << "libfaketime is not installed";
    made.server({"listen", "5050", "accept", "time", "close", "accept"}).client({"connect", "5050", "recv-end"});
    made.scenario.server->clock = 0;
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    const auto process = seen.server->process;
    EXPECT_NE(access(format("/dev/shm/faketime_shm_{}", process).c_str(), F_OK), 0);
    EXPECT_NE(access(format("/dev/shm/sem.faketime_sem_{}", process).c_str(), F_OK), 0);
}

TEST_F(Remains, DoNotGrowOverManyCells) {
    made.server({"listen", "5050", "accept", "send", "x", "recv-end"}).client({"connect", "5050", "recv", "1"});
    run(made);  // opens what stays open for all cells
    const auto before = descriptors_of(getpid()).size();
    for (int round = 0; round < 20; ++round) run(made);
    EXPECT_EQ(descriptors_of(getpid()).size(), before);
    EXPECT_THAT(own_children(), IsEmpty());
}

TEST_F(Remains, AreNotThereAfterProgramsThatCannotBeStarted) {
    made.server({"accept"}).client({"connect", "5050"});
    auto cell = made.cell();
    auto missing = *cell.client;
    missing.command = {"/no/such/client"};
    cell.client = &missing;
    const auto before = descriptors_of(getpid()).size();
    for (int round = 0; round < 5; ++round) {
        CellRun running(*workshop, cell);
        bool done = false;
        asio::co_spawn(context, running.run(), [&](const std::exception_ptr&, const Observation&) { done = true; });
        run_until(done);
    }
    EXPECT_THAT(own_children(), IsEmpty());
    EXPECT_LE(descriptors_of(getpid()).size(), before + 3);  // the event loop's own
}

TEST_F(Remains, AreToldFromTheProgramsOfOtherCells) {
    const auto there = test_sandbox().make();
    const pid_t child = fork();
    if (child == 0) {
        const Sandbox::Visit visit(test_sandbox(), there);
        pause();
        _exit(0);
    }
    const Homes here{{there.inode()}, {}, {}}, elsewhere{{there.inode() + 1}, {}, {}};
    while (find_strays({}, here).empty()) continue;
    EXPECT_THAT(find_strays({}, here), ElementsAre(child));
    Leaders leaders;
    leaders.insert(child);
    EXPECT_THAT(find_strays(leaders, here), IsEmpty());
    EXPECT_THAT(find_strays({}, elsewhere), IsEmpty());
    bool done = false;
    const Leaders none;
    asio::co_spawn(context, end_strays(none, here), [&](const std::exception_ptr&) { done = true; });
    run_until(done);
    EXPECT_THAT(own_children(), IsEmpty());
}

/// A child that sleeps, with that environment.
pid_t sleeper(std::vector<std::string> environment) {
    std::vector<char*> pointers;
    for (auto& entry : environment) pointers.push_back(entry.data());
    pointers.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    setsid();
    execle("/bin/sleep", "sleep", "600", nullptr, pointers.data());
    _exit(127);
}

// On a loopback that all share.
TEST_F(Remains, AreToldByTheMarkInTheirEnvironmentWhereAllShareANamespace) {
    const pid_t marked_child = sleeper({"A=B", "PLACE=1", "C=D"}), other = sleeper({"PLACE=11"});
    const Homes here{{}, {"PLACE=1"}, {}}, elsewhere{{}, {"PLACE=2"}, {}};
    Leaders leaders;
    leaders.insert(getpid());  // a program runs still, so what bears no mark may be another cell's
    while (find_strays(leaders, here).empty()) continue;
    EXPECT_THAT(find_strays(leaders, here), ElementsAre(marked_child));
    EXPECT_THAT(find_strays(leaders, elsewhere), IsEmpty());
    const Homes by_session{{}, {"PLACE=2"}, {other}};
    while (find_strays(leaders, by_session).empty()) continue;
    EXPECT_THAT(find_strays(leaders, by_session), ElementsAre(other));
    bool done = false;
    const Leaders none;
    asio::co_spawn(context, end_strays(none, elsewhere), [&](const std::exception_ptr&) { done = true; });
    run_until(done);
    EXPECT_THAT(own_children(), IsEmpty()) << "whoever is last leaves nobody";
}

TEST_F(Remains, AreReapedUnlessTheyMayBeAProgramThatIsBeingStarted) {
    Leaders leaders;
    const pid_t child = fork();
    if (child == 0) _exit(0);
    siginfo_t end{};
    ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &end, WEXITED | WNOWAIT), 0);
    {
        const Leaders::Start start(leaders);
        find_strays(leaders, {});
        EXPECT_THAT(own_children(), ElementsAre(child));
    }
    find_strays(leaders, {});
    EXPECT_THAT(own_children(), IsEmpty());
}

TEST_F(Remains, AreReapedWhereTheCallerIgnoresTheEndOfChildren) {
    signal(SIGCHLD, SIG_IGN);
    workshop = std::make_unique<Workshop>(context.get_executor(), "", 1.0, isolation());
    made.client({"exit", "7"});
    EXPECT_THAT(run(made).clients[0].state, testing::VariantWith<Exited>(Exited{7}));
}

}  // namespace
}  // namespace parley
