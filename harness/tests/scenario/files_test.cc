// Which files are scenarios, and the scenarios that the project ships.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/scenario/reader.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ScenarioFiles : public testing::Test {
protected:
    void SetUp() override {
        fs::remove_all(root_);
        for (const char* file : {"implementations.json", "b.json", "a/x.json", "a/x.bin", "a/.y.json", "schema/s.json",
                                 ".git/z.json", "a/implementations.json", "a/known-failures.json"}) {
            fs::create_directories((root_ / file).parent_path());
            std::ofstream(root_ / file) << "{}";
        }
        fs::create_directory(root_ / "empty");
    }
    void TearDown() override { fs::remove_all(root_); }

    std::vector<std::string> find(const std::vector<std::string>& paths) {
        std::vector<std::string> absolute;
        for (const auto& path : paths) absolute.push_back((root_ / path).string());
        auto files = find_scenario_files(absolute);
        for (auto& file : files) file = file.substr(root_.string().size() + 1);
        return files;
    }

    const fs::path root_ = fs::path(testing::TempDir()) / format("parley_files_test.{}", getpid());
};

TEST_F(ScenarioFiles, AreFoundBelowFoldersSorted) {
    EXPECT_THAT(find({"."}), ElementsAre("a/x.json", "b.json"));
}

TEST_F(ScenarioFiles, AreNamedOnceHoweverTheyAreReached) {
    EXPECT_THAT(find({"b.json", "a/../b.json", "."}), ElementsAre("a/x.json", "b.json"));
    const auto file = (root_ / "b.json").string();
    EXPECT_THAT(find_scenario_files({fs::relative(file).string(), file}), testing::SizeIs(1));
}

TEST_F(ScenarioFiles, AreWhateverIsNamedButTheCatalogueAndTheKnownFailures) {
    EXPECT_THAT(find({"a/x.bin", "implementations.json", "a/known-failures.json"}), ElementsAre("a/x.bin"));
}

TEST_F(ScenarioFiles, MustExist) {
    EXPECT_THAT([&] { find({"nope"}); }, ThrowsMessage<UsageError>(HasSubstr("no such file or folder")));
    EXPECT_THAT([&] { find({"b.json", "empty"}); }, ThrowsMessage<UsageError>(HasSubstr("no scenario in the folder")));
}

TEST_F(ScenarioFiles, BelongToTheNearestCatalogueAbove) {
    EXPECT_EQ(scenarios_root((root_ / "b.json").string()), root_.string());
    EXPECT_EQ(scenarios_root((root_ / "schema/s.json").string()), root_.string());
    EXPECT_EQ(scenarios_root((root_ / "a/x.json").string()), (root_ / "a").string());
    EXPECT_EQ(scenarios_root("/dev/null"), "");
}

TEST(ShippedScenarios, AreWithoutMistakes) {
    const std::string root = PARLEY_SOURCE_DIR "/scenarios";
    std::vector<Diagnostic> diagnostics;
    const auto catalogue = read_catalogue(root + "/implementations.json", diagnostics);
    const auto files = find_scenario_files({root});
    EXPECT_GE(files.size(), 32U);
    for (const auto& file : files) read_scenarios(file, "x", catalogue, diagnostics);
    for (const auto& diagnostic : diagnostics) ADD_FAILURE() << diagnostic.str();
}

/// Where the `$schema` leads that stands first in `file`; the empty path where none does.
fs::path schema_of(const std::string& file) {
    const auto root = read_json_file(file);
    const auto* members = root.object();
    if (!members || members->empty() || members->front().key != "$schema") return {};
    const auto* path = members->front().value.string();
    return path ? (fs::path(file).parent_path() / *path).lexically_normal() : fs::path();
}

TEST(ShippedScenarios, NameTheSlidesOfEachRole) {
    std::vector<Diagnostic> diagnostics;
    for (const auto& [name, role] :
         read_catalogue(PARLEY_SOURCE_DIR "/scenarios/implementations.json", diagnostics).roles) {
        EXPECT_NE(role.slides.set_up, "") << name;
        EXPECT_NE(role.slides.talk, "") << name;
    }
}

TEST(ShippedScenarios, NameTheirSchemaFirst) {
    const fs::path root = PARLEY_SOURCE_DIR "/scenarios";
    EXPECT_EQ(schema_of(root / "implementations.json"), root / "schema/implementations.schema.json");
    for (const auto& file : find_scenario_files({root})) {
        EXPECT_EQ(schema_of(file), root / "schema/scenario.schema.json") << file;
    }
}

}  // namespace
}  // namespace parley
