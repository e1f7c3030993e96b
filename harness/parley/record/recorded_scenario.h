// The scenario that describes what was seen.
#pragma once

#include <string>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// `played`, which says who plays with what, with all that was seen as what is expected: each client's exchange, how
/// the programs ended, what they printed. Of what more was printed than is kept nothing is expected.
Scenario recorded_scenario(const Scenario& played, const Observation& observation);

/// What was seen and no scenario can expect: `the server was killed by signal 11 (SIGSEGV)`. Empty: nothing.
std::string beyond_description(const Scenario& played, const Observation& observation);

}  // namespace parley
