#include "java_date.h"

#include <gtest/gtest.h>

#include <ctime>

namespace parley::java {
namespace {

constexpr std::time_t january = 1767668645;  // Tue Jan  6 03:04:05 UTC 2026
constexpr std::time_t july = 1783393445;     // Tue Jul  7 03:04:05 UTC 2026

std::string date(const char* zone, std::time_t instant) {
    return TimeZone(zone).date(instant);
}

TEST(JavaDate, PadsTheDayWithAZero) {
    EXPECT_EQ(date("UTC", january), "Tue Jan 06 03:04:05 UTC 2026");
}

TEST(JavaDate, HasTheJvmsNamesWhereTheTzDataHaveNumbers) {
    EXPECT_EQ(date("America/Sao_Paulo", january), "Tue Jan 06 00:04:05 BRT 2026");
    EXPECT_EQ(date("Etc/GMT+3", january), "Tue Jan 06 00:04:05 GMT-03:00 2026");
    EXPECT_EQ(date("Africa/Casablanca", july), "Tue Jul 07 04:04:05 WEST 2026");
}

TEST(JavaDate, TellsDaylightTimeByTheOffset) {
    EXPECT_EQ(date("Europe/Dublin", january), "Tue Jan 06 03:04:05 GMT 2026");
    EXPECT_EQ(date("Europe/Dublin", july), "Tue Jul 07 04:04:05 IST 2026");
    EXPECT_EQ(date("America/New_York", january), "Mon Jan 05 22:04:05 EST 2026");
    EXPECT_EQ(date("America/New_York", july), "Mon Jul 06 23:04:05 EDT 2026");
}

TEST(JavaDate, SkipsTheColonAndTheFolderThatTzMayHave) {
    EXPECT_EQ(date(":America/Sao_Paulo", january), "Tue Jan 06 00:04:05 BRT 2026");
    EXPECT_EQ(date(":posix/Asia/Tokyo", january), "Tue Jan 06 12:04:05 JST 2026");
}

TEST(JavaDate, NamesAZoneThatOnlyPosixKnowsByItsOffset) {
    EXPECT_EQ(date("<-03>3", january), "Tue Jan 06 00:04:05 GMT-03:00 2026");
    EXPECT_EQ(date("IST-5:30", january), "Tue Jan 06 08:34:05 GMT+05:30 2026");
    EXPECT_EQ(date("UTC0", january), "Tue Jan 06 03:04:05 GMT 2026");
    EXPECT_EQ(date("right/Asia/Tokyo", january), "Tue Jan 06 12:04:05 GMT+09:00 2026");
    EXPECT_EQ(date("Nowhere/City", january), "Tue Jan 06 03:04:05 GMT 2026");
}

TEST(JavaDate, ReadsGmtWithAnOffsetAsTheJvmDoesNotAsPosixDoes) {
    EXPECT_EQ(date("GMT-3", january), "Tue Jan 06 00:04:05 GMT-03:00 2026");
    EXPECT_EQ(date("GMT+3:30", january), "Tue Jan 06 06:34:05 GMT+03:30 2026");
    EXPECT_EQ(date("GMT+1234", january), "Tue Jan 06 15:38:05 GMT+12:34 2026");
    EXPECT_EQ(date("GMT+0", january), "Tue Jan 06 03:04:05 GMT+00:00 2026");
    EXPECT_EQ(date("GMT+25", january), "Tue Jan 06 03:04:05 GMT 2026");
}

}  // namespace
}  // namespace parley::java
