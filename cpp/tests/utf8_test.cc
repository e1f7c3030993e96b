#include "utf8.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using Kind = Utf8Unit::Kind;

void expect_unit(std::string_view octets, Kind kind, std::size_t length) {
    const Utf8Unit unit = first_utf8_unit(octets);
    EXPECT_EQ(unit.kind, kind) << testing::PrintToString(octets);
    EXPECT_EQ(unit.length, length) << testing::PrintToString(octets);
}

TEST(Utf8, ReadsCharactersOfOneToFourOctets) {
    expect_unit("ab", Kind::character, 1);
    expect_unit("éa", Kind::character, 2);
    expect_unit("€a", Kind::character, 3);
    expect_unit("😀a", Kind::character, 4);
}

TEST(Utf8, FindsNoStartInContinuationsAndUnusedOctets) {
    for (const std::string_view octets : {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xf5\x80\x80\x80", "\xff"})
        expect_unit(octets, Kind::bad_start, 1);
}

TEST(Utf8, EndsAMalformedUnitBeforeTheOctetThatBreaksIt) {
    expect_unit("\xc3(", Kind::bad_continuation, 1);
    expect_unit("\xe2\x82(", Kind::bad_continuation, 2);
    expect_unit("\xf0\x9f\x98(", Kind::bad_continuation, 3);
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatLiesPastTheLastCodePoint) {
    expect_unit("\xe0\x9f\xbf", Kind::bad_continuation, 1);
    expect_unit("\xf0\x8f\xbf\xbf", Kind::bad_continuation, 1);
    expect_unit("\xed\xa0\x80", Kind::bad_continuation, 1);
    expect_unit("\xf4\x90\x80\x80", Kind::bad_continuation, 1);
}

TEST(Utf8, SeesWhereTheOctetsEndTooEarly) {
    expect_unit("\xc3", Kind::truncated, 1);
    expect_unit("\xe2\x82", Kind::truncated, 2);
    expect_unit("\xf0\x9f\x98", Kind::truncated, 3);
}

}  // namespace
}  // namespace parley
