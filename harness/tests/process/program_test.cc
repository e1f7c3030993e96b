#include "parley/process/program.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "launching.h"
#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "parley/process/descriptor_limit.h"
#include "parley/process/shell_words.h"
#include "tests/programs/actor.h"
#include "tests/programs/eventually.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::VariantWith;

// A folder of the test's own, gone with it.
class Programs : public testing::Test {
protected:
    Programs() { std::filesystem::create_directory(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const Bytes& contents, int mode = 0755) const {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << contents;
        std::filesystem::permissions(path, static_cast<std::filesystem::perms>(mode));
        return path.string();
    }
    std::string folder() const { return folder_.string(); }

private:
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / format("parley-programs-{}", getpid());
};

// Why `command` cannot be started; the errno in `code`.
std::string refusal(const std::vector<std::string>& command, int& code) {
    Launch launch(command);
    try {
        launch.start();
    } catch (const SystemError& error) {
        code = error.code().value();
        return error.what();
    }
    return "started";
}

bool is_gone(pid_t process) {
    return kill(process, 0) < 0 && errno == ESRCH;
}

// ---- what a program finds

TEST(Program, HasTheDescriptorsZeroToTwoOnly) {
    const FileDescriptor stray(open("/dev/null", O_RDONLY));  // without close-on-exec
    EXPECT_EQ(shell("for n in $(seq 0 99); do test -e /proc/$$/fd/$n && echo $n; done").out.bytes, "0\n1\n2\n");
}

TEST(Program, HasAnOrdinaryLimitOfDescriptorsWhateverParleysIs) {
    raise_descriptor_limit();
    rlimit own{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &own), 0);
    EXPECT_EQ(own.rlim_cur, own.rlim_max);
    const auto ordinary = std::to_string(std::min<rlim_t>(own.rlim_max, 1024));
    EXPECT_EQ(shell("ulimit -S -n; ulimit -H -n").out.bytes, ordinary + "\n" + ordinary + "\n");
}

TEST(Program, IsStartedHoweverManyDescriptorsParleyHas) {
    raise_descriptor_limit();
    std::vector<FileDescriptor> many;
    for (int count = 0; count < 1100; ++count) many.emplace_back(open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!many.back()) GTEST_SKIP() << "no more than the usual number of descriptors is allowed here";
    EXPECT_EQ(shell("echo started").out.bytes, "started\n");
}

TEST(Program, HasFurtherDescriptorsInTheirOrder) {
    const FileDescriptor null(open("/dev/null", O_RDONLY | O_CLOEXEC)), zero(open("/dev/zero", O_RDONLY | O_CLOEXEC));
    // Each is to become the number that the other one has.
    const int first = std::min(null.get(), zero.get()), second = std::max(null.get(), zero.get());
    Launch launch({"sh", "-c",
                   format("readlink /proc/$$/fd/{} /proc/$$/fd/{}; test -e /proc/$$/fd/{} && echo more", null.get(),
                          zero.get(), second + 1)});
    launch.request.more.assign(static_cast<std::size_t>(second - 2), first);
    launch.request.more[static_cast<std::size_t>(first - 3)] = second;
    launch.start();
    EXPECT_EQ(launch.finish().out.bytes, "/dev/zero\n/dev/null\n");
}

TEST(Program, HasThePinnedEnvironmentOnly) {
    setenv("PARLEY_TEST_LEAK", "1", 1);
    Launch launch({"/usr/bin/env"});
    launch.start();
    std::string expected;
    for (const auto& entry : pinned_environment({})) expected += entry + "\n";
    EXPECT_EQ(launch.finish().out.bytes, expected);
    unsetenv("PARLEY_TEST_LEAK");
}

TEST(Program, LeadsASessionOfItsOwn) {
    // The fields after the name: state, parent, group, session (proc(5)).
    const auto out = shell(
                         "read -r id name state parent group session rest </proc/$$/stat; "
                         "test $id = $group && test $id = $session && echo leads")
                         .out.bytes;
    EXPECT_EQ(out, "leads\n");
}

TEST(Program, LeavesNoCoreFile) {
    EXPECT_EQ(shell("ulimit -c; ulimit -H -c").out.bytes, "0\n0\n");
}

