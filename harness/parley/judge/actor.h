// The programs of a cell, as findings name them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// A program that was started, and what is expected of it.
struct Actor {
    const ProgramPart& part;
    const ProgramObservation& program;
    Side side;
    int client;
    std::string name;  ///< `the server`, `client 2`
};

/// None where it was not started, or is no program. What they point to must outlive them.
std::optional<Actor> server_of(const Scenario& scenario, const Observation& observation);
std::vector<Actor> clients_of(const Scenario& scenario, const Observation& observation);
/// The server, then the clients.
std::vector<Actor> actors_of(const Scenario& scenario, const Observation& observation);

Finding finding_of(const Actor& actor, Finding::Code code, Position position, std::string message);

}  // namespace parley
