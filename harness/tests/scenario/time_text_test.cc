#include "parley/scenario/time_text.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

const TimeText ctime_text{TimeText::Format::ctime, "UTC"};

TEST(TimeText, PadsTheDayAsEachFormatDoes) {
    constexpr std::int64_t second_of_november = 1793612460;
    EXPECT_EQ(time_text(ctime_text, second_of_november, 0), "Mon Nov  2 09:41:00 2026");
    EXPECT_EQ(time_text({TimeText::Format::java_date, "UTC"}, second_of_november, 0), "Mon Nov 02 09:41:00 UTC 2026");
}

TEST(TimeText, KnowsTheCalendar) {
    EXPECT_EQ(time_text(ctime_text, 0, 0), "Thu Jan  1 00:00:00 1970");
    EXPECT_EQ(time_text(ctime_text, -1, 0), "Wed Dec 31 23:59:59 1969");
    EXPECT_EQ(time_text(ctime_text, 951782400, 0), "Tue Feb 29 00:00:00 2000");
    EXPECT_EQ(time_text(ctime_text, 4107542399, 0), "Sun Feb 28 23:59:59 2100");
}

TEST(TimeText, AddsTheOffsetAcrossMidnight) {
    EXPECT_EQ(time_text(ctime_text, 0, -3 * 3600), "Wed Dec 31 21:00:00 1969");
    EXPECT_EQ(time_text(ctime_text, 0, 5 * 3600 + 1800), "Thu Jan  1 05:30:00 1970");
}

TEST(Moments, AreNamedByDateAndTime) {
    EXPECT_EQ(moment("1970-01-01 00:00:00"), 0);
    EXPECT_EQ(moment("2026-03-05 09:41:00"), 1772703660);
    EXPECT_EQ(moment("2024-02-29 23:59:59"), 1709251199);
}

TEST(Moments, Exist) {
    for (const char* text :
         {"2026-02-29 00:00:00", "2026-00-01 00:00:00", "2026-01-01 24:00:00", "2026-01-01 00:60:00",
          "2026-01-01 00:00:60", "2026-1-01 00:00:00", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", ""})
        EXPECT_FALSE(moment(text)) << text;
}

TEST(TimeTexts, AreOneASecondWithBothEnds) {
    EXPECT_EQ(time_texts(ctime_text, {59, 60, 0}),
              (std::vector<std::string>{"Thu Jan  1 00:00:59 1970", "Thu Jan  1 00:01:00 1970"}));
}

TEST(TimeTexts, StayBoundedForADamagedClock) {
    EXPECT_EQ(time_texts(ctime_text, {100, 50, 0}).size(), 1u);
    EXPECT_EQ(time_texts(ctime_text, {0, 1'000'000'000, 0}).size(), 3601u);
}

TEST(Description, TellsTheTimeThatItWas) {
    const Value expected{{Literal{"Agora é:"}, TimeText{TimeText::Format::java_date, "BRT"}}, {}};
    EXPECT_EQ(describe(expected, {1795340467, 1795340467, -3 * 3600}),
              "\"Agora é:\" + java-date (BRT); the time was Sun Nov 22 06:41:07 BRT 2026");
    EXPECT_EQ(describe({{TimeText{}}, {}}, {59, 60, 0}),
              "ctime; the time was Thu Jan  1 00:00:59 1970 to Thu Jan  1 00:01:00 1970");
    EXPECT_EQ(describe({{Literal{"x"}}, {}}, {59, 60, 0}), "\"x\"");
}

}  // namespace
}  // namespace parley
