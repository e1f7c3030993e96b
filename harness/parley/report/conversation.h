// What crossed, as lines for a person.
#pragma once

#include <string>
#include <vector>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// The transcript, a line for each event: `client → server  12  "Hello world!"`. Of more events than fit into about 20
/// lines only those of `client`'s connections, and of those the first and the last.
std::vector<std::string> conversation(const Scenario& scenario, const Observation& observation, int client);

}  // namespace parley
