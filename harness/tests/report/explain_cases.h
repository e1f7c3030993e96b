// A failed cell for each code that a finding can have.
#pragma once

#include <optional>
#include <vector>

#include "parley/judge/verdict.h"
#include "parley/scenario/known_failure.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// The judge's first finding of the two has that code.
struct ExplainCase {
    Finding::Code code;
    Scenario scenario;
    Observation observation;
    std::optional<KnownFailure> known_failure = {};  ///< of the cell
};

/// The judge's verdict on it.
Verdict verdict_of(const ExplainCase& each);

std::vector<ExplainCase> explain_cases();

}  // namespace parley
