// Points in time as reports spell them.
#pragma once

#include <cstdint>
#include <string>

namespace parley {

/// `seconds` since the epoch in UTC, as ISO 8601 without a zone: `2026-11-22T09:41:00` (what JUnit readers accept).
std::string utc_timestamp(std::int64_t seconds);

/// The wall clock, in seconds since the epoch.
std::int64_t wall_clock();

}  // namespace parley
