#include "parley/base/excerpt.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Octets, AreCountedInGroupsOfThree) {
    EXPECT_EQ(octets(0), "0 octets");
    EXPECT_EQ(octets(1), "1 octet");
    EXPECT_EQ(octets(999), "999 octets");
    EXPECT_EQ(octets(1003), "1,003 octets");
    EXPECT_EQ(octets(12345678), "12,345,678 octets");
}

TEST(Excerpt, SaysHowMuchItLeavesOut) {
    EXPECT_EQ(excerpt("abc", 3), "\"abc\"");
    EXPECT_EQ(excerpt("abcd", 3), "\"abc\" and 1 octet more");
}

TEST(Excerpt, CountsWhatIsAlwaysTheSame) {
    EXPECT_EQ(excerpt(std::string(237, '\0'), 60), "237 times \"\\0\"");
    EXPECT_EQ(excerpt("xxx", 3), "\"xxx\"");
}

TEST(Excerpt, CutsNoCharacter) {
    EXPECT_EQ(excerpt("aé", 2), "\"a\" and 2 octets more");
    EXPECT_EQ(excerpt("a\xc3", 1), "\"a\" and 1 octet more");
    EXPECT_EQ(excerpt("\xff\xfe\xff", 2), "\"\\xff\\xfe\" and 1 octet more");
}

}  // namespace
}  // namespace parley
