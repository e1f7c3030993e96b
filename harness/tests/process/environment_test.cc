#include "parley/process/environment.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace parley {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// A folder of its own, gone with the object; the caller's PATH is put back.
class PathWith {
public:
    PathWith() {
        std::filesystem::create_directory(folder_);
        setenv("PATH", (folder_.string() + ":" + before_).c_str(), 1);
    }
    ~PathWith() {
        setenv("PATH", before_.c_str(), 1);
        std::filesystem::remove_all(folder_);
    }
    std::string add(const std::string& name, std::filesystem::perms mode) const {
        const auto file = folder_ / name;
        std::ofstream(file) << "#!/bin/sh\n";
        std::filesystem::permissions(file, mode);
        return file.string();
    }

private:
    std::string before_ = std::getenv("PATH") ? std::getenv("PATH") : "";
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("parley-path-" + std::to_string(getpid()));
};

TEST(PinnedEnvironment, HoldsNothingOfTheCallers) {
    setenv("PYTHONUNBUFFERED", "1", 1);
    EXPECT_THAT(pinned_environment({}), ElementsAre("HOME=/nonexistent", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
                                                    HasSubstr("PATH=/usr/local/sbin:"), "TZ=UTC"));
    unsetenv("PYTHONUNBUFFERED");
}

TEST(PinnedEnvironment, LetsTheScenarioReplaceAndAdd) {
    const auto environment = pinned_environment({{"TZ", "America/Sao_Paulo"}, {"NAME", "a=b"}});
    EXPECT_THAT(environment, Contains("TZ=America/Sao_Paulo"));
    EXPECT_THAT(environment, Contains("NAME=a=b"));
    EXPECT_EQ(environment.size(), 6U);
}

TEST(FindProgram, KeepsWhatHasASlash) {
    EXPECT_EQ(find_program("./no/such/program"), "./no/such/program");
}

TEST(FindProgram, PrefersTheFixedPathToTheCallers) {
    const PathWith path;
    const auto own = path.add("sh", std::filesystem::perms::owner_all);
    EXPECT_NE(find_program("sh"), own);
    EXPECT_NE(find_program("sh"), "");
}

TEST(FindProgram, LooksInTheCallersPathAtLast) {
    const PathWith path;
    const auto own = path.add("parley-own-program", std::filesystem::perms::owner_all);
    EXPECT_EQ(find_program("parley-own-program"), own);
}

TEST(FindProgram, PassesOverWhatCannotBeExecuted) {
    const PathWith path;
    path.add("parley-own-text", std::filesystem::perms::owner_read);
    EXPECT_EQ(find_program("parley-own-text"), "");
}

TEST(FindProgram, IsEmptyWhereThereIsNone) {
    EXPECT_EQ(find_program("parley-no-such-program"), "");
}

}  // namespace
}  // namespace parley
