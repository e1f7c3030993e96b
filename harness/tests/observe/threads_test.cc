#include "parley/observe/threads.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "tests/programs/actor.h"
#include "tests/programs/eventually.h"
#include "tests/programs/network.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;
using testing::StartsWith;

constexpr auto horizon = 5s;

// A program in a namespace of its own, and a second socket there where the conversation needs one.
class Observed : public NamespaceTest {
protected:
    void SetUp() override {
        NamespaceTest::SetUp();
        if (!IsSkipped()) there.emplace(test_sandbox().make());
    }
    void start(std::vector<std::string> steps) {
        const Sandbox::Visit visit(test_sandbox(), *there);
        actor.emplace(std::move(steps));
    }
    /// The look at the program once it is blocked in the system call `call`.
    ProgramLook look_in(long call) {
        EXPECT_TRUE(actor->reaches(call));
        return look_at(actor->id(), horizon);
    }
    /// What its only thread does in that call.
    Rest rest_in(long call) {
        const auto look = look_in(call);
        EXPECT_THAT(look.threads, SizeIs(1));
        return look.threads.empty() ? Rest::active : look.threads[0].rest;
    }
    bool shows_state(char state) const {
        return eventually([&] { return read_stat(actor->id(), actor->id()).state == state; });
    }

    std::optional<NetworkNamespace> there;
    std::optional<Actor> actor;
};

// A program that is connected to the test.
class ObservedServer : public Observed {
protected:
    void start_connected(std::vector<std::string> steps) {
        steps.insert(steps.begin(), {"listen", "5050", "accept"});
        start(std::move(steps));
        EXPECT_TRUE(actor->reaches(SYS_accept));
        client = TestSocket::connected(*there, 5050);
    }
    TestSocket client;
};

// ---- blocked on one socket

TEST_F(Observed, WaitsOnASocketInAccept) {
    start({"listen", "5050", "accept"});
    const auto look = look_in(SYS_accept);
    ASSERT_THAT(look.threads, SizeIs(1));
    EXPECT_EQ(look.threads[0].rest, Rest::on_socket);
    EXPECT_TRUE(look.waits_for_peer());
    ASSERT_THAT(look.waits(), SizeIs(1));
    const auto wait = look.waits()[0];
    EXPECT_EQ(wait.thread, "tp_actor");
    EXPECT_EQ(wait.call, "accept");
    EXPECT_GE(wait.descriptor, 3);
    EXPECT_EQ(wait.object, "listening on 0.0.0.0:5050");
    EXPECT_TRUE(wait.on_socket);
}

TEST_F(ObservedServer, WaitsOnASocketInReceive) {
    start_connected({"recv", "1"});
    EXPECT_EQ(rest_in(SYS_recvfrom), Rest::on_socket);
    EXPECT_THAT(look_in(SYS_recvfrom).waits()[0].object, StartsWith("connected to 127.0.0.1:"));
}

TEST_F(ObservedServer, WaitsOnASocketInRead) {
    start_connected({"read"});
    EXPECT_EQ(rest_in(SYS_read), Rest::on_socket);
    EXPECT_EQ(look_in(SYS_read).waits()[0].call, "read");
}

TEST_F(ObservedServer, WaitsOnASocketInWriteWhileThePeerDoesNotRead) {
    start_connected({"send-many", "100000000"});
    EXPECT_TRUE(actor->reaches(SYS_write));
    EXPECT_TRUE(eventually([this] { return look_at(actor->id(), horizon).threads[0].rest == Rest::on_socket; }));
}

TEST_F(ObservedServer, LooksTheSameTwiceOnlyWhileNothingHappens) {
    start_connected({"recv", "1", "recv", "1"});
    const auto first = look_in(SYS_recvfrom);
    EXPECT_EQ(look_at(actor->id(), horizon), first);
    client.send("x");
    EXPECT_TRUE(eventually([&] { return look_at(actor->id(), horizon) != first; }));
}

TEST_F(ObservedServer, IsActiveWhereItsSocketTimesOut) {
    start_connected({"rcvtimeo", "60000", "recv", "1"});
    EXPECT_EQ(rest_in(SYS_recvfrom), Rest::active);
}

// ---- blocked on many

TEST_F(Observed, WaitsOnASocketInPollSelectAndEpollWithoutTimeout) {
    start({"listen", "5050", "poll", "-1"});
    EXPECT_EQ(rest_in(SYS_poll), Rest::on_socket);
    start({"listen", "5050", "select", "-1"});
    EXPECT_EQ(rest_in(SYS_pselect6), Rest::on_socket);
    start({"listen", "5050", "epoll", "-1"});
    EXPECT_EQ(rest_in(SYS_epoll_wait), Rest::on_socket);
}

