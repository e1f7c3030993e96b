#include "parley/doctor/mend.h"

namespace parley {

namespace {

std::string as_root(const Platform& platform, const std::string& command) {
    return platform.root ? command : "sudo " + command;
}

std::string install(const Platform& platform, const std::string& package) {
    return platform.has_apt ? as_root(platform, "apt-get install -y " + package) : "";
}

std::string set(const Platform& platform, const std::string& setting) {
    return as_root(platform, "sysctl -w " + setting);
}

// A container is given its rights when it is started, from outside.
std::string start_container_with(const std::string& options) {
    return "docker run " + options + " IMAGE";
}

std::string allow_namespaces(const Platform& platform) {
    if (platform.container)
        return start_container_with(
            "--security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN --cap-add "
            "NET_ADMIN");
    if (platform.apparmor_restricts) return set(platform, "kernel.apparmor_restrict_unprivileged_userns=0");
    if (platform.kernel_forbids) return set(platform, "kernel.unprivileged_userns_clone=1");
    if (platform.none_allowed) return set(platform, "user.max_user_namespaces=10000");
    return platform.root ? "" : "sudo parley doctor";
}

std::string allow_tracing(const Platform& platform) {
    if (platform.container) return start_container_with("--cap-add SYS_PTRACE --security-opt seccomp=unconfined");
    if (platform.traces_nothing) return set(platform, "kernel.yama.ptrace_scope=1");
    return "";
}

std::string delegate_group(const Platform& platform) {
    if (platform.container) return start_container_with("--privileged --cgroupns private");
    return platform.root ? "systemd-run --scope -p Delegate=yes parley doctor"
                         : "systemd-run --user --scope -p Delegate=yes parley doctor";
}

std::string name_localhost(const Platform& platform) {
    return platform.root ? "echo '127.0.0.1 localhost' >> /etc/hosts"
                         : "echo '127.0.0.1 localhost' | sudo tee -a /etc/hosts";
}

}  // namespace

std::string mend(const Examined& gap, const Platform& platform) {
    const bool installed = !gap.trouble.ends_with("is not installed");
    switch (gap.feature) {
        case Feature::user_namespaces:
        case Feature::network_namespaces:
        case Feature::loopback: return allow_namespaces(platform);
        case Feature::localhost: return name_localhost(platform);
        case Feature::bubblewrap: return installed ? allow_namespaces(platform) : install(platform, "bubblewrap");
        case Feature::cgroup: return delegate_group(platform);
        case Feature::pidfd:
        case Feature::ptrace: return allow_tracing(platform);
        case Feature::strace: return installed ? allow_tracing(platform) : install(platform, "strace");
        case Feature::faketime: return install(platform, "libfaketime");
        case Feature::preload: return "";
        case Feature::translations: return install(platform, "gettext");
        case Feature::python: return install(platform, "python3");
        case Feature::java: return install(platform, "default-jdk-headless");
    }
    return "";
}

}  // namespace parley
