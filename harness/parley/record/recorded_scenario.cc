#include "parley/record/recorded_scenario.h"

#include <algorithm>
#include <optional>

#include "parley/judge/acts.h"
#include "parley/judge/arrival.h"
#include "parley/judge/wording.h"
#include "parley/record/recorded_value.h"

namespace parley {

namespace {

std::optional<Value> recorded_console(const Captured& printed, const Variables& variables, const std::set<int>& ports) {
    if (printed.total > printed.bytes.size()) return std::nullopt;
    return recorded_value(printed.bytes, variables, ports);
}

Expectation recorded_expectation(const ProgramObservation& program, const Variables& variables,
                                 const std::set<int>& ports) {
    Expectation expect;
    if (const auto* exited = std::get_if<Exited>(&program.state)) expect.exit = exited->status;
    expect.running = std::holds_alternative<Running>(program.state);
    expect.out = recorded_console(program.out, variables, ports);
    expect.err = recorded_console(program.err, variables, ports);
    return expect;
}

/// Without a connection there was none to make, or nobody listened.
std::vector<Turn> recorded_exchange(const Observation& observation, int client, const Variables& variables) {
    const auto connections = connections_of(observation, client);
    const bool refused = !observation.server && observation.clients[static_cast<std::size_t>(client)].opened_connection;
    if (refused) return {Turn{Who::client, StreamEvent::refused, {}}};
    if (connections.empty()) return {};
    const auto& connection = observation.transcript.connections[static_cast<std::size_t>(connections.front())];
    auto turns = turns_seen(observation.transcript, connections.front());
    for (auto& turn : turns) {
        auto* value = std::get_if<Value>(&turn.what);
        if (!value) continue;
        const Side side = turn.who == Who::server ? Side::server : Side::client;
        *value = recorded_value(*value->literal(), variables, ports_seen_by(side, connection));
    }
    return turns;
}

}  // namespace

Scenario recorded_scenario(const Scenario& played, const Observation& observation) {
    const auto variables = variables_of(observation);
    auto scenario = played;
    if (scenario.server)
        scenario.server->expect =
            recorded_expectation(*observation.server, variables, ports_seen_by(Side::server, 0, observation));
    for (std::size_t i = 0; i < scenario.clients.size(); ++i) {
        const auto client = static_cast<int>(i);
        scenario.clients[i].expect =
            recorded_expectation(observation.clients[i], variables, ports_seen_by(Side::client, client, observation));
        scenario.clients[i].exchange = recorded_exchange(observation, client, variables);
    }
    if (observation.ending == Ending::deadlock) scenario.outcome = Outcome::deadlock;
    return scenario;
}

std::string beyond_description(const Scenario& played, const Observation& observation) {
    const auto was_killed = [](const ProgramObservation& program) {
        return std::holds_alternative<Signaled>(program.state);
    };
    if (observation.server && was_killed(*observation.server))
        return "the server " + ended_text(observation.server->state);
    const auto killed = std::ranges::find_if(observation.clients, was_killed);
    if (killed == observation.clients.end()) return {};
    const auto client = static_cast<int>(killed - observation.clients.begin());
    return subject(played, Side::client, client) + " " + ended_text(killed->state);
}

}  // namespace parley
