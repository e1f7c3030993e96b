#include "parley/judge/time_causes.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/arrival.h"
#include "parley/judge/difference.h"
#include "parley/judge/expected_texts.h"
#include "parley/scenario/time_text.h"

namespace parley {

namespace {

using Sureness = Cause::Sureness;

constexpr std::string_view digits = "0123456789";

const TimeText* time_in(const Value& value) {
    for (const auto& part : value.parts) {
        if (const auto* time = std::get_if<TimeText>(&part)) return time;
    }
    return nullptr;
}

/// What is told of a time of day in place of another.
struct Telling {
    const Value& value;
    const TimeText& time;
    Clock clock;  ///< of the connection
    std::string_view actual;

    /// Whether the octets are right for some second from `begin` to `end`, `ahead` seconds beside the zone, in any
    /// zone's name.
    bool is_right(std::int64_t begin, std::int64_t end, int ahead) const {
        const auto zones =
            ahead == 0 ? std::vector<std::string>{time.zone} : std::vector<std::string>{time.zone, "UTC", "GMT"};
        return std::any_of(zones.begin(), zones.end(), [&](const std::string& zone) {
            const auto texts = texts_of(in_zone(zone), {begin, end, clock.utc_offset + ahead});
            return std::find(texts.begin(), texts.end(), actual) != texts.end();
        });
    }

    /// What was told in the place of the time; nothing where the text around it is not right, or holds more times.
    std::optional<std::string_view> said() const {
        Bytes before, after;
        bool found = false;
        for (const auto& part : value.parts) {
            const auto* literal = std::get_if<Literal>(&part);
            if (!literal && (found || !std::holds_alternative<TimeText>(part))) return {};
            if (literal) (found ? after : before) += literal->bytes;
            found = found || !literal;
        }
        if (actual.size() < before.size() + after.size() || !actual.starts_with(before) || !actual.ends_with(after))
            return {};
        return actual.substr(before.size(), actual.size() - before.size() - after.size());
    }

    /// The time alone, at every second.
    std::vector<std::string> times() const { return time_texts(time, clock); }

