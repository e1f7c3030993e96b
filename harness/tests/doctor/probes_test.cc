#include "parley/doctor/probes.h"

#include <gmock/gmock.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/doctor/consequences.h"
#include "parley/doctor/probe_process.h"
#include "parley/sandbox/namespaces.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using testing::AnyOf;
using testing::HasSubstr;

const OwnFiles own_files{PARLEY_BUILD_DIR "/harness/init/parley_init", PARLEY_BUILD_DIR "/locale"};

const Examined& of(const std::vector<Examined>& all, Feature feature) {
    return *std::find_if(all.begin(), all.end(), [=](const auto& one) { return one.feature == feature; });
}

// What examine() says to a process that `change` has changed: the name of each feature, and its trouble.
std::string examined_after(const std::function<void()>& change) {
    ProbeProcess process(
        [&] {
            change();
            std::string told;
            for (const auto& one : examine(own_files)) told += format("{}={};", name(one.feature), one.trouble);
            return told;
        },
        60s);
    const auto answer = process.answer();
    return answer.trouble.empty() ? answer.detail : answer.trouble;
}

void refuse(long call) {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{4, program};
    checked(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl");
    checked(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), "prctl");
}

TEST(Doctor, TriesEveryFeatureHere) {
    const auto all = examine(own_files);
    ASSERT_EQ(all.size(), static_cast<std::size_t>(last_feature) + 1);
    for (const auto& one : all) EXPECT_EQ(one.feature, all[static_cast<std::size_t>(one.feature)].feature);
    EXPECT_EQ(of(all, Feature::network_namespaces).works() && of(all, Feature::loopback).works(),
              why_no_namespaces().empty());
    // What building and testing need is here.
    EXPECT_EQ(of(all, Feature::python).trouble, "");
    EXPECT_EQ(of(all, Feature::preload).trouble, "");
    EXPECT_THAT(of(all, Feature::python).detail, testing::StartsWith("3."));
}

TEST(Doctor, TriesTheContainerItself) {
    for (const auto& one : examine({"/nonexistent/parley_init", own_files.catalogues})) {
        if (one.feature != Feature::bubblewrap) continue;
        EXPECT_THAT(one.trouble, AnyOf("bwrap is not installed", HasSubstr("run a program in a container: ")));
    }
}

TEST(Doctor, LeavesNothingBehind) {
    examine(own_files);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
    EXPECT_EQ(errno, ECHILD);
}

TEST(Doctor, NamesTheStepThatIsRefused) {
    const auto told = examined_after([] { refuse(SYS_unshare); });
    EXPECT_THAT(told, HasSubstr("user-namespaces=unshare a user namespace: Operation not permitted;"));
    EXPECT_THAT(told, HasSubstr("unshare a network namespace: Operation not permitted;loopback="));
    EXPECT_THAT(told, HasSubstr("localhost=;"));
    EXPECT_THAT(told, HasSubstr("python=;"));
}

TEST(Doctor, TriesProcessDescriptorsAndDoesNotLookAtTheKernelsVersion) {
    EXPECT_THAT(examined_after([] { refuse(SYS_pidfd_getfd); }),
                HasSubstr("pidfd=pidfd_getfd of a child's descriptor: Operation not permitted;"));
    EXPECT_THAT(examined_after([] { refuse(SYS_ptrace); }),
                HasSubstr("ptrace=seize a child with ptrace: Operation not permitted;"));
}

TEST(Doctor, ServesAnOrdinaryUser) {
    if (geteuid() != 0) GTEST_SKIP() << "takes root, to become nobody";
    const auto told = examined_after([] {
        checked(setresgid(65534, 65534, 65534), "setresgid");
        checked(setresuid(65534, 65534, 65534), "setresuid");
        checked(prctl(PR_SET_DUMPABLE, 1), "prctl");
    });
    EXPECT_THAT(told, HasSubstr("python=;"));
    EXPECT_THAT(told, HasSubstr("pidfd=;"));
    EXPECT_THAT(told, AnyOf(HasSubstr("user-namespaces=;"), HasSubstr("user-namespaces=unshare"),
                            HasSubstr("user-namespaces=write")));
}

// ---- what follows

std::vector<Examined> all_but(std::initializer_list<Feature> missing) {
    std::vector<Examined> all;
    for (int number = 0; number <= static_cast<int>(last_feature); ++number) {
        const auto feature = static_cast<Feature>(number);
        const bool lacks = std::find(missing.begin(), missing.end(), feature) != missing.end();
        all.push_back({feature, lacks ? "no" : "", ""});
    }
    return all;
}

TEST(Consequences, OfNothingMissingAreNone) {
    const auto result = consequences(all_but({}));
    EXPECT_EQ(result.isolation, "namespace");
    EXPECT_TRUE(result.contained);
    EXPECT_TRUE(result.unsupported.empty());
}

TEST(Consequences, OfNoNamespacesAreThatCellsShareALoopbackAndNothingIsContained) {
    for (const auto feature : {Feature::network_namespaces, Feature::loopback}) {
        const auto result = consequences(all_but({feature}));
        EXPECT_EQ(result.isolation, "shared") << name(feature);
        EXPECT_FALSE(result.contained);
        EXPECT_TRUE(result.anything_runs());
    }
    // A process that may make network namespaces needs none for users.
    EXPECT_EQ(consequences(all_but({Feature::user_namespaces})).isolation, "namespace");
}

TEST(Consequences, OfNoLocalhostAreThatNothingRuns) {
    const auto result = consequences(all_but({Feature::localhost}));
    EXPECT_EQ(result.isolation, "none");
    EXPECT_FALSE(result.anything_runs());
}

TEST(Consequences, TellWhatIsUnsupported) {
    const auto result = consequences(all_but({Feature::java, Feature::bubblewrap}));
    EXPECT_TRUE(result.anything_runs());
    EXPECT_FALSE(result.contained);
    EXPECT_THAT(result.unsupported, testing::ElementsAre("cells with programs in Java"));
}

}  // namespace
}  // namespace parley
