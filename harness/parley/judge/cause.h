// The mistake in a program that would explain a finding.
//
// Each cause is recognised by evidence that it leaves behind, in the octets, in how the connection ended, or in the
// call in which the program waits. Where the evidence fits several, or none, nothing is said: a wrong hint costs more
// than none.
#pragma once

#include <optional>
#include <string>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// A likely mistake.
struct Cause {
    enum class Sureness {
        certain,  ///< nothing else leaves this evidence
        likely,   ///< it is what usually does
    };
    std::string code;  ///< a short name, for machines and tests: `terminator-sent`
    Sureness sureness = Sureness::likely;
    std::string text;  ///< one sentence: what was probably done, and what to do instead
    friend bool operator==(const Cause&, const Cause&) = default;
};

/// What would explain `finding`, the first of a verdict on `observation`.
std::optional<Cause> likely_cause(const Scenario& scenario, const Observation& observation, const Finding& finding);

}  // namespace parley