    Value in_zone(const std::string& zone) const {
        auto changed = value;
        for (auto& part : changed.parts) {
            if (auto* time_part = std::get_if<TimeText>(&part)) time_part->zone = zone;
        }
        return changed;
    }
};

std::optional<Cause> clock_at_start(const Telling& telling, const Observation& observation) {
    constexpr std::int64_t long_ago = 10;  // a program may have started before its cell's clock
    if (!telling.is_right(observation.clock.began - long_ago, telling.clock.began - 1, 0)) return {};
    return Cause{
        "clock-at-start", Sureness::likely,
        tr("it is the time at which the program started, or an earlier client came: read the clock after accept(), "
           "for each client")};
}

/// Whether `said` is `time` with `half` after its seconds, as 12-hour clocks show it.
bool has_half_of_day(std::string_view said, std::string_view time, const std::string& half) {
    constexpr std::size_t seconds_end = 19;  // in every form
    const auto with = [&](const std::string& sign) {
        return std::string(time.substr(0, seconds_end)) + sign + std::string(time.substr(seconds_end));
    };
    return said == with(" " + half) || said == with(half);
}

/// An hour as 12-hour clocks show it, of which nobody says whether it is in the afternoon.
std::optional<Cause> twelve_hours(const Telling& telling) {
    constexpr int half_a_day = 12 * 60 * 60;
    constexpr std::size_t hour_at = 11, hour_length = 2;  // in every form
    const auto said = telling.said();
    if (!said || std::abs(telling.clock.utc_offset) == half_a_day) return {};  // it may be the time in UTC
    for (auto text : telling.times()) {
        const int hour = std::stoi(text.substr(hour_at, hour_length));
        text.replace(hour_at, hour_length, format("{:02}", hour % 12 == 0 ? 12 : hour % 12));
        if (has_half_of_day(*said, text, hour < 12 ? "AM" : "PM")) {
            return Cause{
                "twelve-hours", Sureness::certain,
                tr("the hour counts to 12 alone, with AM or PM after it: %H, or HH in Java, in place of %I, or "
                   "hh, and no %p")};
        }
        if ((hour != 0 && hour <= 12) || text != *said) continue;
        return Cause{"twelve-hours", Sureness::likely,
                     tr("the hour counts to 12 alone: %H, or HH in Java, in place of %I, or hh")};
    }
    return {};
}

constexpr int whole_day = 24 * 60 * 60;

/// Zones differ by quarters of an hour, from 12 hours behind UTC to 14 ahead of it. Whole days are no zone's doing.
std::optional<Cause> other_zone(const Telling& telling) {
    constexpr int quarter = 15 * 60, behind = -12 * 60 * 60, before = 14 * 60 * 60;
    const int own = telling.clock.utc_offset;
    for (int zone = behind; zone <= before; zone += quarter) {
        if ((zone - own) % whole_day == 0 || !telling.is_right(telling.clock.began, telling.clock.ended, zone - own))
            continue;
        const bool is_utc = zone == 0;
        return Cause{"other-zone", Sureness::likely,
                     is_utc ? tr("it is the time in UTC, not in the zone that the variable TZ names: localtime() in "
                                 "place of gmtime()")
                            : tr("it is the time of another zone than the one that the variable TZ names")};
    }
    return {};
}

/// The right time of another day.
std::optional<Cause> another_day(const Telling& telling) {
    constexpr int farthest = 7;  // what lies beyond is rather a clock that is wrong
    for (int days = -farthest; days <= farthest; ++days) {
        if (days == 0 || !telling.is_right(telling.clock.began, telling.clock.ended, days * whole_day)) continue;
        const auto count = static_cast<std::uint64_t>(std::abs(days));
        return Cause{"another-day", Sureness::likely,
                     days > 0 ? plural(count, "the time of day is right, and the date is {} day ahead",
                                       "the time of day is right, and the date is {} days ahead", count)
                              : plural(count, "the time of day is right, and the date is {} day behind",
                                       "the time of day is right, and the date is {} days behind", count)};
    }
    return {};
}

/// `text` without a zero before a digit where none precedes it.
Bytes without_zeros(std::string_view text) {
    Bytes out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool after_digit = i > 0 && digits.find(text[i - 1]) != std::string_view::npos;
        const bool before_digit = i + 1 < text.size() && digits.find(text[i + 1]) != std::string_view::npos;
        if (text[i] == '0' && before_digit && !after_digit) continue;
        out += text[i];
    }
    return out;
}

/// The same without blanks.
Bytes unpadded(std::string_view text) {
    auto out = without_zeros(text);
    std::erase(out, ' ');
    return out;
}

/// The same moment, told otherwise.
bool tells(std::string_view actual, std::int64_t second, int utc_offset) {
    if (actual.find(std::to_string(second)) != std::string_view::npos) return true;
    const auto text = time_text({TimeText::Format::ctime, {}}, second, utc_offset);
    constexpr std::size_t hour = 11, minutes = 5;
    const auto said = without_zeros(actual);
    const auto at = said.find(without_zeros(text.substr(hour, minutes)));
    return at != std::string::npos && (at == 0 || digits.find(said[at - 1]) == std::string_view::npos);
}

// ---- the fields of a time

/// The words of a time, and what stands between them.
struct TimeWords {
    std::vector<std::string> words;
    std::string separators;

    explicit TimeWords(std::string_view text) {
        while (!text.empty()) {
            const auto end = std::min(text.find_first_of(" :"), text.size());
            words.emplace_back(text.substr(0, end));
            if (end == text.size()) break;
            separators += text[end];
            text.remove_prefix(end + 1);
            while (separators.back() == ' ' && text.starts_with(' ')) text.remove_prefix(1);
        }
    }
};

enum class Field { weekday, month, day, hour, minutes, seconds, zone, year };

Field field_at(std::size_t word, std::size_t words) {
    constexpr std::size_t year = 6;
    return word == year && words == year + 1 ? Field::year : static_cast<Field>(word);
}

/// The place of `name` among the names in `all`, of three letters each; -1 where it is none.
int index_in(std::string_view all, std::string_view name) {
    const auto at = name.size() == 3 ? all.find(name) : std::string_view::npos;
    return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3);
}

int weekday_of(std::string_view name) {
    return index_in("SunMonTueWedThuFriSat", name);
}

int month_of(std::string_view name) {
    return index_in("JanFebMarAprMayJunJulAugSepOctNovDec", name);
}

int number_of(std::string_view word) {
    constexpr std::size_t longest = 4;
    const bool is_number =
        !word.empty() && word.size() <= longest && word.find_first_not_of(digits) == std::string::npos;
    return is_number ? std::stoi(std::string(word)) : -1;
}

bool can_stand_for(Field field, const std::string& word) {
    switch (field) {
        case Field::weekday: return weekday_of(word) >= 0;
        case Field::month: return month_of(word) >= 0;
        case Field::zone: return !word.empty() && number_of(word) < 0;
        default: return number_of(word) >= 0;
    }
}

/// Whether `said` has as many words as `wanted`, with the same between them.
bool is_divided_as(const TimeWords& wanted, const TimeWords& said) {
    return said.words.size() == wanted.words.size() && said.separators == wanted.separators;
}

