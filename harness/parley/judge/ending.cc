#include "parley/judge/ending.h"

#include <algorithm>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/acts.h"
#include "parley/judge/wording.h"
#include "parley/scenario/turns.h"

namespace parley {

namespace {

using Code = Finding::Code;

/// The finding of what is owed, or one about `side` as a whole.
Finding based_on(const Scenario& scenario, const std::optional<Owed>& owed, Code code, Side side, int client) {
    Finding finding;
    if (owed) finding = owed->finding;
    finding.code = code;
    if (owed) return finding;
    finding.side = side;
    finding.client = client;
    if (side == Side::server && scenario.server) finding.position = scenario.server->position;
    if (side == Side::client && !scenario.clients.empty()) {
        finding.position = scenario.clients[static_cast<std::size_t>(client)].position;
    }
    return finding;
}

/// The first client that is still there; nothing where all have ended.
std::optional<int> running_client(const Scenario& scenario, const Observation& observation) {
    for (std::size_t i = 0; i < std::min(scenario.clients.size(), observation.clients.size()); ++i) {
        if (!scenario.clients[i].is_program()) continue;
        if (std::holds_alternative<Running>(observation.clients[i].state)) return static_cast<int>(i);
    }
    return std::nullopt;
}

std::string seconds_text(const Observation& observation) {
    return with_decimal_mark(format("{:.3g}", observation.seconds));
}

Finding deadlock(const Scenario& scenario, const Observation& observation, const std::optional<Owed>& owed, bool held) {
    auto finding = based_on(scenario, owed, Code::deadlock, Side::client, 0);
    const auto activities = all_activities(scenario, observation);
    finding.message = !owed && !held ? told("all wait for each other: {}", activities)
                                     : told("all wait for each other: {}; {}", activities,
                                            owed ? owed->text : tr("the exchange was complete"));
    return finding;
}

Finding deadline(const Scenario& scenario, const Observation& observation, const std::optional<Owed>& owed, bool held) {
    const auto client = running_client(scenario, observation);
    const Side side = client ? Side::client : Side::server;
    auto finding = based_on(scenario, owed, Code::deadline, side, client.value_or(0));
    const auto late =
        client ? told("the exchange was complete, but {} had not ended", subject(scenario, Side::client, *client))
               : tr("the exchange was complete, but the server had not come to rest");
    const auto activities = all_activities(scenario, observation);
    finding.message = !owed && !held ? told("time was up after {} s: {}", seconds_text(observation), activities)
                                     : told("time was up after {} s: {}; {}", seconds_text(observation),
                                            owed ? owed->text : late, activities);
    return finding;
}

/// Of the direction with the most octets beyond what it has to say. The run itself knows that there is one.
Finding flood(const Scenario& scenario, const Observation& observation) {
    const auto& connections = observation.transcript.connections;
    Finding found;
    std::uint64_t most = 0;
    for (std::size_t connection = 0; connection < connections.size(); ++connection) {
        const int client = connections[connection].client;
        for (const Side side : {Side::client, Side::server}) {
            const auto sent = octets_sent(observation.transcript, static_cast<int>(connection), side);
            const auto said = octets_said(scenario.clients[static_cast<std::size_t>(client)].exchange, side);
            if (!said || sent < *said + most) continue;
            most = sent - *said;
            found = based_on(scenario, std::nullopt, Code::output_flood, side, client);
            found.message = told("{} went on sending, and was ended when it had sent {} more than it has to say",
                                 subject(scenario, side, client), octets(most));
        }
    }
    return found;
}

Finding deadlock_missing(const Scenario& scenario, const Observation& observation) {
    auto finding = based_on(scenario, std::nullopt, Code::deadlock_missing, Side::client, 0);
    finding.expected = tr("a deadlock");
    const auto activities = all_activities(scenario, observation);
    finding.message = observation.ending == Ending::deadline
                          ? told("a deadlock was expected, but time was up after {} s without one: {}",
                                 seconds_text(observation), activities)
                          : told("a deadlock was expected, but the conversation came to its end: {}", activities);
    return finding;
}

}  // namespace

std::optional<Finding> check_ending(const Scenario& scenario, const Observation& observation,
                                    const std::optional<Owed>& owed, bool held) {
    if (scenario.outcome == Outcome::deadlock) {
        if (observation.ending == Ending::deadlock) return std::nullopt;
        return deadlock_missing(scenario, observation);
    }
    if (observation.ending == Ending::deadlock) return deadlock(scenario, observation, owed, held);
    if (observation.ending == Ending::deadline) return deadline(scenario, observation, owed, held);
    if (observation.ending == Ending::flood) return flood(scenario, observation);
    return std::nullopt;
}

}  // namespace parley
