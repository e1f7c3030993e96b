// The diagram of what a scenario expects.
#pragma once

#include <vector>

#include "parley/report/diagram.h"
#include "parley/scenario/implementation.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// The conversation that `scenario` itself describes (of several ways, the one that it is), with the calls of the
/// slides beside it. Clients that are copies of each other are drawn once.
std::vector<DiagramRow> expected_rows(const Scenario& scenario, const Catalogue& catalogue);

/// How many of the clients from `first` on are copies: the scenario's file describes them in one place.
std::size_t copies_from(const Scenario& scenario, std::size_t first);

}  // namespace parley
