#include "java_date.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string_view>
#include <system_error>

namespace parley::java {

namespace {

constexpr ZoneNames zones[] = {
#include "java_zones.inc"
};

/// Zones whose tz data take the summer for the standard, and the winter, or Ramadan, for what deviates. To the JVM
/// summer is what is not at this offset from UTC (in seconds).
struct SummerIsStandard {
    std::string_view ids;
    long winter_offset;
};
constexpr SummerIsStandard summer_is_standard[] = {
    {"Africa/Casablanca Africa/El_Aaiun Eire Europe/Dublin", 0},
    {"Africa/Windhoek", 3600},
};

bool names_id(std::string_view ids, const std::string& id) {
    return (" " + std::string(ids) + " ").find(" " + id + " ") != std::string::npos;
}

const ZoneNames* find_zone(const std::string& id) {
    if (id.empty()) return nullptr;
    for (const ZoneNames& zone : zones)
        if (names_id(zone.ids, id)) return &zone;
    return nullptr;
}

/// The zone's id in `text`, without what the JVM skips before it.
std::string without_prefixes(std::string text) {
    if (text.starts_with(':')) text.erase(0, 1);
    if (text.starts_with("posix/")) text.erase(0, 6);
    return text;
}

/// The id that the machine's own files give: Debian's /etc/timezone first, as the JVM does.
std::string machine_zone_id() {
    std::string id;
    if (std::ifstream file("/etc/timezone"); std::getline(file, id) && !id.empty()) return id;
    std::error_code none;
    const std::string target = std::filesystem::read_symlink("/etc/localtime", none).string();
    const std::size_t folder = target.find("zoneinfo/");
    return folder == std::string::npos ? "" : target.substr(folder + std::string_view("zoneinfo/").size());
}

std::string format(const std::tm& time, const std::string& zone) {
    std::array<char, 64> day{}, year{};
    std::strftime(day.data(), day.size(), "%a %b %d %H:%M:%S ", &time);
    std::strftime(year.data(), year.size(), " %Y", &time);
    return day.data() + zone + year.data();
}

/// The JVM's name for a time so far from Greenwich: `GMT-03:00`.
std::string gmt(char sign, long hours, long minutes) {
    std::array<char, 64> name{};
    std::snprintf(name.data(), name.size(), "GMT%c%02ld:%02ld", sign, hours, minutes);
    return name.data();
}

/// The process's offset from UTC at present, in the same form.
std::string present_offset_id() {
    const std::time_t now = std::time(nullptr);
    std::tm time{};
    localtime_r(&now, &time);
    const long minutes = std::labs(time.tm_gmtoff) / 60;
    return minutes == 0 ? "GMT" : gmt(time.tm_gmtoff < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace

TimeZone::TimeZone(const char* tz) {
    const bool given = tz != nullptr && *tz != '\0';
    const std::string id = without_prefixes(given ? tz : machine_zone_id());
    names_ = find_zone(id);
    for (const SummerIsStandard& zone : summer_is_standard)
        if (names_id(zone.ids, id)) winter_offset_ = zone.winter_offset;
    setenv("TZ", names_ != nullptr || !given ? id.c_str() : tz, 1);
    tzset();
    if (names_ != nullptr) return;
    if (!set_custom(id)) set_custom(present_offset_id());
    setenv("TZ", "UTC0", 1);  // After `right/Asia/Tokyo` even gmtime would count leap seconds.
    tzset();
}

std::string TimeZone::date(std::time_t instant) const {
    std::tm time{};
    if (names_ == nullptr) {
        instant += offset_;
        return format(*gmtime_r(&instant, &time), offset_name_);
    }
    localtime_r(&instant, &time);
    const bool daylight = winter_offset_ ? time.tm_gmtoff != *winter_offset_ : time.tm_isdst > 0;
    return format(time, daylight ? names_->daylight : names_->standard);
}

bool TimeZone::set_custom(const std::string& id) {
    static const std::regex notation("GMT([+-])([0-9]{1,2})(?::?([0-9]{2}))?");
    std::smatch part;
    if (!std::regex_match(id, part, notation)) return false;
    const int hours = std::stoi(part[2]);
    const int minutes = part[3].matched ? std::stoi(part[3]) : 0;
    if (hours > 23 || minutes > 59) return false;
    const char sign = part[1] == "-" ? '-' : '+';
    offset_ = (hours * 60L + minutes) * (sign == '-' ? -60 : 60);
    offset_name_ = gmt(sign, hours, minutes);
    return true;
}

}  // namespace parley::java
