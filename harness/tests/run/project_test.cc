#include "parley/run/project.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/run/time_zone.h"

namespace parley {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

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

class ProjectsWithKnownFailures : public Projects {
protected:
    static void write_entry(const std::string& cells) {
        write("known-failures.json", format(R"({{"known_failures": [{{"cells": "{}", "reason": "why"}}]}})", cells));
    }
    static std::vector<std::string> mistakes(const Project& project) {
        std::vector<std::string> all;
        for (const auto& diagnostic : project.diagnostics)
            all.push_back(diagnostic.str().substr(root().string().size() + 1));
        return all;
    }
    static constexpr auto unmatched = R"(known-failures.json:1:31: no cell matches "nobody:*")";
};

TEST_F(ProjectsWithKnownFailures, MarkTheCellsThatTheyMatch) {
    write_entry("*:none:*");
    const auto project = load({});
    EXPECT_THAT(mistakes(*project), IsEmpty());
    EXPECT_EQ(project->cells[0].known_failure, nullptr);
    ASSERT_NE(project->cells[1].known_failure, nullptr);
    EXPECT_EQ(project->cells[1].known_failure->reason, "why");
}

TEST_F(ProjectsWithKnownFailures, GiveACellTheFirstEntryThatMatches) {
    write("known-failures.json", R"({"known_failures": [
        {"cells": "*:none:*", "reason": "first"}, {"cells": "echo/*", "reason": "second"}]})");
    const auto project = load({});
    EXPECT_EQ(project->cells[0].known_failure->reason, "second");
    EXPECT_EQ(project->cells[1].known_failure->reason, "first");
}

TEST_F(ProjectsWithKnownFailures, ReportAnEntryThatMatchesNothing) {
    write_entry("nobody:*");
    EXPECT_THAT(mistakes(*load({})), ElementsAre(unmatched));
    EXPECT_THAT(mistakes(*load({{(root() / "echo/word.json").string()}, "", {}})), ElementsAre(unmatched));
}

TEST_F(ProjectsWithKnownFailures, ReportNothingOfEntriesWhereOnlyAPartIsSelected) {
    write_entry("nobody:*");
    EXPECT_THAT(mistakes(*load({{}, "*", {}})), IsEmpty());
    EXPECT_THAT(mistakes(*load({{}, "", {"short"}})), IsEmpty());
    write("other.json", scenario);
    EXPECT_THAT(mistakes(*load({{(root() / "echo").string()}, "", {}})), IsEmpty());
    EXPECT_THAT(mistakes(*load({})), ElementsAre(unmatched));
}

TEST_F(ProjectsWithKnownFailures, KnowNothingOfFoldersBelowThatHaveTheirOwnCatalogue) {
    std::filesystem::create_directories(root() / "below");
    write("below/implementations.json", catalogue);
    write("below/word.json", scenario);
    write_entry("word:*");
    EXPECT_THAT(mistakes(*load({{(root() / "echo").string()}, "", {}})),
                ElementsAre(R"(known-failures.json:1:31: no cell matches "word:*")"));
}

TEST_F(ProjectsWithKnownFailures, SayWhereAScenarioIsWrongBeforeTheySayThatNothingMatches) {
    write_entry("wrong:*");
    write("wrong.json", "{}");
    EXPECT_THAT(mistakes(*load({})), Each(StartsWith("wrong.json:")));
}

TEST_F(ProjectsWithKnownFailures, ReportWhatIsWrongWithTheFileItself) {
    write("known-failures.json", R"({"known_failures": [{"cells": "*"}]})");
    EXPECT_THAT(mistakes(*load({{}, "echo/word:sh:sh", {}})),
                ElementsAre("known-failures.json:1:21: missing key 'reason'"));
}

TEST_F(Projects, WithMistakesSayWhere) {
    write("echo/wrong.json", R"({"abuot": "x"})");
    const auto project = load({});
    ASSERT_THAT(project->diagnostics, Not(IsEmpty()));
    EXPECT_THAT(project->diagnostics[0].file, HasSubstr("wrong.json"));
}

TEST_F(Projects, HoldNoTwoScenariosOfOneName) {
    write("echo.json", R"({"about": "x", "cases": {"word": {}, "other": {}}, "server": {"role": "echo-server"}})");
    const auto project = load({});
    ASSERT_THAT(project->diagnostics, SizeIs(1));
    EXPECT_EQ(project->diagnostics[0].str(),
              format("{0}/echo/word.json:1:1: {0}/echo.json too holds a scenario called 'echo/word'", root().string()));
}

TEST_F(Projects, OfTwoCataloguesMayHoldScenariosOfOneName) {
    std::filesystem::create_directories(root() / "mine/echo");
    write("mine/implementations.json", catalogue);
    write("mine/echo/word.json", scenario);
    EXPECT_THAT(load({})->diagnostics, IsEmpty());
}

TEST_F(Projects, TellTheirMistakesByFileAndPlace) {
    write("implementations.json", "{\"roles\": {},\n \"implementations\": 1}");
    write("echo/wrong.json", "{");
    mkfifo((root() / "echo/pipe.json").c_str(), 0600);
    std::vector<std::string> places;
    const auto project = load({});
    for (const auto& diagnostic : project->diagnostics)
        places.push_back(diagnostic.str().substr(root().string().size() + 1, 30));
    EXPECT_THAT(places, ElementsAre("echo/pipe.json:1:1: cannot rea", "echo/word.json:4:22: unknown r",
                                    "echo/word.json:5:22: unknown r", "echo/wrong.json:1:2: found the",
                                    "implementations.json:2:21: 'im"));
}

TEST_F(Projects, ReadCataloguesThatAreNamed) {
    Selection named;
    named.paths = {(root() / "implementations.json").string()};
    const auto project = load(named);
    EXPECT_THAT(project->files, ElementsAre(named.paths[0]));
    EXPECT_THAT(project->catalogues, SizeIs(1));
    EXPECT_THAT(project->cells, IsEmpty());
    named.paths.push_back(root().string());
    EXPECT_THAT(load(named)->catalogues, SizeIs(1)) << "it is the scenarios' own";
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
