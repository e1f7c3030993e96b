// On which ports the parts of a scenario meet.
#pragma once

#include <cstdint>

#include "parley/scenario/implementation.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// On which the server is to listen; where there is none, to which the clients connect.
std::uint16_t server_port(const Scenario& scenario, const Catalogue& catalogue);

/// To which `client` connects.
std::uint16_t client_port(const Scenario& scenario, const ClientPart& client, const Catalogue& catalogue);

}  // namespace parley
