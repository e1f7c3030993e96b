// The diagram of what was seen.
#pragma once

#include <vector>

#include "parley/report/diagram.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What `client` (its index in the scenario) and the server did on their connections, in the order in which it was
/// seen, and how both stood at the end.
std::vector<DiagramRow> observed_rows(const Scenario& scenario, const Observation& observation, int client);

}  // namespace parley
