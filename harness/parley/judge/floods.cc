#include "parley/judge/floods.h"

#include <algorithm>

#include "parley/base/digest.h"
#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/acts.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

int client_of(const Observation& observation, const Flood& flood) {
    return observation.transcript.connections.at(static_cast<std::size_t>(flood.connection)).client;
}

/// All that the flood's side is expected to say on the connection, where the exchange leaves no choice.
std::optional<Bytes> expected_octets(const Scenario& scenario, const Observation& observation, const Flood& flood) {
    const auto& part = scenario.clients.at(static_cast<std::size_t>(client_of(observation, flood)));
    Bytes all;
    for (const auto& turn : part.exchange) {
        const auto* value = std::get_if<Value>(&turn.what);
        if (!value || !includes(turn.who, flood.side)) continue;
        const Bytes* literal = value->literal();
        if (!literal) return std::nullopt;
        all += *literal;
    }
    return all;
}

bool is_of(const WireEvent& event, const Flood& flood) {
    return event.kind == WireEvent::Kind::data && event.connection == flood.connection && event.side == flood.side;
}

/// Whether each of the flood's octets belongs to an event, kept or cut.
bool has_all_events(const Transcript& transcript, const Flood& flood) {
    return octets_sent(transcript, flood.connection, flood.side) == flood.octets;
}

void put_back(Transcript& transcript, const Flood& flood, const Bytes& octets) {
    std::size_t at = 0;
    for (auto& event : transcript.events) {
        if (!is_of(event, flood)) continue;
        at += event.bytes.size();
        event.bytes += octets.substr(at, event.cut);
        at += event.cut;
        event.cut = 0;
    }
}

}  // namespace

std::optional<Observation> restored(const Scenario& scenario, const Observation& observation) {
    std::optional<Observation> whole;
    for (const auto& flood : observation.transcript.floods) {
        const auto expected = expected_octets(scenario, observation, flood);
        if (!expected || expected->size() != flood.octets || digest_of(*expected) != flood.digest) continue;
        if (!has_all_events(observation.transcript, flood)) continue;
        if (!whole) whole = observation;
        put_back(whole->transcript, flood, *expected);
        std::erase(whole->transcript.floods, flood);
    }
    return whole;
}

std::string flood_text(const Scenario& scenario, const Observation& observation, const Flood& flood) {
    const int client = client_of(observation, flood);
    return told(
        "{} sent {}{}, too many to keep and to compare: kept are the first of them, the last ({}), and the digest of "
        "all, {}",
        subject(scenario, flood.side, client), octets(flood.octets), on_connection(scenario, flood.side, client),
        excerpt(flood.tail, 40), flood.digest);
}

std::string expected_instead(const Scenario& scenario, const Observation& observation, const Flood& flood) {
    const auto expected = expected_octets(scenario, observation, flood);
    return expected ? told("{} with the digest {}", octets(expected->size()), digest_of(*expected)) : "";
}

}  // namespace parley
