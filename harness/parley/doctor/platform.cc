#include "parley/doctor/platform.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include "parley/process/environment.h"

namespace parley {

namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A variable of the kernel; nothing where it does not know it.
std::optional<long> setting(const std::string& name) {
    std::ifstream file("/proc/sys/" + name);
    long value = 0;
    if (!(file >> value)) return std::nullopt;
    return value;
}

std::string system_name() {
    std::ifstream file("/etc/os-release");
    for (std::string line; std::getline(file, line);) {
        const std::string key = "PRETTY_NAME=";
        if (!line.starts_with(key)) continue;
        auto name = line.substr(key.size());
        std::erase(name, '"');
        return name;
    }
    return "Linux";
}

bool in_container() {
    if (access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0) return true;
    const auto groups = text_of("/proc/1/cgroup");
    for (const auto* engine : {"docker", "kubepods", "containerd", "libpod", "lxc"})
        if (groups.find(engine) != std::string::npos) return true;
    return false;
}

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

}  // namespace

std::string Platform::text() const {
    std::string all = system;
    all += root ? ", as root" : ", as an ordinary user";
    if (github) all += ", on GitHub Actions";
    if (container) all += ", in a container";
    return all;
}

Platform platform_here() {
    Platform here;
    here.system = system_name();
    here.has_apt = !find_program("apt-get").empty();
    here.root = geteuid() == 0;
    here.container = in_container();
    here.github = is_set("GITHUB_ACTIONS");
    here.apparmor_restricts = setting("kernel/apparmor_restrict_unprivileged_userns").value_or(0) != 0;
    here.kernel_forbids = setting("kernel/unprivileged_userns_clone").value_or(1) == 0;
    here.none_allowed = setting("user/max_user_namespaces").value_or(1) == 0;
    here.traces_nothing = setting("kernel/yama/ptrace_scope").value_or(0) > (here.root ? 2 : 1);
    return here;
}

}  // namespace parley
