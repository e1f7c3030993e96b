// What tests say of verdicts.
#pragma once

#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <vector>

#include "parley/judge/judge.h"

namespace parley {

inline void PrintTo(const Finding& finding, std::ostream* out) {
    *out << name(finding.code) << " (" << name(finding.side) << " " << finding.client << "): " << finding.message;
}

inline void PrintTo(const Verdict& verdict, std::ostream* out) {
    *out << name(verdict.kind);
    for (const auto& finding : verdict.findings) {
        *out << "\n  ";
        PrintTo(finding, out);
    }
}

/// Passed, without any finding.
MATCHER(Passes, "passes") {
    return arg.kind == Verdict::Kind::passed && arg.findings.empty();
}

/// The kind of a verdict and the codes of its findings, as one line.
inline std::string summary_of(Verdict::Kind kind, const std::vector<Finding::Code>& codes) {
    std::string summary = name(kind);
    for (auto code : codes) summary += std::string(" ") + name(code);
    return summary;
}

/// Of that kind, with findings of exactly those codes in that order.
MATCHER_P2(Has, kind, codes, summary_of(kind, codes)) {
    std::vector<Finding::Code> found;
    for (const auto& finding : arg.findings) found.push_back(finding.code);
    return arg.kind == kind && found == codes;
}

inline auto Fails(std::vector<Finding::Code> codes) {
    return Has(Verdict::Kind::failed, std::move(codes));
}

inline auto CouldNotRun(std::vector<Finding::Code> codes) {
    return Has(Verdict::Kind::could_not_run, std::move(codes));
}

}  // namespace parley
