// What a machine may have that parley makes use of.
#pragma once

#include <string>
#include <vector>

namespace parley {

enum class Feature {
    user_namespaces,
    network_namespaces,
    loopback,
    localhost,
    bubblewrap,
    cgroup,
    pidfd,
    ptrace,
    strace,
    faketime,
    preload,
    translations,
    python,
    java,
};
constexpr Feature last_feature = Feature::java;

/// As the JSON spells it: `network-namespaces`.
const char* name(Feature feature);
/// In words: `private network namespaces`.
const char* title(Feature feature);
/// Whether parley can run no cell at all without it.
bool is_required(Feature feature);

/// What came of trying it.
struct Examined {
    Feature feature = Feature::user_namespaces;
    std::string trouble;  ///< the step that failed and why; empty: it works
    std::string detail;   ///< what was found, a version say; may be empty
    bool works() const { return trouble.empty(); }
};

/// Whether `feature` is among `all` and works.
bool works(const std::vector<Examined>& all, Feature feature);

}  // namespace parley
