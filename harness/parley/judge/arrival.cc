#include "parley/judge/arrival.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "parley/base/language.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

using Code = Finding::Code;
using Kind = Verdict::Kind;

Verdict verdict_of(Kind kind, Code code, Side side, int client, Position position, std::string message) {
    Finding finding;
    finding.code = code;
    finding.side = side;
    finding.client = client;
    finding.position = position;
    finding.message = std::move(message);
    return {kind, {std::move(finding)}, {}};
}

std::optional<Verdict> check_harness(const Observation& observation) {
    std::string message;
    if (observation.ending == Ending::broken) message = told("the harness failed: {}", observation.trouble);
    if (observation.ending == Ending::interrupted) message = tr("the run was interrupted before the cell was over");
    if (message.empty()) return std::nullopt;
    return verdict_of(Kind::could_not_run, Code::harness_trouble, Side::client, 0, {}, std::move(message));
}

std::optional<Verdict> check_start(const Scenario& scenario, const ProgramObservation& program, const ProgramPart& part,
                                   Side side, int client) {
    const auto* not_started = std::get_if<NotStarted>(&program.state);
    if (!not_started || not_started->reason.empty()) return std::nullopt;
    return verdict_of(Kind::could_not_run, Code::not_started, side, client, part.position,
                      told("{} could not be started: {}", subject(scenario, side, client), not_started->reason));
}

/// What it does, or how it ended and what it complained of.
std::string standing_text(const ProgramObservation& program) {
    if (std::holds_alternative<Running>(program.state)) return told("it {}", activity_text(program));
    return state_text(program.state) + complaint_text(program);
}

/// Whether a client finds there what listens there: at any address, or at the usual one of the loopback.
bool is_found(const std::string& address) {
    if (address.ends_with(v6_only_mark)) return false;
    constexpr std::array found{"0.0.0.0:", "[::]:", "*:", "127.0.0.1:", "[::1]:", "[::ffff:127.0.0.1]:"};
    return std::any_of(found.begin(), found.end(), [&](const char* host) { return address.starts_with(host); });
}

std::optional<Verdict> check_listening(const Scenario& scenario, const Observation& observation) {
    if (has_listened(observation)) return std::nullopt;
    const auto& server = *observation.server;
    if (server.listens.empty()) {
        const bool running = std::holds_alternative<Running>(server.state);
        const auto stands = standing_text(server);
        auto message = running ? told("the server has not listened on port {}: {}", observation.port, stands)
                               : told("the server ended before it listened on port {}: {}", observation.port, stands);
        return verdict_of(Kind::could_not_run, Code::never_listened, Side::server, 0, scenario.server->position,
                          std::move(message));
    }
    const auto& address = server.listens.front();
    const int port = port_of(address);
    auto message =
        port == observation.port && address.ends_with(v6_only_mark)
            ? told("the server listens on port {} for IPv6 alone, where clients look for it at 127.0.0.1", port)
        : port == observation.port ? told("the server listens on {} alone, where no client looks for it", address)
                                   : told("the server listens on port {}, not on {}", port, observation.port);
    if (port == with_bytes_swapped(observation.port)) {
        message += told(": that is {} with its bytes swapped: htons is missing", observation.port);
    }
    return verdict_of(Kind::failed, Code::wrong_port, Side::server, 0, scenario.server->position, std::move(message));
}

/// A client that opened no connection is no conversation; one that went elsewhere is wrong.
std::optional<Verdict> check_connecting(const Scenario& scenario, const Observation& observation, int client) {
    const auto& part = scenario.clients[static_cast<std::size_t>(client)];
    const auto& program = observation.clients[static_cast<std::size_t>(client)];
    if (was_left_out(scenario, observation, client)) return std::nullopt;
    if (!connections_of(observation, client).empty()) return std::nullopt;
    if (!scenario.server && (part.exchange.empty() || program.opened_connection)) return std::nullopt;

    const auto who = subject(scenario, Side::client, client);
    const bool running = std::holds_alternative<Running>(program.state);
    const auto stands = standing_text(program);
    if (!program.opened_connection) {
        auto message = running ? told("{} has not opened a connection: {}", who, stands)
                               : told("{} ended before it opened a connection: {}", who, stands);
        return verdict_of(Kind::could_not_run, Code::never_connected, Side::client, client, part.position,
                          std::move(message));
    }
    return verdict_of(Kind::failed, Code::never_connected, Side::client, client, part.position,
                      told("{} called connect(), but not to the port of the server: {}", who, stands));
}

std::optional<Verdict> check_starts(const Scenario& scenario, const Observation& observation) {
    if (scenario.server && observation.server) {
        if (auto verdict = check_start(scenario, *observation.server, *scenario.server, Side::server, 0))
            return verdict;
    }
    for (std::size_t i = 0; i < std::min(scenario.clients.size(), observation.clients.size()); ++i) {
        const auto& part = scenario.clients[i];
        if (!part.is_program()) continue;
        auto verdict = check_start(scenario, observation.clients[i], part, Side::client, static_cast<int>(i));
        if (verdict) return verdict;
    }
    return std::nullopt;
}

}  // namespace

int port_of(std::string_view address) {
    const auto digits = address.substr(address.rfind(':') + 1);
    int port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return port;
}

int with_bytes_swapped(int port) {
    return (port & 0xff) << 8 | (port >> 8 & 0xff);
}

bool was_reached(const Observation& observation) {
    const auto& events = observation.transcript.events;
    return std::any_of(events.begin(), events.end(), [](const WireEvent& event) {
        return event.kind == WireEvent::Kind::connected && event.side == Side::server;
    });
}

bool has_listened(const Observation& observation) {
    const auto& listens = observation.server->listens;
    return was_reached(observation) || std::any_of(listens.begin(), listens.end(), [&](const std::string& address) {
               return port_of(address) == observation.port && is_found(address);
           });
}

std::vector<int> connections_of(const Observation& observation, int client) {
    std::vector<int> connections;
    const auto& all = observation.transcript.connections;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].client == client) connections.push_back(static_cast<int>(i));
    }
    return connections;
}

std::set<int> ports_seen_by(Side side, const Connection& connection) {
    const int port = side == Side::server ? connection.server_port : connection.client_port;
    return port == 0 ? std::set<int>() : std::set{port};
}

std::set<int> ports_seen_by(Side side, int client, const Observation& observation) {
    if (!observation.transcript.refused.empty()) return {};
    std::set<int> ports;
    for (const auto& connection : observation.transcript.connections) {
        if (side == Side::server || connection.client == client) ports.merge(ports_seen_by(side, connection));
    }
    return ports;
}

bool was_left_out(const Scenario& scenario, const Observation& observation, int client) {
    const auto index = static_cast<std::size_t>(client);
    if (!connections_of(observation, client).empty()) return false;
    if (!scenario.clients[index].is_program() || index >= observation.clients.size()) return true;
    return std::holds_alternative<NotStarted>(observation.clients[index].state);
}

std::optional<Verdict> check_arrival(const Scenario& scenario, const Observation& observation) {
    if (auto verdict = check_harness(observation)) return verdict;
    if (auto verdict = check_starts(scenario, observation)) return verdict;
    if (scenario.clients.empty()) return std::nullopt;
    if (scenario.server && observation.server) {
        if (auto verdict = check_listening(scenario, observation)) return verdict;
    }
    for (std::size_t i = 0; i < std::min(scenario.clients.size(), observation.clients.size()); ++i) {
        if (auto verdict = check_connecting(scenario, observation, static_cast<int>(i))) return verdict;
    }
    return std::nullopt;
}

}  // namespace parley
