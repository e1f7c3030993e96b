#include "parley/run/time_zone.h"

#include <cstdlib>
#include <ctime>
#include <optional>

namespace parley {

int utc_offset(const std::string& name, std::int64_t time) {
    if (name == "UTC") return 0;
    const char* present = std::getenv("TZ");
    const auto before = present ? std::optional<std::string>(present) : std::nullopt;
    setenv("TZ", name.c_str(), 1);
    tzset();
    const std::time_t seconds = time;
    std::tm local{};
    localtime_r(&seconds, &local);
    before ? setenv("TZ", before->c_str(), 1) : unsetenv("TZ");
    tzset();
    return static_cast<int>(local.tm_gmtoff);
}

}  // namespace parley
