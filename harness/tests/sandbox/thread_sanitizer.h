// What tests of namespaces cannot do where ThreadSanitizer watches.
#pragma once

namespace parley {

/// Why this process cannot leave its namespaces of users and mounts (unshare(2), setns(2)); nullptr where it can.
inline const char* why_bound_to_namespace() {
#ifdef __SANITIZE_THREAD__
    return "ThreadSanitizer has a thread of its own, and a process with threads keeps its namespace";
#else
    return nullptr;
#endif
}

}  // namespace parley
