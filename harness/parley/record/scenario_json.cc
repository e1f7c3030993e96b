#include "parley/record/scenario_json.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "parley/json/pretty.h"
#include "parley/record/value_json.h"

namespace parley {

namespace {

Json event_json(StreamEvent event) {
    switch (event) {
        case StreamEvent::end: return {{"event", "end"}};
        case StreamEvent::reset: return {{"event", "reset"}};
        case StreamEvent::refused: return {{"event", "refused"}};
    }
    return {};
}

Json pause_json(const Pause& pause) {
    return {{"event", "pause"}, {"seconds", std::chrono::duration<double>(pause.length).count()}};
}

Json turn_json(const Turn& turn) {
    const auto* who = turn.who == Who::both ? "both" : name(sides_of(turn.who).front());
    Json json;
    if (const auto* value = std::get_if<Value>(&turn.what)) json[who] = to_json(*value);
    if (const auto* event = std::get_if<StreamEvent>(&turn.what)) json[who] = event_json(*event);
    if (const auto* pause = std::get_if<Pause>(&turn.what)) json[who] = pause_json(*pause);
    if (turn.pieces_of > 0) json["pieces_of"] = turn.pieces_of;
    return json;
}

Json exchange_json(const std::vector<Turn>& exchange) {
    Json list = Json::array();
    for (const auto& turn : exchange) list.push_back(turn_json(turn));
    return list;
}

Json expectation_json(const Expectation& expect, std::size_t copies) {
    Json json;
    if (expect.exit) json["exit"] = *expect.exit;
    if (expect.running) json["running"] = true;
    if (expect.out) json["stdout"] = to_json(*expect.out, copies);
    if (expect.err) json["stderr"] = to_json(*expect.err, copies);
    return json;
}

Json command_json(const Implementation& own) {
    Json json{{"command", own.command}};
    for (const auto& need : own.needs) json["needs"].push_back({{"path", need.path}, {"package", need.package}});
    return json;
}

/// `copies`: how often what the part prints may repeat itself.
Json part_json(const ProgramPart& part, std::size_t copies) {
    if (part.player == Player::script) return {{"scripted", true}};
    if (part.player == Player::idle) return {{"idle", true}};
    Json json = part.own ? command_json(*part.own) : Json{{"role", part.role}};
    if (part.argv) json["argv"] = *part.argv;
    if (part.host) json["host"] = *part.host;
    if (part.port) json["port"] = *part.port;
    if (!part.input.empty()) json["stdin"] = to_json(Value{{Literal{part.input}}, {}});
    for (const auto& [variable, value] : part.env) json["env"][variable] = value;
    if (auto expect = expectation_json(part.expect, copies); !expect.is_null()) json["expect"] = std::move(expect);
    return json;
}

Json server_json(const Scenario& scenario) {
    auto json = part_json(*scenario.server, scenario.clients.size());
    if (scenario.server->port_in_use) json["port_in_use"] = true;
    return json;
}

struct ClientJson {
    Json part;
    Json exchange;
    std::size_t times = 1;
};

/// The clients, neighbours that are the same told once.
std::vector<ClientJson> clients_json(const Scenario& scenario) {
    std::vector<ClientJson> clients;
    for (const auto& client : scenario.clients) {
        ClientJson json{part_json(client, 1), exchange_json(client.exchange)};
        const bool again =
            !clients.empty() && clients.back().part == json.part && clients.back().exchange == json.exchange;
        if (again)
            ++clients.back().times;
        else
            clients.push_back(std::move(json));
    }
    for (auto& client : clients)
        if (client.times > 1) client.part["times"] = client.times;
    return clients;
}

/// One client, or several that are the same, share the scenario's exchange; others have each their own.
void add_clients(const Scenario& scenario, Json& json) {
    auto clients = clients_json(scenario);
    if (clients.size() == 1) {
        json["client"] = std::move(clients.front().part);
        if (scenario.server || !clients.front().exchange.empty())
            json["exchange"] = std::move(clients.front().exchange);
        return;
    }
    for (auto& client : clients) {
        client.part["exchange"] = std::move(client.exchange);
        json["clients"].push_back(std::move(client.part));
    }
}

}  // namespace

Json to_json(const Scenario& scenario) {
    Json json{{"about", scenario.about}};
    if (!scenario.tags.empty()) json["tags"] = scenario.tags;
    if (scenario.port) json["port"] = *scenario.port;
    if (scenario.time_limit != Scenario().time_limit)
        json["time_limit"] = std::chrono::duration<double>(scenario.time_limit).count();
    if (scenario.server) json["server"] = server_json(scenario);
    add_clients(scenario, json);
    if (scenario.at_once) json["at_once"] = true;
    if (scenario.outcome == Outcome::deadlock) json["outcome"] = "deadlock";
    return json;
}

std::string file_text(const Scenario& scenario, const std::string& schema) {
    Json json;
    if (!schema.empty()) json["$schema"] = schema;
    json.update(to_json(scenario));
    return pretty(json, {"clients", "exchange"}) + "\n";
}

}  // namespace parley
