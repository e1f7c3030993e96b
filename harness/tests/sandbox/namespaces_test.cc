#include "parley/sandbox/namespaces.h"

#include <gmock/gmock.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netdb.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <cstddef>
#include <functional>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "parley/process/console.h"
#include "parley/process/program.h"
#include "tests/programs/actor.h"
#include "tests/programs/network.h"
#include "tests/sandbox/thread_sanitizer.h"

namespace parley {
namespace {

using testing::HasSubstr;

using Namespaces = NamespaceTest;

constexpr unsigned nobody = 65534;

ino_t present_namespace() {
    struct stat status {};
    checked(stat("/proc/thread-self/ns/net", &status), "stat");
    return status.st_ino;
}

int refusal_of_connect(const NetworkNamespace& there, const std::string& host) {
    try {
        TestSocket::connected(there, 5050, host);
    } catch (const SystemError& error) {
        return error.code().value();
    }
    return 0;
}

// What `answer` says in a child process, which may change its own rights at will.
std::string in_child(const std::function<std::string()>& answer) {
    auto channel = open_output_pipe();
    const pid_t child = checked(fork(), "fork");
    if (child == 0) {
        std::string text;
        try {
            text = answer();
        } catch (const std::exception& error) {
            text = error.what();
        }
        _exit(write(channel.theirs.get(), text.data(), text.size()) < 0 ? 1 : 0);
    }
    channel.theirs.reset();
    std::string text(4096, '\0');
    const auto length = read(channel.ours.get(), text.data(), text.size());
    waitpid(child, nullptr, 0);
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return text;
}

void become_nobody() {
    checked(setresgid(nobody, nobody, nobody), "setresgid");
    checked(setresuid(nobody, nobody, nobody), "setresuid");
    // Otherwise /proc/self stays root's (PR_SET_DUMPABLE(2const)).
    checked(prctl(PR_SET_DUMPABLE, 1), "prctl");
}

// What a program that is started in a namespace of its own says of a reserved port; `prepare` runs in the child before.
std::string bind_reserved_port(const std::function<void()>& prepare = [] {}) {
    const Sandbox sandbox;
    const auto there = sandbox.make();
    asio::io_context context;
    const auto input = open_null();
    auto output = open_output_pipe();
    LaunchRequest request;
    request.command = actor_command({"listen", "80", "complain", "it listens"});
    request.in = request.out = input.get();
    request.err = output.theirs.get();
    request.enter = [&] {
        prepare();
        return enter_for_exec(there.descriptor(), false);
    };
    const Program program(context.get_executor(), request);
    output.theirs.reset();
    std::string text(100, '\0');
    const auto length = read(output.ours.get(), text.data(), text.size());
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return text;
}

// ---- the network of a namespace

TEST_F(Namespaces, HaveEachTheSamePortsFree) {
    const auto one = test_sandbox().make();
    const auto two = test_sandbox().make();
    EXPECT_NE(one.inode(), two.inode());
    const auto first = TestSocket::listening(one, 5050);
    const auto second = TestSocket::listening(two, 5050);
    EXPECT_THROW(TestSocket::listening(one, 5050), SystemError);
}

TEST_F(Namespaces, HaveALoopbackOfBothFamilies) {
    const auto there = test_sandbox().make();
    for (const auto* host : {"127.0.0.1", "::1"}) {
        const auto listener = TestSocket::listening(there, 5050, host);
        const auto client = TestSocket::connected(there, 5050, host);
        auto server = listener.accept();
        EXPECT_EQ(client.send("hello"), 0);
        EXPECT_EQ(server.receive(5), "hello");
    }
}

TEST_F(Namespaces, HaveAnAddressForThoseWhoAskForConfiguredOnes) {
    const auto there = test_sandbox().make();
    const Sandbox::Visit visit(test_sandbox(), there);
    for (const int flags : {0, AI_ADDRCONFIG}) {
        addrinfo wanted{};
        wanted.ai_family = AF_INET;
        wanted.ai_flags = flags;
        addrinfo* found = nullptr;
        EXPECT_EQ(getaddrinfo("localhost", "5050", &wanted, &found), 0);
        if (found) freeaddrinfo(found);
    }
}

TEST_F(Namespaces, DoNotHearEachOther) {
    const auto one = test_sandbox().make();
    const auto two = test_sandbox().make();
    const auto listener = TestSocket::listening(one, 5050);
    EXPECT_EQ(refusal_of_connect(two, "127.0.0.1"), ECONNREFUSED);
    EXPECT_EQ(refusal_of_connect(one, "127.0.0.1"), 0);
}

TEST_F(Namespaces, ReachNothingOutside) {
    const auto there = test_sandbox().make();
    EXPECT_EQ(refusal_of_connect(there, "192.0.2.1"), ENETUNREACH);
    EXPECT_EQ(refusal_of_connect(there, "2001:db8::1"), ENETUNREACH);
}

TEST_F(Namespaces, AreLeftWhenTheVisitEnds) {
    const auto home = present_namespace();
    const auto there = test_sandbox().make();
    EXPECT_EQ(present_namespace(), home);
    {
        const Sandbox::Visit visit(test_sandbox(), there);
        EXPECT_EQ(present_namespace(), there.inode());
    }
    EXPECT_EQ(present_namespace(), home);
}

TEST_F(Namespaces, AreLeftByAnExceptionToo) {
    const auto home = present_namespace();
    const auto there = test_sandbox().make();
    const auto lost = [&] {
        const Sandbox::Visit visit(test_sandbox(), there);
        throw SetupError("in between");
    };
    EXPECT_THROW(lost(), SetupError);
    EXPECT_EQ(present_namespace(), home);
}

// ---- the rights of programs

TEST_F(Namespaces, LeaveReservedPortsToNobody) {
    EXPECT_EQ(bind_reserved_port(), "bind: Permission denied\n");
}

TEST_F(Namespaces, LeaveReservedPortsToNobodyWhereAnOrdinaryUserRunsThem) {
    if (const char* why = why_bound_to_namespace()) GTEST_SKIP() << why;
    if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
    const auto answer = in_child([] {
        become_nobody();
        return bind_reserved_port();
    });
    if (answer.starts_with("start ")) GTEST_SKIP() << "nobody may not read the build folder: " << answer;
    EXPECT_EQ(answer, "bind: Permission denied\n");
}

// Some container runtimes start their processes with inheritable capabilities, which the bounding set does not limit.
TEST_F(Namespaces, LeaveReservedPortsToNobodyWhereCapabilitiesAreInherited) {
    const auto inherit_all = [] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3];
        syscall(SYS_capget, &header, words);
        for (auto& word : words) word.inheritable = word.permitted;
        syscall(SYS_capset, &header, words);
    };
    EXPECT_EQ(bind_reserved_port(inherit_all), "bind: Permission denied\n");
}

