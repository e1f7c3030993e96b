#include "parley/doctor/feature.h"

#include <algorithm>

namespace parley {

const char* name(Feature feature) {
    switch (feature) {
        case Feature::user_namespaces: return "user-namespaces";
        case Feature::network_namespaces: return "network-namespaces";
        case Feature::loopback: return "loopback";
        case Feature::localhost: return "localhost";
        case Feature::bubblewrap: return "bubblewrap";
        case Feature::cgroup: return "cgroup";
        case Feature::pidfd: return "pidfd";
        case Feature::ptrace: return "ptrace";
        case Feature::strace: return "strace";
        case Feature::faketime: return "faketime";
        case Feature::preload: return "preload";
        case Feature::translations: return "translations";
        case Feature::python: return "python";
        case Feature::java: return "java";
    }
    return "?";
}

const char* title(Feature feature) {
    switch (feature) {
        case Feature::user_namespaces: return "user namespaces";
        case Feature::network_namespaces: return "private network namespaces";
        case Feature::loopback: return "loopback in them";
        case Feature::localhost: return "localhost";
        case Feature::bubblewrap: return "bubblewrap";
        case Feature::cgroup: return "a control group of one's own";
        case Feature::pidfd: return "process descriptors";
        case Feature::ptrace: return "tracing a child";
        case Feature::strace: return "strace";
        case Feature::faketime: return "libfaketime";
        case Feature::preload: return "preloaded libraries";
        case Feature::translations: return "translations";
        case Feature::python: return "Python";
        case Feature::java: return "Java";
    }
    return "?";
}

bool is_required(Feature feature) {
    return feature == Feature::localhost;
}

bool works(const std::vector<Examined>& all, Feature feature) {
    return std::any_of(all.begin(), all.end(),
                       [=](const Examined& one) { return one.feature == feature && one.works(); });
}

}  // namespace parley
