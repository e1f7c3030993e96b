#include "parley/scenario/placeholders.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Placeholders, AreFilledIn) {
    EXPECT_EQ(fill_in("{host}:{port}/{host}", {{"host", "localhost"}, {"port", "80"}}), "localhost:80/localhost");
}

TEST(Placeholders, StayWhereTheyAreUnknown) {
    EXPECT_EQ(fill_in("{hots} {} { {port", {{"host", "h"}, {"port", "80"}}), "{hots} {} { {port");
}

TEST(Placeholders, MayFollowOtherBraces) {
    EXPECT_EQ(fill_in("{{port}} }{port}", {{"port", "80"}}), "{80} }80");
}

TEST(Placeholders, AreNotSoughtInWhatWasFilledIn) {
    EXPECT_EQ(fill_in("{a}", {{"a", "{b}"}, {"b", "x"}}), "{b}");
}

}  // namespace
}  // namespace parley