TEST_F(Namespaces, KeepTheProgramFromCapabilitiesOtherThanThoseThatReadFiles) {
    if (geteuid() != 0) GTEST_SKIP() << "an ordinary user's program has none anyway";
    const auto there = test_sandbox().make();
    const auto answer = in_child([&] {
        auto output = open_output_pipe();
        asio::io_context context;
        LaunchRequest request;
        request.command = {"grep", "CapEff", "/proc/self/status"};
        request.in = request.err = request.out = output.theirs.get();
        request.enter = [&] { return enter_for_exec(there.descriptor(), false); };
        const Program program(context.get_executor(), request);
        std::string text(100, '\0');
        text.resize(static_cast<std::size_t>(checked(read(output.ours.get(), text.data(), text.size()), "read")));
        return text;
    });
    EXPECT_EQ(answer, "CapEff:\t0000000000000006\n");  // CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
}

TEST_F(Namespaces, AreEnteredBeforeTheProgramBegins) {
    const auto there = test_sandbox().make();
    const auto answer = in_child([&] {
        return enter_for_exec(there.descriptor(), false) == 0 ? format("{}", present_namespace())
                                                              : format("errno {}", errno);
    });
    EXPECT_EQ(answer, format("{}", there.inode()));
}

// ---- what the machine can do

TEST_F(Namespaces, ArePossibleAsRootAndAsAnOrdinaryUser) {
    EXPECT_EQ(why_no_namespaces(), "");
    if (const char* why = why_bound_to_namespace()) GTEST_SKIP() << why;
    if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
    const auto answer = in_child([] {
        become_nobody();
        const auto reason = why_no_namespaces();
        return reason.empty() ? "possible" : reason;
    });
    EXPECT_EQ(answer, "possible");
}

// Lets every system call pass but unshare, which is refused.
void refuse_unshare() {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{4, program};
    checked(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl");
    checked(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), "prctl");
}

TEST_F(Namespaces, AreMissedWithTheStepThatFailed) {
    const auto answer = in_child([] {
        refuse_unshare();
        return why_no_namespaces();
    });
    EXPECT_THAT(answer, HasSubstr("unshare a network namespace: Operation not permitted"));
}

TEST_F(Namespaces, AreMissedWithAdviceByTheSandbox) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
    const auto answer = in_child([] {
        refuse_unshare();
        become_nobody();
        const Sandbox sandbox;
        return std::string("no trouble");
    });
    EXPECT_THAT(answer, HasSubstr("cannot make private network namespaces: unshare a user namespace"));
    EXPECT_THAT(answer, HasSubstr("--security-opt seccomp=unconfined"));
}

}  // namespace
}  // namespace parley
