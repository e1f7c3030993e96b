// judge(scenario, observation) -> verdict. A pure function: no clock, no I/O, no state.
#pragma once

#include "parley/judge/verdict.h"
#include "parley/scenario/plan.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What the scenario says of the observation.
///
/// `could_not_run` where the conversation never began through no fault that the scenario is about: a program that could
/// not be started, a server that never listened, a client that ended without opening a connection, trouble of the
/// harness. `unsupported` where the scenario sets the server's clock, and the server tells the time of the machine all
/// the same: its program cannot be given another. Otherwise `failed` with at least one finding, or `passed` with none.
Verdict judge(const Scenario& scenario, const Observation& observation);

/// What becomes of the verdict on a cell that is known to fail: a failure, also to run, is a known one; a pass is a
/// failure, for the entry has to go. Trouble of the harness says nothing of the programs, so it stays what it is.
Verdict with_known_failure(Verdict verdict, const KnownFailure& known);

/// The verdict on a cell. Of one that is unsupported the observation says nothing.
Verdict judge(const Cell& cell, const Observation& observation);

}  // namespace parley
