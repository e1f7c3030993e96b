#include "parley/judge/actor.h"

#include <algorithm>
#include <utility>

#include "parley/judge/wording.h"

namespace parley {

namespace {

// So do idle clients stand, and scripts: no program.
bool was_started(const ProgramObservation& program) {
    return !std::holds_alternative<NotStarted>(program.state);
}

}  // namespace

std::optional<Actor> server_of(const Scenario& scenario, const Observation& observation) {
    if (!scenario.server || !observation.server || !was_started(*observation.server)) return std::nullopt;
    return Actor{*scenario.server, *observation.server, Side::server, 0, side_text(Side::server)};
}

std::vector<Actor> clients_of(const Scenario& scenario, const Observation& observation) {
    std::vector<Actor> actors;
    for (std::size_t i = 0; i < std::min(scenario.clients.size(), observation.clients.size()); ++i) {
        const auto index = static_cast<int>(i);
        const auto& program = observation.clients[i];
        if (was_started(program))
            actors.push_back(
                {scenario.clients[i], program, Side::client, index, subject(scenario, Side::client, index)});
    }
    return actors;
}

std::vector<Actor> actors_of(const Scenario& scenario, const Observation& observation) {
    std::vector<Actor> actors;
    if (const auto server = server_of(scenario, observation)) actors.push_back(*server);
    for (const auto& client : clients_of(scenario, observation)) actors.push_back(client);
    return actors;
}

Finding finding_of(const Actor& actor, Finding::Code code, Position position, std::string message) {
    Finding finding;
    finding.code = code;
    finding.side = actor.side;
    finding.client = actor.client;
    finding.position = position;
    finding.message = std::move(message);
    return finding;
}

}  // namespace parley
