#include "parley/record/ends.h"

#include <algorithm>

#include "parley/judge/acts.h"
#include "parley/judge/arrival.h"

namespace parley {

namespace {

bool is_end(const Turn& turn) {
    const auto* event = std::get_if<StreamEvent>(&turn.what);
    return event && *event == StreamEvent::end;
}

std::vector<Turn> all_turns(const Observation& observation, std::size_t client) {
    const auto connections = connections_of(observation, static_cast<int>(client));
    return connections.empty() ? std::vector<Turn>() : turns_seen(observation.transcript, connections.front());
}

/// What `side` did: so many octets, and an end of whichever kind.
struct Deeds {
    std::size_t octets = 0;
    bool has_ended = false;
};

Deeds deeds_of(Side side, const std::vector<Turn>& turns) {
    Deeds deeds;
    for (const auto& turn : turns) {
        if (!includes(turn.who, side)) continue;
        const auto* value = std::get_if<Value>(&turn.what);
        deeds.has_ended = deeds.has_ended || !value;
        if (value) deeds.octets += value->literal()->size();
    }
    return deeds;
}

}  // namespace

std::vector<EndQuestion> end_questions(const Scenario& recorded) {
    std::vector<EndQuestion> questions;
    for (std::size_t client = 0; recorded.server && client < recorded.clients.size(); ++client) {
        const auto& turns = recorded.clients[client].exchange;
        const auto end = std::ranges::find_if(turns, is_end);
        if (turns.end() - end < 2) continue;
        questions.push_back({client, static_cast<std::size_t>(end - turns.begin())});
    }
    return questions;
}

Scenario end_experiment(const Scenario& recorded, const Observation& seen, EndQuestion question, int port) {
    auto client = recorded.clients[question.client];
    const auto exact = all_turns(seen, question.client);
    const auto silent = exact[question.turn].who;
    client.exchange.resize(question.turn);
    for (std::size_t i = 0; i < question.turn; ++i)
        if (exact[i].who == silent) client.exchange[i] = exact[i];
    client.expect = {};

    auto experiment = recorded;
    experiment.port = port;
    experiment.outcome = Outcome::deadlock;
    experiment.server->expect = {};
    if (silent == Who::server) {
        experiment.server.emplace().player = Player::script;
    } else {
        ClientPart script;
        script.player = Player::script;
        script.exchange = std::move(client.exchange);
        client = std::move(script);
    }
    experiment.clients = {std::move(client)};
    return experiment;
}

bool goes_on_anyway(const Observation& seen, EndQuestion question, const Observation& experiment) {
    auto turns = all_turns(seen, question.client);
    const auto asked = other(sides_of(turns[question.turn].who).front());
    turns.resize(question.turn);
    const auto before = deeds_of(asked, turns), without_end = deeds_of(asked, all_turns(experiment, 0));
    return without_end.has_ended || without_end.octets > before.octets;
}

void forget_order(std::vector<Turn>& turns, std::size_t end) {
    const auto place = turns.begin() + static_cast<std::ptrdiff_t>(end);
    if (is_end(turns[end + 1])) (place + 1)->who = Who::both;
    turns.erase(place);
}

}  // namespace parley
