// Which files are scenarios.
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

}  // namespace
}  // namespace parley
