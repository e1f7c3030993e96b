#include "parley/sandbox/containment.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/format.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

/// A folder with `one/program`, `one/lib/x` and `two/program`.
class Submissions : public testing::Test {
protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / format("parley-submissions-{}", getpid());
        fs::create_directories(folder / "one/lib");
        fs::create_directories(folder / "two");
        for (const char* file : {"one/program", "one/lib/x", "two/program"}) std::ofstream(folder / file) << "x";
        folder = fs::canonical(folder);
    }
    void TearDown() override { fs::remove_all(folder); }

    std::string path(const char* below) const { return (folder / below).string(); }
    std::vector<std::string> named(const std::vector<std::string>& words) const {
        return named_paths(words, path("one"));
    }

    fs::path folder;
};

TEST_F(Submissions, NameTheFilesOfTheirCommand) {
    EXPECT_THAT(named({"./program", "5050"}), ElementsAre(path("one")));
    EXPECT_THAT(named({path("two/program")}), ElementsAre(path("two")));
}

TEST_F(Submissions, NameFilesInsideOptionsAndShellCommands) {
    EXPECT_THAT(named({"java", "-cp", "/there/is/none:" + path("two"), "X"}), ElementsAre(path("two")));
    EXPECT_THAT(named({"x", "--file=" + path("two/program")}), ElementsAre(path("two")));
    EXPECT_THAT(named({"sh", "-c", "cd '" + path("two") + "' && ./program"}), Contains(path("two")));
}

TEST_F(Submissions, NameTheWholeEnvironmentOfAnInterpreter) {
    fs::create_directories(folder / "two/bin");
    for (const char* file : {"two/pyvenv.cfg", "two/bin/python3"}) std::ofstream(folder / file) << "x";
    EXPECT_THAT(named({path("two/bin/python3"), "x.py"}), ElementsAre(path("two")));
}

TEST_F(Submissions, DoNotNameFoldersThatAreEverybodys) {
    EXPECT_THAT(named({"x", "/", "/tmp", "/home", "--root=/var/tmp"}), IsEmpty());
}

TEST(LimitNames, NameEachLimit) {
    Limits limits;
    for (const auto& name : limit_names()) EXPECT_NE(find_limit(limits, name), nullptr) << name;
    *find_limit(limits, "memory") = 5;
    EXPECT_EQ(limits.memory, 5U);
    EXPECT_EQ(find_limit(limits, "patience"), nullptr);
}

}  // namespace
}  // namespace parley
