#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/format.h"
#include "parley/scenario/reader.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class KnownFailureFiles : public testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(path_); }

    KnownFailures read(const std::string& text) {
        std::ofstream(path_) << text;
        std::vector<Diagnostic> diagnostics;
        auto known = read_known_failures(path_, diagnostics);
        for (const auto& diagnostic : diagnostics) mistakes_.push_back(diagnostic.str().substr(path_.size() + 1));
        return known;
    }

    const std::string path_ =
        (std::filesystem::path(testing::TempDir()) / format("parley_known_failures_test.{}.json", getpid())).string();
    std::vector<std::string> mistakes_;
};

TEST_F(KnownFailureFiles, HoldEntriesWithTheirPlaces) {
    const auto known = read(R"({"$schema": "x", "known_failures": [
  {"cells": "echo/*:cpp:*", "reason": "it keeps its output"},
  {"cells": "date/now:java:cpp", "reason": "a zone is missing"}]})");
    EXPECT_THAT(mistakes_, ElementsAre());
    EXPECT_EQ(known.file, path_);
    ASSERT_THAT(known.entries, SizeIs(2));
    EXPECT_EQ(known.entries[0].cells, "echo/*:cpp:*");
    EXPECT_EQ(known.entries[0].reason, "it keeps its output");
    EXPECT_EQ(known.entries[1].cells, "date/now:java:cpp");
    EXPECT_EQ(known.entries[1].position, (Position{3, 13}));
}

TEST_F(KnownFailureFiles, MayBeEmpty) {
    EXPECT_THAT(read(R"({"known_failures": []})").entries, SizeIs(0));
    EXPECT_THAT(mistakes_, ElementsAre());
}

TEST_F(KnownFailureFiles, ReportEveryMistake) {
    read(R"({"known_failure": [],
"known_failures": [
{"cell": "x", "reason": "y"},
{"cells": "", "reason": ""},
{"cells": 1, "reason": null},
"echo/*"]})");
    EXPECT_THAT(
        mistakes_,
        ElementsAre("1:2: unknown key 'known_failure'; did you mean 'known_failures'?", "3:1: missing key 'cells'",
                    "3:2: unknown key 'cell'; did you mean 'cells'?", "4:11: 'cells' is empty",
                    "4:25: 'reason' is empty", "5:11: 'cells' is a string, not a number",
                    "5:24: 'reason' is a string, not null", "6:1: a known failure is an object, not a string"));
}

TEST_F(KnownFailureFiles, ReportWhatHasNoList) {
    read("{}");
    read("[]");
    read(R"({"known_failures": {}})");
    read("{");
    EXPECT_THAT(mistakes_, ElementsAre("1:1: missing key 'known_failures'",
                                       "1:1: the list of known failures is an object, not a list",
                                       "1:20: 'known_failures' is a list, not an object",
                                       "1:2: found the end of the file; expected a key in double quotes or '}'"));
}

}  // namespace
}  // namespace parley
