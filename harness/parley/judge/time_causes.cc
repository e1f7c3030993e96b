#include "parley/judge/time_causes.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/arrival.h"
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

/// Zones differ by quarters of an hour, and by no more than 14 hours from UTC on either side.
std::optional<Cause> other_zone(const Telling& telling) {
    constexpr int quarter = 15 * 60, farthest = 28 * 60 * 60;
    for (int ahead = -farthest; ahead <= farthest; ahead += quarter) {
        if (ahead == 0 || !telling.is_right(telling.clock.began, telling.clock.ended, ahead)) continue;
        const bool is_utc = telling.clock.utc_offset + ahead == 0;
        return Cause{
            "other-zone", Sureness::certain,
            is_utc ? tr("it is the time in UTC, not in the zone of the machine (TZ): localtime() in place of gmtime()")
                   : tr("it is the time of another zone than that of the machine (TZ)")};
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

std::optional<Cause> other_format(const Telling& telling) {
    const auto texts = texts_of(telling.value, telling.clock);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (telling.actual.starts_with(texts[i])) return {};  // the form is right, what follows is too much
        if (unpadded(texts[i]) == unpadded(telling.actual)) {
            return Cause{"time-format", Sureness::certain,
                         told("a number below 10 is written with a zero, a blank or nothing before it, where the form "
                              "is {}",
                              excerpt(texts[i]))};
        }
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
    if (auto cause = other_zone(telling)) return cause;
    if (auto cause = raw_time(telling)) return cause;
    return other_format(telling);
}

}  // namespace parley
