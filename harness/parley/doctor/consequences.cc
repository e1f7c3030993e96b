#include "parley/doctor/consequences.h"

#include <algorithm>
#include <array>
#include <utility>

namespace parley {

namespace {

constexpr std::array<std::pair<Feature, const char*>, 5> losses{{
    {Feature::python, "cells with programs in Python"},
    {Feature::java, "cells with programs in Java"},
    {Feature::faketime, "scenarios that set the server's clock"},
    {Feature::strace, "the order of the socket calls"},
    {Feature::translations, "answers in Portuguese"},
}};

}  // namespace

Consequences consequences(const std::vector<Examined>& all) {
    Consequences result;
    const bool runs = std::all_of(all.begin(), all.end(),
                                  [](const Examined& one) { return one.works() || !is_required(one.feature); });
    const bool apart = works(all, Feature::network_namespaces) && works(all, Feature::loopback);
    result.isolation = !runs ? "none" : apart ? "namespace" : "shared";
    result.contained = result.isolation == "namespace" && works(all, Feature::bubblewrap);
    for (const auto& [feature, loss] : losses)
        if (!works(all, feature)) result.unsupported.emplace_back(loss);
    return result;
}

std::vector<std::string> Consequences::sentences() const {
    if (!anything_runs()) return {"Nothing can be run: programs find no localhost."};
    std::vector<std::string> told{isolation == "namespace" ? "Cells run in network namespaces of their own."
                                                           : "All cells share the machine's loopback."};
    told.emplace_back(contained ? "Programs that are verified or graded are contained by bubblewrap."
                                : "Programs that are verified or graded cannot be contained.");
    for (const auto& loss : unsupported) told.push_back("Unsupported: " + loss + ".");
    return told;
}

}  // namespace parley
