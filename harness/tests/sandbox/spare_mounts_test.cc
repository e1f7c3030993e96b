#include "parley/sandbox/spare_mounts.h"

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tests/sandbox/thread_sanitizer.h"

namespace parley {
namespace {

using testing::Contains;
using testing::Each;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> mount_points_in(const std::string& file) {
    std::vector<std::string> found;
    std::ifstream list(file);
    for (std::string line; std::getline(list, line);) {
        std::istringstream fields(line);
        std::string id, parent, device, root, path;
        fields >> id >> parent >> device >> root >> path;
        found.push_back(path);
    }
    return found;
}

TEST(SpareMounts, LackWhatEachContainerHasOfItsOwn) {
    if (const char* why = why_bound_to_namespace()) GTEST_SKIP() << why;
    if (geteuid() != 0) GTEST_SKIP() << "whoever is not root may not take mounts away";
    const auto mounts = make_spare_mounts();
    ASSERT_TRUE(mounts) << "there is nothing below /dev, /proc and /sys to take away";
    const auto list = testing::TempDir() + "mountinfo";
    const pid_t child = fork();
    if (child == 0) {
        if (setns(mounts.get(), CLONE_NEWNS) < 0) _exit(1);
        std::ofstream(list) << std::ifstream("/proc/self/mountinfo").rdbuf();
        _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0);
    const auto left = mount_points_in(list);
    EXPECT_THAT(left, Contains("/"));
    EXPECT_THAT(left, Contains("/proc"));
    EXPECT_THAT(left, Each(Not(StartsWith("/dev/"))));
    EXPECT_THAT(left, Each(Not(StartsWith("/proc/"))));
    // This process has kept all of its own.
    EXPECT_THAT(mount_points_in("/proc/self/mountinfo"), Contains(StartsWith("/dev/")));
}

}  // namespace
}  // namespace parley
