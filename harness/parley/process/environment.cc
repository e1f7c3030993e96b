#include "parley/process/environment.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "parley/base/format.h"

namespace parley {

namespace {

constexpr const char* fixed_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

bool is_program(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), X_OK) == 0;
}

std::string find_in(std::string_view folders, const std::string& name) {
    while (!folders.empty()) {
        const auto end = folders.find(':');
        const auto candidate = std::string(folders.substr(0, end)) + "/" + name;
        if (is_program(candidate)) return candidate;
        if (end == std::string_view::npos) break;
        folders.remove_prefix(end + 1);
    }
    return {};
}

}  // namespace

std::vector<std::string> pinned_environment(const std::map<std::string, std::string>& overrides) {
    std::map<std::string, std::string> all{
        {"TZ", "UTC"}, {"LANG", "C.UTF-8"}, {"LC_ALL", "C.UTF-8"}, {"PATH", fixed_path}, {"HOME", "/nonexistent"}};
    for (const auto& [key, value] : overrides) all[key] = value;
    std::vector<std::string> strings;
    strings.reserve(all.size());
    for (const auto& [key, value] : all) strings.push_back(format("{}={}", key, value));
    return strings;
}

std::string find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    if (auto found = find_in(fixed_path, name); !found.empty()) return found;
    const char* callers = std::getenv("PATH");
    return callers ? find_in(callers, name) : std::string();
}

}  // namespace parley
