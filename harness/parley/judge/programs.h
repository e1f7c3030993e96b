// How the programs ended and what they printed, held against what the scenario expects of them.
#pragma once

#include <vector>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// Programs that a signal ended, whether or not the scenario says how they end: such an end explains what else is
/// wrong.
std::vector<Finding> find_killed(const Scenario& scenario, const Observation& observation);

/// Programs that did not end, or stay, as expected.
std::vector<Finding> check_ends(const Scenario& scenario, const Observation& observation);

/// Programs that did not print what was expected. `captures` holds what each client's conversation kept; the server
/// may print what that of its only client did.
std::vector<Finding> check_consoles(const Scenario& scenario, const Observation& observation,
                                    const std::vector<Captures>& captures);

}  // namespace parley