TEST(Program, BlocksAndIgnoresNoSignalThatParleyDoes) {
    for (const int number : {SIGPIPE, SIGHUP, SIGINT}) signal(number, SIG_IGN);
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    const auto out = shell("grep -E 'SigBlk|SigIgn' /proc/self/status").out.bytes;
    sigprocmask(SIG_SETMASK, &before, nullptr);
    for (const int number : {SIGHUP, SIGINT}) signal(number, SIG_DFL);
    EXPECT_EQ(out, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST_F(Programs, StartInTheFolderThatIsAsked) {
    Launch launch({"/bin/pwd"});
    launch.request.directory = folder();
    launch.start();
    EXPECT_EQ(launch.finish().out.bytes, std::filesystem::canonical(folder()).string() + "\n");
}

TEST_F(Programs, AreFoundRelativeToThatFolderEvenWhereItIsRelativeItself) {
    file("here", "#!/bin/sh\necho found\n");
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(std::filesystem::path(folder()).parent_path());
    Launch launch({"./here"});
    launch.request.directory = std::filesystem::path(folder()).filename();
    EXPECT_NO_THROW(launch.start());
    EXPECT_EQ(launch.finish().out.bytes, "found\n");
    std::filesystem::current_path(before);
}

TEST(Program, IsGivenItsArgumentsAsTheyAre) {
    Launch launch({"/bin/sh", "-c", "printf '<%s>' \"$@\"", "name", "", "a b", "c'd", "$HOME"});
    launch.start();
    EXPECT_EQ(launch.finish().out.bytes, "<><a b><c'd><$HOME>");
}

// ---- how it ends

TEST(Program, EndsWithItsStatus) {
    EXPECT_THAT(shell("exit 7").state, VariantWith<Exited>(Exited{7}));
}

TEST(Program, EndsByASignalWhichIsNoStatus) {
    EXPECT_THAT(shell("kill -TERM $$").state, VariantWith<Signaled>(Signaled{SIGTERM}));
    EXPECT_THAT(shell("exit 15").state, VariantWith<Exited>(Exited{15}));
}

TEST(Program, IsKilledWithItsWholeGroup) {
    Launch launch(actor_command({"fork", "print", "ready", "pause", "parent", "pause"}));
    launch.start();
    while (launch.out().bytes != "ready") launch.context().run_one_for(std::chrono::seconds(10));
    launch.program().kill();
    // That the terminal comes to its end says that the child is dead too.
    EXPECT_THAT(launch.finish().state, VariantWith<Signaled>(Signaled{SIGKILL}));
    EXPECT_TRUE(launch.context().stopped());
}

TEST(Program, IsKilledAndReapedWhenItsObjectEnds) {
    asio::io_context context;
    const auto nothing = open_null();
    pid_t id = 0;
    {
        LaunchRequest request;
        request.command = actor_command({"pause"});
        request.in = request.out = request.err = nothing.get();
        const Program program(context.get_executor(), request);
        id = program.id();
    }
    EXPECT_TRUE(is_gone(id));
}

// A launcher in a process of its own, which is killed; this one reaps the orphan.
TEST(Program, DiesWithParley) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    auto channel = open_output_pipe();
    const pid_t parley = fork();
    if (parley == 0) {
        asio::io_context context;
        LaunchRequest request;
        request.command = actor_command({"print", "ready", "pause"});
        const auto nothing = open_null();
        request.in = nothing.get();
        request.err = nothing.get();
        request.out = channel.theirs.get();
        const Program program(context.get_executor(), request);
        pause();
        _exit(0);
    }
    channel.theirs.reset();
    std::string ready(5, '\0');
    EXPECT_EQ(read(channel.ours.get(), ready.data(), ready.size()), 5);
    kill(parley, SIGKILL);
    waitpid(parley, nullptr, 0);
    EXPECT_EQ(read(channel.ours.get(), ready.data(), 1), 0);  // the end: nobody holds the pipe any more
    int status = 0;
    EXPECT_GT(waitpid(-1, &status, 0), 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 0);
}

// ---- what cannot be started

TEST_F(Programs, ThatAreMissingAreNamed) {
    int code = 0;
    EXPECT_THAT(refusal({folder() + "/none"}, code), HasSubstr(folder() + "/none"));
    EXPECT_EQ(code, ENOENT);
    EXPECT_THAT(refusal({"parley-no-such-program"}, code), HasSubstr("parley-no-such-program"));
    EXPECT_EQ(code, ENOENT);
    EXPECT_THAT(refusal({}, code), HasSubstr("an empty command"));
}

TEST_F(Programs, ThatAreNotExecutableAreRefused) {
    int code = 0;
    EXPECT_THAT(refusal({file("text", "#!/bin/sh\n", 0644)}, code), HasSubstr("Permission denied"));
    EXPECT_EQ(code, EACCES);
}

TEST_F(Programs, ThatAreFoldersAreRefused) {
    int code = 0;
    EXPECT_THAT(refusal({folder()}, code), HasSubstr("Permission denied"));
    EXPECT_EQ(code, EACCES);
}

TEST_F(Programs, WithoutTheirInterpreterNameIt) {
    int code = 0;
    EXPECT_THAT(refusal({file("script", "#! /no/such/interpreter -x\n")}, code),
                HasSubstr("its interpreter /no/such/interpreter is missing"));
    EXPECT_EQ(code, ENOENT);
}

TEST_F(Programs, WithoutAFormatThatTheKernelKnowsAreRefused) {
    int code = 0;
    EXPECT_THAT(refusal({file("text", "just text\n")}, code), HasSubstr("neither a program for this machine"));
    EXPECT_EQ(code, ENOEXEC);
    EXPECT_THAT(refusal({file("cut",
                              "\x7f"
                              "ELF\x02\x01\x01")},
                        code),
                HasSubstr("neither a program for this machine"));
    EXPECT_EQ(code, ENOEXEC);
}

TEST_F(Programs, OfAFolderThatIsMissingAreRefused) {
    Launch launch({"/bin/pwd"});
    launch.request.directory = folder() + "/none";
    EXPECT_THROW(launch.start(), SystemError);
}

TEST(Program, IsNotStartedWhereTheCallerRefusesToEnter) {
    Launch launch({"/bin/true"});
    launch.request.enter = [] {
        errno = EUSERS;
        return -1;
    };
    try {
        launch.start();
        FAIL() << "it was started";
    } catch (const SystemError& error) {
        EXPECT_EQ(error.code().value(), EUSERS);
    }
}

TEST_F(Programs, ThatFailToStartLeaveNeitherZombiesNorDescriptors) {
    const auto script = file("script", "#!/no/such/interpreter\n");
    const auto text = file("text", "just text\n");
    const auto descriptors = [] {
        const std::filesystem::directory_iterator all("/proc/self/fd");
        return std::distance(begin(all), end(all));
    };
    const auto before = descriptors();
    int code = 0;
    for (int round = 0; round < 30; ++round)
        for (const auto& path : {folder() + "/none", script, text, folder()}) refusal({path}, code);
    EXPECT_THAT(zombies(), IsEmpty());
    EXPECT_EQ(descriptors(), before);
}

// ---- its command line

TEST(ShellLine, LeavesPlainWordsAsTheyAre) {
    EXPECT_EQ(shell_line({"./server", "-p", "5050", "a=b", "{host}"}), "./server -p 5050 a=b {host}");
}

TEST(ShellLine, IsTakenByAShellAsItWasMeant) {
    const std::vector<std::string> words{"",    "a b", "it's", "$HOME", "`x`",   "\"",     "\\", "*",
                                         "a;b", "~",   "#x",   "a\nb",  "{a,b}", "{1..3}", "!!", "é"};
    auto command = words;
    command.insert(command.begin(), {"printf", "<%s>"});
    std::string expected;
    for (const auto& word : words) expected += "<" + word + ">";
    EXPECT_EQ(shell(shell_line(command)).out.bytes, expected);
    Launch bash({"bash", "-c", shell_line(command)});
    bash.start();
    EXPECT_EQ(bash.finish().out.bytes, expected);
}

}  // namespace
}  // namespace parley
