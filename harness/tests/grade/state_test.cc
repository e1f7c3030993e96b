#include "parley/grade/state.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class Kept : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(folder_ / "ana/src");
        fs::create_directories(folder_ / "bob");
        fs::create_directories(folder_ / ".git");
        write("grade.json", "{}");
        write("ana/a.c", "int a;");
        write("ana/src/b.c", "int b;");
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
    std::string listing() const { return listing_of((folder_ / "ana").string()); }

    const fs::path folder_ = fs::path(testing::TempDir()) / format("parley_state_test.{}", getpid());
    const Grade grade_{"ana", {{"echo-server", 1, 2, {}, "why", true, "", ""}}};
};

TEST_F(Kept, SubmissionsAreTheFolders) {
    EXPECT_THAT(submissions_below(folder_.string()), ElementsAre("ana", "bob"));
    EXPECT_THAT(files_in((folder_ / "ana").string()), ElementsAre("a.c"));
    EXPECT_THAT([&] { submissions_below((folder_ / "nobody").string()); },
                ThrowsMessage<UsageError>(HasSubstr("cannot read the folder")));
}

TEST_F(Kept, ListingChangesWithAnyFile) {
    const auto before = listing();
    EXPECT_EQ(listing(), before);
    write("ana/src/b.c", "int bb;");
    const auto larger = listing();
    EXPECT_NE(larger, before);
    fs::last_write_time(folder_ / "ana/a.c", fs::file_time_type::clock::now() + std::chrono::hours(1));
    const auto later = listing();
    EXPECT_NE(later, larger);
    fs::permissions(folder_ / "ana/a.c", fs::perms::owner_exec, fs::perm_options::add);
    const auto executable = listing();
    EXPECT_NE(executable, later);
    write("ana/new", "");
    EXPECT_NE(listing(), executable);
}

TEST_F(Kept, HashIsThatOfFnv) {
    // The vectors of the algorithm's authors.
    EXPECT_EQ(hash_of(""), 0xcbf29ce484222325);
    EXPECT_EQ(hash_of("a"), 0xaf63dc4c8601ec8c);
    EXPECT_EQ(hash_of("foobar"), 0x85944171f73967e8);
}

TEST_F(Kept, GradeIsFoundByItsFingerprint) {
    {
        GradeStore store(folder_.string());
        EXPECT_EQ(store.find("ana", 7), std::nullopt);
        store.keep(grade_, 7);
    }
    GradeStore store(folder_.string());
    EXPECT_EQ(store.find("ana", 7), grade_);
    EXPECT_EQ(store.find("ana", 8), std::nullopt);
    EXPECT_EQ(store.find("bob", 7), std::nullopt);
    EXPECT_THAT(submissions_below(folder_.string()), ElementsAre("ana", "bob"));
}

TEST_F(Kept, BrokenFileIsAsNone) {
    GradeStore store(folder_.string());
    store.keep(grade_, 7);
    for (const auto* text : {"", "{", "[]", R"({"format": 1, "fingerprint": "0000000000000007", "grade": {}})"}) {
        write(".parley-grade/ana.json", text);
        EXPECT_EQ(store.find("ana", 7), std::nullopt) << text;
    }
}

TEST_F(Kept, StoreHasOneOwner) {
    const GradeStore store(folder_.string());
    EXPECT_THAT([&] { GradeStore(folder_.string()); }, ThrowsMessage<UsageError>(HasSubstr("another parley grades")));
    EXPECT_THAT([&] { GradeStore((folder_ / "grade.json").string()); },
                ThrowsMessage<UsageError>(HasSubstr("cannot make the folder")));
}

}  // namespace
}  // namespace parley
