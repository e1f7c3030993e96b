// Times of day as programs print them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/scenario/value.h"
#include "parley/wire/observation.h"

namespace parley {

/// The moment `epoch` (seconds since 1970-01-01 00:00:00 UTC) as a clock shows it that is `utc_offset` seconds ahead of
/// UTC, in the given format. English names of days and months whatever the locale.
std::string time_text(const TimeText& format, std::int64_t epoch, int utc_offset);

/// The moment (UTC) that `text` names as `2026-03-05 09:41:00`, in seconds since the epoch; empty where it names none.
std::optional<std::int64_t> moment(std::string_view text);

/// What `value` describes, as one line for a person, with the times of day that `clock` allows.
std::string describe(const Value& value, const Clock& clock);

/// The texts of every second of `clock`, earliest first; at most an hour's.
std::vector<std::string> time_texts(const TimeText& format, const Clock& clock);

}  // namespace parley