/// Whether `said` has the words that a time like `wanted` has, whichever they are.
bool has_form_of(const TimeWords& wanted, const TimeWords& said) {
    if (!is_divided_as(wanted, said)) return false;
    for (std::size_t i = 0; i < said.words.size(); ++i) {
        if (!can_stand_for(field_at(i, said.words.size()), said.words[i])) return false;
    }
    return true;
}

/// The only word in which `said` is not `wanted`.
std::optional<std::size_t> only_difference(const TimeWords& wanted, const TimeWords& said) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < wanted.words.size(); ++i) {
        if (wanted.words[i] == said.words[i]) continue;
        if (found) return {};
        found = i;
    }
    return found;
}

const char* name_of(Field field) {
    switch (field) {
        case Field::weekday: return tr("the weekday");
        case Field::month: return tr("the month");
        case Field::day: return tr("the day");
        case Field::hour: return tr("the hour");
        case Field::minutes: return tr("the minutes");
        case Field::seconds: return tr("the seconds");
        case Field::zone: return tr("the name of the zone");
        case Field::year: return tr("the year");
    }
    return "";
}

/// Whether a mistake would put `wrong` there, and not the time alone, which goes on.
bool is_no_other_time(Field field, int wrong, int month) {
    if (field == Field::minutes) return wrong == 0 || wrong == month || wrong == month - 1;  // some count from 0
    return field != Field::seconds || wrong == 0;
}

/// What makes a field come out so.
std::string reason_for(Field field, const std::string& wrong, const std::string& right) {
    constexpr int days = 7, first_year = 1900;
    const auto days_ahead = (weekday_of(wrong) - weekday_of(right) + days) % days;
    if (field == Field::weekday && (days_ahead == 1 || days_ahead == days - 1)) return tr("; tm_wday is 0 on Sundays");
    if (field == Field::month && month_of(wrong) + 1 == month_of(right)) return tr("; tm_mon is 0 in January");
    if (field == Field::minutes && number_of(wrong) != 0)
        return tr("; that is the month: %M is the minute, %m the month");
    if (field == Field::year && number_of(wrong) + first_year == number_of(right)) return tr("; tm_year is 0 in 1900");
    return {};
}

std::optional<Cause> time_field(const Telling& telling) {
    const auto said = telling.said();
    if (!said) return {};
    const TimeWords found(*said);
    for (const auto& text : telling.times()) {
        const TimeWords wanted(text);
        const auto at = has_form_of(wanted, found) ? only_difference(wanted, found) : std::nullopt;
        if (!at) continue;
        const auto &wrong = found.words[*at], &right = wanted.words[*at];
        const auto field = field_at(*at, wanted.words.size());
        if (field < Field::zone && number_of(wrong) == number_of(right) && number_of(wrong) >= 0) continue;  // padding
        if (field == Field::hour && other_zone(telling)) continue;  // the hour alone is what another zone changes
        if (!is_no_other_time(field, number_of(wrong), month_of(wanted.words[1]) + 1)) continue;
        return Cause{"time-field", Sureness::likely,
                     told("all of the time is right but {}: {} in place of {}{}", name_of(field), wrong, right,
                          reason_for(field, wrong, right))};
    }
    return {};
}

/// Whether `word` begins as `beginning` does, but for capital and small letters.
bool begins_like(std::string_view word, std::string_view beginning) {
    const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    return word.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), word.begin(), same);
}

/// Letters that are not the beginning of the English `name`: what another language may call it.
bool is_foreign(std::string_view word, std::string_view name) {
    if (word.ends_with('.')) word.remove_suffix(1);  // which shows that it is cut short
    const bool is_word = word.size() > 1 && std::all_of(word.begin(), word.end(), recognise::is_letter);
    return is_word && !begins_like(word, name) && weekday_of(word) < 0 && month_of(word) < 0;
}

/// The names of weekday and month: the word that is no English one, where all else of a time is right. Some languages
/// share names with English, and write them small.
std::optional<std::size_t> foreign_name(const TimeWords& wanted, const TimeWords& said) {
    if (!is_divided_as(wanted, said)) return {};
    auto named = said.words;
    std::optional<std::size_t> found;
    for (const std::size_t at : {1U, 0U}) {
        const auto& name = wanted.words[at];
        const bool is_same = named[at].size() == name.size() && begins_like(named[at], name);
        if (is_foreign(named[at], name)) found = at;
        if (is_same || found == at) named[at] = name;
    }
    return named == wanted.words ? found : std::nullopt;
}

std::optional<Cause> other_language(const Telling& telling) {
    const auto said = telling.said();
    if (!said) return {};
    const TimeWords found(*said);
    for (const auto& text : telling.times()) {
        const TimeWords wanted(text);
        const auto at = foreign_name(wanted, found);
        if (!at) continue;
        return Cause{"other-language", Sureness::likely,
                     told("the names of days and months have to be English: {} in place of {}; set LC_TIME to C, or "
                          "name Locale.US",
                          found.words[*at], wanted.words[*at])};
    }
    return {};
}

