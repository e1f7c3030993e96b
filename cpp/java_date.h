// java.util.Date.toString(), which strftime cannot imitate: the JVM has time zone names of its own.
#pragma once

#include <ctime>
#include <optional>
#include <string>

namespace parley::java {

/// The two short names that the JVM gives to a group of time zones.
struct ZoneNames {
    const char* standard;
    const char* daylight;
    const char* ids;  ///< `America/Bahia America/Belem …`
};

/// A JVM's default time zone. Its names are those of JDK 17, its rules for daylight time those of the system's tz data.
///
/// Where the JVM does not know the zone (`<-03>3`), it takes the offset of its start for good, and names it
/// `GMT-03:00`.
class TimeZone {
public:
    /// The zone that the JVM takes where TZ is `tz`; with an empty or no `tz`, the one that /etc/timezone or the link
    /// /etc/localtime names. The zone becomes the process's: make it before any thread starts, and one at a time.
    explicit TimeZone(const char* tz);

    /// What Date.toString() gives at `instant`: `Sun Nov 22 09:41:00 BRT 2026`.
    std::string date(std::time_t instant) const;

private:
    /// Takes `GMT-3`, `GMT+03:30`: the JVM's own notation, in which minus is west of Greenwich (in POSIX it is east).
    bool set_custom(const std::string& id);

    std::optional<long> winter_offset_;  ///< in seconds east of UTC, where the tz data take summer for the standard
    const ZoneNames* names_ = nullptr;   ///< of a zone that the JVM knows; the others keep one offset and its name:
    long offset_ = 0;                    ///< in seconds east of UTC
    std::string offset_name_ = "GMT";
};

}  // namespace parley::java
