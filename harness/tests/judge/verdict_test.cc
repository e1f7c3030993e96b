#include "parley/judge/verdict.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace parley {
namespace {

TEST(FindingCode, HasANameOfItsOwn) {
    std::set<std::string> names;
    for (int code = 0; code <= static_cast<int>(Finding::Code::harness_trouble); ++code) {
        const std::string text = name(static_cast<Finding::Code>(code));
        EXPECT_NE(text, "?");
        EXPECT_TRUE(names.insert(text).second) << text;
    }
}

TEST(VerdictKind, HasAName) {
    EXPECT_STREQ(name(Verdict::Kind::passed), "passed");
    EXPECT_STREQ(name(Verdict::Kind::failed), "failed");
    EXPECT_STREQ(name(Verdict::Kind::known_failure), "known-failure");
    EXPECT_STREQ(name(Verdict::Kind::unsupported), "unsupported");
    EXPECT_STREQ(name(Verdict::Kind::could_not_run), "could-not-run");
}

}  // namespace
}  // namespace parley
