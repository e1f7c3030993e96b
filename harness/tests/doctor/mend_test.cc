#include "parley/doctor/mend.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "parley/base/format.h"

namespace parley {
namespace {

std::vector<Platform> platforms() {
    std::vector<Platform> all;
    const auto add = [&](const char* system, auto change) {
        Platform made;
        made.system = system;
        change(made);
        all.push_back(made);
    };
    add("Debian 12", [](Platform&) {});
    add("Debian 12", [](Platform& made) { made.root = true; });
    add("Debian 12", [](Platform& made) { made.root = made.container = true; });
    add("Debian 10", [](Platform& made) { made.kernel_forbids = made.traces_nothing = true; });
    add("Ubuntu 24.04", [](Platform& made) { made.apparmor_restricts = true; });
    add("Ubuntu 24.04", [](Platform& made) { made.apparmor_restricts = made.github = true; });
    add("Ubuntu 24.04", [](Platform& made) { made.none_allowed = made.root = true; });
    add("Fedora 40", [](Platform& made) { made.has_apt = false; });
    return all;
}

std::string all_mends() {
    std::string told;
    for (const auto& platform : platforms()) {
        told += platform.text() + "\n";
        for (int number = 0; number <= static_cast<int>(last_feature); ++number) {
            const auto feature = static_cast<Feature>(number);
            const auto command = mend({feature, "it is not installed", ""}, platform);
            told += format("    {:<20}{}\n", name(feature), command.empty() ? "-" : command);
        }
    }
    return told;
}

TEST(Mend, OfWhatIsInstalledIsToAllowIt) {
    Platform ubuntu;
    ubuntu.apparmor_restricts = true;
    EXPECT_EQ(mend({Feature::bubblewrap, "run a shell in it: exit 1: bwrap: setting up uid map: Permission denied", ""},
                   ubuntu),
              "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    Platform container;
    container.root = container.container = true;
    EXPECT_EQ(mend({Feature::strace, "trace /bin/true: exit 1", ""}, container),
              "docker run --cap-add SYS_PTRACE --security-opt seccomp=unconfined IMAGE");
}

// PARLEY_UPDATE_GOLDEN=1 writes the file anew.
TEST(Mend, IsOneCommandForEachGapByWhereParleyRuns) {
    const auto* path = PARLEY_SOURCE_DIR "/harness/tests/doctor/mends.txt";
    if (std::getenv("PARLEY_UPDATE_GOLDEN")) std::ofstream(path) << all_mends();
    std::ifstream file(path);
    std::ostringstream expected;
    expected << file.rdbuf();
    EXPECT_EQ(all_mends(), expected.str());
}

}  // namespace
}  // namespace parley