TEST_F(Observed, IsActiveInPollSelectAndEpollWhoseTimeoutEndsSoon) {
    start({"listen", "5050", "poll", "4000"});
    EXPECT_EQ(rest_in(SYS_poll), Rest::active);
    start({"listen", "5050", "select", "4000"});
    EXPECT_EQ(rest_in(SYS_pselect6), Rest::active);
    start({"listen", "5050", "epoll", "4000"});
    EXPECT_EQ(rest_in(SYS_epoll_wait), Rest::active);
}

TEST_F(Observed, WaitsOnASocketInPollSelectAndEpollWhoseTimeoutEndsBeyondTheHorizon) {
    start({"listen", "5050", "poll", "60000"});
    EXPECT_EQ(rest_in(SYS_poll), Rest::on_socket);
    start({"listen", "5050", "select", "60000"});
    EXPECT_EQ(rest_in(SYS_pselect6), Rest::on_socket);
    start({"listen", "5050", "epoll", "60000"});
    EXPECT_EQ(rest_in(SYS_epoll_wait), Rest::on_socket);
}

TEST_F(Observed, IsActiveWhereATimerOfItsOwnWillWakeIt) {
    start({"listen", "5050", "epoll-timer", "4"});
    EXPECT_EQ(rest_in(SYS_epoll_wait), Rest::active);
}

TEST_F(Observed, WaitsOnASocketBesidesATimerThatIsNotSetOrEndsBeyondTheHorizon) {
    start({"listen", "5050", "epoll-timer", "0"});
    EXPECT_EQ(rest_in(SYS_epoll_wait), Rest::on_socket);
    start({"listen", "5050", "epoll-timer", "60"});
    EXPECT_EQ(rest_in(SYS_epoll_wait), Rest::on_socket);
}

// ---- by the clock

TEST_F(Observed, IsActiveWhileItSleeps) {
    start({"sleep", "900"});
    EXPECT_EQ(rest_in(SYS_clock_nanosleep), Rest::active);
}

TEST_F(Observed, RestsWhereItSleepsForEver) {
    start({"sleep-for-ever"});
    EXPECT_EQ(rest_in(SYS_clock_nanosleep), Rest::for_threads);
    EXPECT_FALSE(look_at(actor->id(), horizon).waits_for_peer());
}

TEST_F(Observed, IsActiveWhereAnAlarmWillWakeIt) {
    start({"listen", "5050", "alarm", "60", "accept"});
    EXPECT_EQ(rest_in(SYS_accept), Rest::active);
}

TEST_F(Observed, IsActiveWhereItMayFetchAnAlarm) {
    start({"block-alarm", "listen", "5050", "accept"});
    EXPECT_EQ(rest_in(SYS_accept), Rest::active);
}

TEST_F(Observed, IsActiveWhereItHasATimer) {
    start({"timer", "60", "listen", "5050", "accept"});
    EXPECT_EQ(rest_in(SYS_accept), Rest::active);
}

TEST_F(Observed, WaitsOnASocketThoughItsRuntimeCatchesTheAlarm) {
    start({"name", "ruby3.1", "listen", "5050", "alarm", "60", "accept"});
    EXPECT_EQ(rest_in(SYS_accept), Rest::on_socket);
}

TEST_F(Observed, IsActiveInABusyLoop) {
    start({"spin"});
    EXPECT_TRUE(shows_state('R'));
    const auto look = look_at(actor->id(), horizon);
    ASSERT_THAT(look.threads, SizeIs(1));
    EXPECT_EQ(look.threads[0].rest, Rest::active);
    EXPECT_FALSE(at_rest(actor->id()));
    EXPECT_TRUE(eventually([&] { return look_at(actor->id(), horizon).threads[0].ran_ns > look.threads[0].ran_ns; }));
}

TEST_F(Observed, UsesTheProcessorInAllItsProcesses) {
    start({"fork", "spin", "parent", "pause"});
    EXPECT_TRUE(actor->reaches(SYS_pause));
    EXPECT_TRUE(eventually([&] { return processor_time(actor->id()) > std::chrono::milliseconds(30); }));
}

TEST_F(Observed, UsesNoProcessorWhereItSleeps) {
    start({"pause"});
    EXPECT_TRUE(actor->reaches(SYS_pause));
    EXPECT_TRUE(eventually([&] { return at_rest(actor->id()); }));
    const auto before = processor_time(actor->id());
    EXPECT_GT(before.count(), 0);
    EXPECT_EQ(processor_time(actor->id()), before);
}

TEST_F(Observed, IsActiveWhileItIsStopped) {
    start({"stop"});
    EXPECT_TRUE(shows_state('T'));
    const auto look = look_at(actor->id(), horizon);
    ASSERT_THAT(look.threads, SizeIs(1));
    EXPECT_EQ(look.threads[0].rest, Rest::active);
    EXPECT_TRUE(at_rest(actor->id()));
}

// ---- for others of the program

TEST_F(Observed, WaitsForThreadsInAFutex) {
    start({"futex"});
    EXPECT_EQ(rest_in(SYS_futex), Rest::for_threads);
    EXPECT_FALSE(look_at(actor->id(), horizon).waits_for_peer());
}

