#include "parley/record/ends.h"

#include <algorithm>
#include <optional>
#include <set>

#include "parley/judge/acts.h"
#include "parley/judge/arrival.h"

namespace parley {

namespace {

using About = EndQuestion::About;

bool is_end(const Turn& turn) {
    const auto* event = std::get_if<StreamEvent>(&turn.what);
    return event && *event == StreamEvent::end;
}

bool is_data(const Turn& turn) {
    return std::holds_alternative<Value>(turn.what);
}

std::vector<Turn> all_turns(const Observation& observation, std::size_t client) {
    const auto connections = connections_of(observation, static_cast<int>(client));
    return connections.empty() ? std::vector<Turn>() : turns_seen(observation.transcript, connections.front());
}

/// Who falls silent: the next turn would be its.
Side silent_side(const std::vector<Turn>& turns, const EndQuestion& question) {
    return sides_of(turns[question.silence].who).front();
}

/// The data of the other side that stands right before an end, but for an end of that side; nothing where there is
/// none.
std::optional<std::size_t> data_before(const std::vector<Turn>& turns, std::size_t end) {
    for (std::size_t i = end; i > 0 && turns[i - 1].who != turns[end].who; --i)
        if (is_data(turns[i - 1])) return i - 1;
    return std::nullopt;
}

void add_questions(const std::vector<Turn>& turns, std::size_t client, std::vector<EndQuestion>& questions) {
    for (std::size_t end = 0; end < turns.size(); ++end) {
        if (!is_end(turns[end])) continue;
        if (const auto data = data_before(turns, end)) questions.push_back({client, end, About::cause, *data});
        if (end + 1 < turns.size()) questions.push_back({client, end, About::effect, end});
    }
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

/// Removes a turn; data of one side that it stood between becomes one turn.
void remove(std::vector<Turn>& turns, std::size_t index) {
    turns.erase(turns.begin() + static_cast<std::ptrdiff_t>(index));
    if (index == 0 || index == turns.size()) return;
    auto& before = turns[index - 1];
    const auto& after = turns[index];
    if (!is_data(before) || !is_data(after) || before.who != after.who) return;
    for (const auto& part : std::get<Value>(after.what).parts) std::get<Value>(before.what).append(part);
    turns.erase(turns.begin() + static_cast<std::ptrdiff_t>(index));
}

}  // namespace

std::vector<EndQuestion> end_questions(const Scenario& recorded) {
    std::vector<EndQuestion> questions;
    for (std::size_t client = 0; recorded.server && client < recorded.clients.size(); ++client)
        add_questions(recorded.clients[client].exchange, client, questions);
    return questions;
}

Scenario end_experiment(const Scenario& recorded, const Observation& seen, const EndQuestion& question, int port) {
    auto client = recorded.clients[question.client];
    const auto exact = all_turns(seen, question.client);
    const auto silent = silent_side(exact, question);
    client.exchange.resize(question.silence);
    for (std::size_t i = 0; i < client.exchange.size(); ++i)
        if (includes(exact[i].who, silent)) client.exchange[i] = exact[i];
    client.expect = {};

    auto experiment = recorded;
    experiment.port = port;
    experiment.outcome = Outcome::deadlock;
    experiment.server->expect = {};
    if (silent == Side::server) {
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

bool goes_on_anyway(const Observation& seen, const EndQuestion& question, const Observation& experiment) {
    auto turns = all_turns(seen, question.client);
    const auto asked = other(silent_side(turns, question));
    turns.resize(question.silence);
    const auto until_then = deeds_of(asked, turns), in_silence = deeds_of(asked, all_turns(experiment, 0));
    return in_silence.has_ended || in_silence.octets > until_then.octets;
}

void forget_order(Scenario& recorded, const std::vector<EndQuestion>& by_chance) {
    for (std::size_t client = 0; client < recorded.clients.size(); ++client) {
        auto& turns = recorded.clients[client].exchange;
        std::set<std::size_t> unsaid;
        for (const auto& question : by_chance)
            if (question.client == client && question.about == About::cause) unsaid.insert(question.end);
        for (const auto& [whose, end, about, silence] : by_chance) {
            if (whose != client || about != About::effect || unsaid.contains(end)) continue;
            const bool ends_in_a_row = is_end(turns[end + 1]);
            if (ends_in_a_row && unsaid.contains(end + 1)) continue;
            if (ends_in_a_row) turns[end + 1].who = Who::both;
            unsaid.insert(end);
        }
        std::for_each(unsaid.rbegin(), unsaid.rend(), [&](std::size_t end) { remove(turns, end); });
    }
}

}  // namespace parley
