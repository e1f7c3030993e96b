// What a program did besides talking: what it used, and what it left behind.
#pragma once

#include "parley/judge/verdict.h"
#include "parley/wire/observation.h"

namespace parley {

/// Adds the findings about the programs' conduct to a verdict: first that a program was ended for what it used, or was
/// suspended, since that explains whatever is missing otherwise; last that it left processes behind.
void add_conduct(const Scenario& scenario, const Observation& observation, Verdict& verdict);

}  // namespace parley