TEST_F(ObservedServer, WaitsForItsPeerWhereOneThreadDoesAndTheOthersWaitForThreads) {
    start_connected({"thread-in-recv", "futex"});
    EXPECT_TRUE(actor->reaches(SYS_futex));
    const auto look = look_in(SYS_recvfrom);
    EXPECT_THAT(look.threads, SizeIs(2));
    EXPECT_TRUE(look.waits_for_peer());
    EXPECT_THAT(look.waits(), ElementsAre(Field(&BlockedCall::call, "recvfrom")));
}

TEST_F(ObservedServer, DoesNotWaitForItsPeerWhileOneThreadWorks) {
    start_connected({"thread-in-recv", "spin"});
    EXPECT_FALSE(look_in(SYS_recvfrom).waits_for_peer());
}

TEST_F(Observed, WaitsForItsPeerWhereItsWorkerDoes) {
    start({"listen", "5050", "worker", "accept"});
    EXPECT_TRUE(actor->reaches(SYS_accept));
    // The worker may be there before its parent waits for it.
    ProgramLook look;
    EXPECT_TRUE(eventually([&] {
        look = look_at(actor->id(), horizon);
        return look.waits_for_peer();
    }));
    EXPECT_THAT(look.threads, SizeIs(2));
    ASSERT_FALSE(look.waits().empty());
    EXPECT_EQ(look.waits()[0].object, "listening on 0.0.0.0:5050");
}

TEST_F(Observed, IsActiveWhereAThreadOfItsRuntimeIs) {
    start({"name", "VM Thread", "spin"});
    EXPECT_TRUE(eventually([&] { return read_stat(actor->id(), actor->id()).name == "VM Thread"; }));
    const auto look = look_at(actor->id(), horizon);
    ASSERT_THAT(look.threads, SizeIs(1));
    EXPECT_EQ(look.threads[0].rest, Rest::active);
}

TEST_F(Observed, IsActiveWhereItsMachineEnds) {
    std::vector<std::string> waits{"name", "VM Thread"};
    for (int i = 0; i < 500; ++i) waits.insert(waits.end(), {"poll", "10"});
    start(waits);
    EXPECT_TRUE(eventually([&] { return read_stat(actor->id(), actor->id()).name == "VM Thread"; }));
    for (int i = 0; i < 20; ++i) {
        const auto look = look_at(actor->id(), horizon);
        ASSERT_THAT(look.threads, SizeIs(1));
        EXPECT_EQ(look.threads[0].rest, Rest::active);
    }
}

TEST_F(Observed, RestsWhereItsMachineHasNothingToDo) {
    start({"name", "VM Thread", "poll", "1000000"});
    EXPECT_TRUE(actor->reaches(SYS_poll));
    const auto look = look_at(actor->id(), horizon);
    ASSERT_THAT(look.threads, SizeIs(1));
    EXPECT_EQ(look.threads[0].rest, Rest::for_threads);
}

TEST_F(Observed, WaitsForNobodyOnItsStdin) {
    start({"read-stdin"});
    const auto look = look_in(SYS_read);
    EXPECT_FALSE(look.waits_for_peer());
    ASSERT_THAT(look.waits(), SizeIs(1));
    EXPECT_EQ(look.waits()[0].object, "pipe");
    EXPECT_EQ(look.waits()[0].descriptor, 0);
}

TEST_F(Observed, IsSeenAtRestWhereItSleeps) {
    start({"pause"});
    EXPECT_TRUE(actor->reaches(SYS_pause));
    EXPECT_TRUE(at_rest(actor->id()));
}

// ---- processes

TEST_F(Observed, HasATreeOfParentsBeforeTheirChildren) {
    start({"fork", "fork", "pause", "parent", "pause", "parent", "pause"});
    EXPECT_TRUE(eventually([this] { return process_tree(actor->id()).size() == 3; }));
    const auto tree = process_tree(actor->id());
    EXPECT_EQ(tree[0], actor->id());
    EXPECT_THAT(children_of_task(tree[0], tree[0]), ElementsAre(tree[1]));
    EXPECT_THAT(children_of_task(tree[1], tree[1]), ElementsAre(tree[2]));
}

TEST_F(Observed, IsAChildOfThisProcess) {
    start({"pause"});
    EXPECT_THAT(own_children(), ElementsAre(actor->id()));
}

TEST(ProgramThatHasVanished, ShowsNothing) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    EXPECT_THAT(look_at(child, horizon).threads, SizeIs(0));
    EXPECT_FALSE(look_at(child, horizon).waits_for_peer());
    EXPECT_EQ(slurp(format("/proc/{}/stat", child)), "");
}

// Its sockets are closed by then, and its exit status is still to be told.
TEST(EndedProgram, IsNotAtRest) {
    const pid_t child = fork();
    if (child == 0) _exit(7);
    siginfo_t ended{};
    ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
    EXPECT_FALSE(at_rest(child));
    waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace parley
