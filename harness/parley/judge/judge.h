// judge(scenario, observation) -> verdict. A pure function: no clock, no I/O, no state.
#pragma once

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What the scenario says of the observation.
///
/// `could_not_run` where the conversation never began through no fault that the scenario is about: a program that could
/// not be started, a server that never listened, a client that ended without opening a connection, trouble of the
/// harness. Otherwise `failed` with at least one finding, or `passed` with none.
Verdict judge(const Scenario& scenario, const Observation& observation);

}  // namespace parley
