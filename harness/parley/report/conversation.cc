#include "parley/report/conversation.h"

#include <algorithm>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

constexpr std::size_t most_lines = 20;
constexpr std::size_t first_lines = 4;
constexpr std::size_t shown_octets = 60;

int client_of(const Observation& observation, const WireEvent& event) {
    const auto index = static_cast<std::size_t>(event.connection);
    const auto& connections = observation.transcript.connections;
    return index < connections.size() ? connections[index].client : 0;
}

/// Whether the connection that `event` is of arrived at the server.
bool reached(const Observation& observation, const WireEvent& event) {
    const auto& events = observation.transcript.events;
    return std::any_of(events.begin(), events.end(), [&](const WireEvent& other_event) {
        const bool arrival = other_event.kind == WireEvent::Kind::connected && other_event.side == Side::server;
        return arrival && other_event.connection == event.connection;
    });
}

/// A server's `connected` is told by the line of the client that connects.
bool has_a_line(const WireEvent& event) {
    return event.kind != WireEvent::Kind::connected || event.side == Side::client;
}

/// `client → server`, of several `client 2 → server`, of several connections `client (connection 1) → server`.
std::string direction(const Scenario& scenario, const Observation& observation, const WireEvent& event) {
    const int client = client_of(observation, event);
    const auto& connections = observation.transcript.connections;
    const bool several = std::ranges::count(connections, client, &Connection::client) > 1;
    const auto which = several ? told(" (connection {})", event.connection + 1) : "";
    const bool from_client = event.side == Side::client;
    if (scenario.clients.size() > 1)
        return from_client ? told("client {}{} → server", client + 1, which)
                           : told("server → client {}{}", client + 1, which);
    return from_client ? told("client{} → server", which) : told("server → client{}", which);
}

std::string octets_of(const WireEvent& event) {
    if (event.bytes.empty()) return tr("(not kept)");
    const auto shown = excerpt(event.bytes, shown_octets);
    return event.cut == 0 ? shown : told("{} (only the first {} are kept)", shown, grouped(event.bytes.size()));
}

std::string line_of(const Scenario& scenario, const Observation& observation, const WireEvent& event) {
    const auto who = direction(scenario, observation, event);
    switch (event.kind) {
        case WireEvent::Kind::connected:
            return format("{}  {}", who,
                          reached(observation, event) ? tr("connects") : tr("connects, but does not reach the server"));
        case WireEvent::Kind::data:
            return format("{}  {}  {}", who, grouped(event.bytes.size() + event.cut), octets_of(event));
        case WireEvent::Kind::end: return format("{}  {}", who, tr("ends its stream"));
        case WireEvent::Kind::reset: return format("{}  {}", who, tr("resets the connection"));
    }
    return who;
}

/// `lines` without their middle, where they are too many.
std::vector<std::string> bounded(std::vector<std::string> lines) {
    if (lines.size() <= most_lines) return lines;
    const auto last_lines = most_lines - first_lines - 1;
    const auto middle = lines.begin() + first_lines;
    const auto gone = lines.size() - first_lines - last_lines;
    lines.erase(middle, middle + static_cast<std::ptrdiff_t>(gone));
    lines.insert(lines.begin() + first_lines, told("… {} more events …", gone));
    return lines;
}

}  // namespace

std::vector<std::string> conversation(const Scenario& scenario, const Observation& observation, int client) {
    const auto& events = observation.transcript.events;
    std::vector<std::string> lines;
    for (const auto& event : events) {
        if (!has_a_line(event)) continue;
        if (events.size() > most_lines && client_of(observation, event) != client) continue;
        lines.push_back(line_of(scenario, observation, event));
    }
    return bounded(std::move(lines));
}

}  // namespace parley
