#include "parley/scenario/time_text.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "parley/base/format.h"
#include "parley/base/language.h"

namespace parley {

namespace {

constexpr std::array<const char*, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// No cell lasts as long; a damaged report must not make the judge write text without end.
constexpr std::int64_t longest_cell = 3600;

}  // namespace

std::string time_text(const TimeText& format_of, std::int64_t epoch, int utc_offset) {
    const std::chrono::sys_seconds local{std::chrono::seconds(epoch + utc_offset)};
    const auto midnight = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(midnight);
    const std::chrono::hh_mm_ss clock(local - midnight);

    const char* day_name = day_names[std::chrono::weekday(midnight).c_encoding()];
    const char* month_name = month_names[static_cast<unsigned>(date.month()) - 1];
    const auto day = static_cast<unsigned>(date.day());
    const auto time =
        format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    const auto year = static_cast<int>(date.year());
    switch (format_of.format) {
        case TimeText::Format::ctime: return format("{} {} {:2} {} {}", day_name, month_name, day, time, year);
        case TimeText::Format::java_date:
            return format("{} {} {:02} {} {} {}", day_name, month_name, day, time, format_of.zone, year);
    }
    return {};
}

std::optional<std::int64_t> moment(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00 00:00:00";
    const auto fits = [](char c, char wanted) { return wanted == '0' ? '0' <= c && c <= '9' : c == wanted; };
    if (!std::ranges::equal(text, shape, fits)) return {};
    const auto number = [&](std::size_t at, std::size_t digits) {
        return std::stoi(std::string(text.substr(at, digits)));
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return {};
    const auto time = std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
    return (std::chrono::sys_days(date) + time).time_since_epoch().count();
}

std::vector<std::string> time_texts(const TimeText& format_of, const Clock& clock) {
    std::vector<std::string> texts;
    const auto last = std::min(clock.ended, clock.began + longest_cell);
    for (auto second = clock.began; second <= std::max(last, clock.began); ++second) {
        texts.push_back(time_text(format_of, second, clock.utc_offset));
    }
    return texts;
}

std::string describe(const Value& value, const Clock& clock) {
    const auto part = std::find_if(value.parts.begin(), value.parts.end(), [](const ValuePart& candidate) {
        return std::holds_alternative<TimeText>(candidate);
    });
    if (part == value.parts.end()) return value.describe();
    const auto& time = std::get<TimeText>(*part);
    const auto began = time_text(time, clock.began, clock.utc_offset);
    if (clock.ended <= clock.began) return told("{}; the time was {}", value.describe(), began);
    return told("{}; the time was {} to {}", value.describe(), began, time_text(time, clock.ended, clock.utc_offset));
}

}  // namespace parley