/// A time that is told from 0, or from a number that nobody set.
std::optional<Cause> clock_not_read(const Telling& telling) {
    const auto said = telling.said();
    if (!said) return {};
    const TimeWords found(*said);
    if (!has_form_of(TimeWords(telling.times().front()), found)) return {};
    constexpr int milliseconds = 1000;
    if (telling.is_right(telling.clock.began / milliseconds, telling.clock.ended / milliseconds, 0)) {
        return Cause{"seconds-for-milliseconds", Sureness::likely,
                     tr("the seconds since 1970 were taken for milliseconds: multiply them by 1000")};
    }
    const bool is_first = found.words.back() == "1970";
    const bool is_day_before = found.words.back() == "1969" && found.words[1] == "Dec" && found.words[2] == "31";
    if (!is_first && !is_day_before) return {};
    return Cause{"clock-not-read", Sureness::likely,
                 tr("it is a time of 1970, as a variable tells it that was never set: call time(), and tell what it "
                    "returned")};
}

// ---- the same time, told otherwise

std::optional<Cause> other_padding(const Telling& telling, const std::vector<Bytes>& texts) {
    const auto said = unpadded(telling.actual);
    const auto same =
        std::find_if(texts.begin(), texts.end(), [&](const Bytes& text) { return unpadded(text) == said; });
    if (same == texts.end()) return {};
    return Cause{"time-format", Sureness::certain,
                 told("a number below 10 is written with a zero, a blank or nothing before it, where the form is {}",
                      excerpt(*same))};
}

/// Whether the form is right, and what is wrong is around the time, or the time itself.
bool is_in_form(const Telling& telling) {
    const auto times = telling.times();
    if (std::any_of(times.begin(), times.end(),
                    [&](const std::string& time) { return telling.actual.find(time) != std::string_view::npos; }))
        return true;
    const auto said = telling.said();
    return said && has_form_of(TimeWords(times.front()), TimeWords(*said));
}

std::optional<Cause> other_format(const Telling& telling) {
    const auto texts = texts_of(telling.value, telling.clock);
    if (auto cause = other_padding(telling, texts)) return cause;
    if (is_in_form(telling)) return {};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (tells(telling.actual, telling.clock.began + static_cast<std::int64_t>(i), telling.clock.utc_offset)) {
            return Cause{"time-format", Sureness::likely,
                         told("it tells the time, but in another form than {}", excerpt(texts[i]))};
        }
    }
    return {};
}

/// A time as it lies in memory: time_t, of four or eight octets.
std::optional<Cause> raw_time(const Telling& telling) {
    const auto& actual = telling.actual;
    if (actual.size() != 4 && actual.size() != 8) return {};
    std::uint64_t little = 0, big = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        big = big << 8U | static_cast<unsigned char>(actual[i]);
        little = little << 8U | static_cast<unsigned char>(actual[actual.size() - 1 - i]);
    }
    const auto is_now = [&](std::uint64_t number) {
        return number >= static_cast<std::uint64_t>(telling.clock.began) &&
               number <= static_cast<std::uint64_t>(telling.clock.ended);
    };
    if (!is_now(little) && !is_now(big)) return {};
    return Cause{
        "time-format", Sureness::certain,
        told("the seconds since 1970 were sent as an integer of {}, where a text was meant", octets(actual.size()))};
}

}  // namespace

std::optional<Cause> cause_in_time(const Scenario& scenario, const Observation& observation, const Finding& finding) {
    const auto* value = value_of(scenario, finding);
    const auto* time = value ? time_in(*value) : nullptr;
    const auto connections = connections_of(observation, finding.client);
    if (!time || connections.empty() || !finding.actual_bytes || finding.actual_bytes->empty()) return {};
    constexpr std::int64_t enough = 60;
    auto clock = clock_of(observation, connections.front());
    clock.ended = std::min(clock.ended, clock.began + enough);
    const Telling telling{*value, *time, clock, *finding.actual_bytes};
    if (auto cause = clock_at_start(telling, observation)) return cause;
    if (auto cause = twelve_hours(telling)) return cause;
    if (auto cause = another_day(telling)) return cause;
    if (auto cause = time_field(telling)) return cause;
    if (auto cause = other_zone(telling)) return cause;
    if (auto cause = other_language(telling)) return cause;
    if (auto cause = clock_not_read(telling)) return cause;
    if (auto cause = raw_time(telling)) return cause;
    return other_format(telling);
}

}  // namespace parley
