#include "parley/sandbox/spare_mounts.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "parley/base/format.h"

namespace parley {

namespace {

bool is_spared(const std::string& path, const std::string& type) {
    if (path.starts_with("/sys/")) return type != "cgroup2";
    return path.starts_with("/dev/") || path.starts_with("/proc/");
}

/// Mount points in the order in which they can be taken away. proc(5): the fifth field of mountinfo, and the one after
/// " - "; a path that holds blanks has escapes, and is left alone.
std::vector<std::string> spared_mounts() {
    std::vector<std::string> found;
    std::ifstream list("/proc/self/mountinfo");
    for (std::string line; std::getline(list, line);) {
        std::istringstream fields(line);
        std::string skipped, path, type;
        fields >> skipped >> skipped >> skipped >> skipped >> path;
        while (fields >> skipped && skipped != "-") continue;
        fields >> type;
        if (is_spared(path, type)) found.insert(found.begin(), path);
    }
    return found;
}

}  // namespace

FileDescriptor make_spare_mounts() {
    const auto spared = spared_mounts();
    int made[2], seen[2];
    if (pipe2(made, O_CLOEXEC) < 0) return {};
    FileDescriptor is_made(made[0]), tell_made(made[1]);
    if (pipe2(seen, O_CLOEXEC) < 0) return {};
    FileDescriptor is_seen(seen[0]), tell_seen(seen[1]);
    // In a process of its own: a thread that has left the mounts of its process cannot come back to them.
    const pid_t child = fork();
    if (child == 0) {
        tell_seen.reset();
        if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0) _exit(1);
        bool any = false;
        for (const auto& path : spared) any |= umount2(path.c_str(), MNT_DETACH) == 0;
        char done = 0;
        if (any && write(tell_made.get(), &done, 1) == 1 && read(is_seen.get(), &done, 1) == 0) _exit(0);
        _exit(1);
    }
    tell_made.reset();
    is_seen.reset();
    FileDescriptor mounts;
    char done = 0;
    if (child > 0 && read(is_made.get(), &done, 1) == 1)
        mounts.reset(open(format("/proc/{}/ns/mnt", child).c_str(), O_RDONLY | O_CLOEXEC));
    tell_seen.reset();
    if (child > 0) waitpid(child, nullptr, 0);
    return mounts;
}

}  // namespace parley
