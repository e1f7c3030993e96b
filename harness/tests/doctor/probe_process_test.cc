#include "parley/doctor/probe_process.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "parley/base/format.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

ProbeProcess::Answer answer_of(const std::function<std::string()>& probe, std::chrono::milliseconds limit = 10s) {
    return ProbeProcess(probe, limit).answer();
}

TEST(ProbeProcess, BringsBackWhatTheProbeFound) {
    const auto answer = answer_of([] { return "version 7"; });
    EXPECT_EQ(answer.trouble, "");
    EXPECT_EQ(answer.detail, "version 7");
}

TEST(ProbeProcess, BringsBackWhyItDoesNotWork) {
    EXPECT_EQ(answer_of([]() -> std::string { throw std::runtime_error("the third step"); }).trouble, "the third step");
}

TEST(ProbeProcess, SurvivesAProbeThatDies) {
    EXPECT_EQ(answer_of([]() -> std::string { abort(); }).trouble, "the probing process died");
}

TEST(ProbeProcess, EndsAProbeThatHangsWithAllThatItStarted) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const auto answer = answer_of(
        []() -> std::string {
            if (fork() == 0) pause();
            pause();
            return "";
        },
        100ms);
    EXPECT_EQ(answer.trouble, "no answer within 0.1 s");
    close(ends[1]);
    char octet = 0;
    EXPECT_EQ(read(ends[0], &octet, 1), 0) << "somebody lives and holds the other end";
    close(ends[0]);
}

TEST(ProbeProcess, MayRunWhileOthersDo) {
    int go[2];
    ASSERT_EQ(pipe(go), 0);
    const auto wait = [&] {
        char octet = 0;
        return read(go[0], &octet, 1) == 1 ? std::string("went") : std::string();
    };
    ProbeProcess first(wait, 10s), second(wait, 10s);
    ASSERT_EQ(write(go[1], "xx", 2), 2);
    EXPECT_EQ(second.answer().detail, "went");
    EXPECT_EQ(first.answer().detail, "went");
}

TEST(RunToEnd, TellsHowAProgramEndedAndWhatItPrinted) {
    const auto ran = run_to_end({"sh", "-c", "echo one; echo two >&2; exit 3"});
    EXPECT_FALSE(ran.succeeded());
    EXPECT_EQ(ran.printed, "one\ntwo\n");
    EXPECT_EQ(ran.complaint(), "exit 3: one");
    EXPECT_EQ(run_to_end({"sh", "-c", "kill -9 $$"}).complaint(), "killed by signal 9");
}

TEST(RunToEnd, TellsWhatIsNotInstalled) {
    try {
        run_to_end({"no-such-program"});
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "no-such-program is not installed");
    }
}

TEST(RunToEnd, GivesTheProgramTheEnvironmentOfProgramsUnderTest) {
    setenv("PARLEY_TEST_LEAK", "1", 1);
    const auto printed = run_to_end({"env"}, {{"ADDED", "yes"}}).printed;
    unsetenv("PARLEY_TEST_LEAK");
    EXPECT_THAT(printed, HasSubstr("ADDED=yes"));
    EXPECT_THAT(printed, Not(HasSubstr("PARLEY_TEST_LEAK")));
}

}  // namespace
}  // namespace parley
