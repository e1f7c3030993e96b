// Mistakes in how a time of day is told.
#pragma once

#include <optional>

#include "parley/judge/cause.h"

namespace parley {

/// What would explain the octets of `finding` where a time of day was expected.
std::optional<Cause> cause_in_time(const Scenario& scenario, const Observation& observation, const Finding& finding);

}  // namespace parley
