// What programs use and leave behind, besides what they say.
#include <signal.h>

#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;
using Code = Finding::Code;
using testing::HasSubstr;

Observation right() {
    return observation(two_messages_said());
}

TEST(Conduct, ThatExceedsALimitComesBeforeWhatIsMissing) {
    auto seen = observation({});
    seen.server->state = Signaled{SIGKILL};
    seen.server->exceeded = Exceeded{Exceeded::What::memory, 1 << 30};
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_FALSE(found.findings.empty());
    EXPECT_EQ(found.kind, Verdict::Kind::failed);
    EXPECT_EQ(found.findings[0].code, Code::memory_limit);
    EXPECT_EQ(found.findings[0].message, "the server used more than 1024 MiB of memory, and was ended");
    for (const auto& finding : found.findings) EXPECT_NE(finding.code, Code::killed_by_signal);
}

TEST(Conduct, FailsAConversationThatHeld) {
    auto seen = right();
    seen.server->exceeded = Exceeded{Exceeded::What::processes, 256};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Fails({Code::process_limit}));
    seen.server->exceeded = Exceeded{Exceeded::What::processor, 30};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Fails({Code::processor_limit}));
    seen.server->exceeded = Exceeded{Exceeded::What::output, 16 << 20};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Fails({Code::output_flood}));
}

TEST(Conduct, KnowsTheSignalsOfLimits) {
    auto seen = right();
    seen.server->state = Signaled{SIGXFSZ};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Fails({Code::file_size_limit}));
    seen.server->state = Signaled{SIGXCPU};
    EXPECT_THAT(judge(scenario(two_messages()), seen), Fails({Code::processor_limit}));
}

TEST(Conduct, OfAProgramThatIsSuspendedIsNoDeadline) {
    auto seen = observation({says(Side::client, "Hello")});
    seen.ending = Ending::deadline;
    seen.server->stopped = true;
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_FALSE(found.findings.empty());
    EXPECT_EQ(found.findings[0].code, Code::stopped);
    for (const auto& finding : found.findings) EXPECT_NE(finding.code, Code::deadline);
}

TEST(Conduct, OfAServerThatLeavesItsFirstProcessIsADaemons) {
    auto wanted = scenario(two_messages());
    wanted.server->expect.running = true;
    auto seen = right();
    seen.server->state = Exited{0};
    seen.server->left_behind = 2;
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::daemonised}));
    EXPECT_EQ(found.findings[0].message,
              "the server put itself in the background: its first process ended with exit 0, and 2 processes that it "
              "started live on");
}

TEST(Conduct, OfAClientThatLeavesProcessesBehindFails) {
    auto seen = right();
    seen.clients[0].left_behind = 1;
    const auto found = judge(scenario(two_messages()), seen);
    ASSERT_THAT(found, Fails({Code::left_processes}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("1 process that it started"));
}

TEST(Conduct, SaysNothingWhereTheRunWasInterrupted) {
    auto seen = right();
    seen.ending = Ending::interrupted;
    seen.clients[0].left_behind = 1;
    for (const auto& finding : judge(scenario(two_messages()), seen).findings)
        EXPECT_NE(finding.code, Code::left_processes);
}

}  // namespace
}  // namespace parley
