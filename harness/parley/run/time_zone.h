// What a time zone adds to UTC.
#pragma once

#include <cstdint>
#include <string>

namespace parley {

/// Seconds east of UTC at `time` (seconds since the epoch) in the zone that `TZ=name` selects (tzset(3)).
/// Changes the process's own TZ for the moment: not to be called while another thread asks for local time.
int utc_offset(const std::string& name, std::int64_t time);

}  // namespace parley
