#include "parley/run/project.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/run/time_zone.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr auto catalogue = R"({
  "roles": {
    "echo-server": {"side": "server", "about": "Echoes.", "port": 5050},
    "echo-client": {"side": "client", "about": "Speaks.", "port": 5050}
  },
  "implementations": {
    "echo-server/sh": {"reference": true, "command": ["sh"], "needs": [{"path": "sh", "package": "dash"}]},
    "echo-client/sh": {"reference": true, "command": ["sh"]},
    "echo-client/none": {"command": ["none"], "needs": [{"path": "{build}/none", "package": "none"}]}
  }
})";

constexpr auto scenario = R"({
  "about": "One word.",
  "tags": ["short"],
  "server": {"role": "echo-server"},
  "client": {"role": "echo-client"},
  "exchange": [{"client": "word"}]
})";

// A folder with a catalogue and one scenario, gone with the test.
class Projects : public testing::Test {
protected:
    Projects() {
        std::filesystem::create_directories(root() / "echo");
        write("implementations.json", catalogue);
        write("echo/word.json", scenario);
    }
    void TearDown() override { std::filesystem::remove_all(root()); }

    static std::filesystem::path root() {
        return std::filesystem::temp_directory_path() / format("parley-project-{}", getpid());
    }
    static void write(const std::string& file, const std::string& text) { std::ofstream(root() / file) << text; }
    static std::unique_ptr<Project> load(Selection selection) {
        if (selection.paths.empty()) selection.paths = {root().string()};
        return load_project(selection, "", root().string());
    }
    static std::vector<std::string> names(const Project& project) {
        std::vector<std::string> all;
        for (const auto& cell : project.cells) all.push_back(cell.name());
        return all;
    }
};

TEST_F(Projects, HoldTheCellsOfEachScenario) {
    const auto project = load({});
    EXPECT_THAT(project->diagnostics, IsEmpty());
    EXPECT_THAT(names(*project), ElementsAre("echo/word:sh:sh", "echo/word:none:sh"));
    EXPECT_EQ(project->cells[0].unsupported, "");
    EXPECT_THAT(project->cells[1].unsupported, HasSubstr("package none"));
}

TEST_F(Projects, TakeANeedForMetOnceItsFileIsThere) {
    write("none", "");
    EXPECT_EQ(load({})->cells[1].unsupported, "");
}

TEST_F(Projects, AreNarrowedByFilterAndTag) {
    EXPECT_THAT(names(*load({{}, "*:none:*", {}})), ElementsAre("echo/word:none:sh"));
    EXPECT_THAT(load({{}, "", {"long"}})->cells, IsEmpty());
    EXPECT_THAT(load({{}, "", {"long", "short"}})->cells, SizeIs(2));
}

TEST_F(Projects, WithMistakesSayWhere) {
    write("echo/wrong.json", R"({"abuot": "x"})");
    const auto project = load({});
    ASSERT_THAT(project->diagnostics, Not(IsEmpty()));
    EXPECT_THAT(project->diagnostics[0].file, HasSubstr("wrong.json"));
}

TEST_F(Projects, OfAPathThatIsNotThereAreWrongUsage) {
    EXPECT_THROW(load({{(root() / "none.json").string()}, "", {}}), UsageError);
}

TEST(TimeZone, IsAddedToUtc) {
    EXPECT_EQ(utc_offset("UTC", 0), 0);
    EXPECT_EQ(utc_offset("XYZ-5:30", 1'700'000'000), 5 * 3600 + 30 * 60);
    EXPECT_EQ(utc_offset("XYZ+3", 1'700'000'000), -3 * 3600);
}

TEST(TimeZone, LeavesTheProcesssOwnAsItWas) {
    setenv("TZ", "XYZ-1", 1);
    utc_offset("XYZ+3", 0);
    EXPECT_STREQ(getenv("TZ"), "XYZ-1");
    unsetenv("TZ");
    utc_offset("XYZ+3", 0);
    EXPECT_EQ(getenv("TZ"), nullptr);
}

}  // namespace
}  // namespace parley
