#include "parley/judge/evidence.h"

#include <algorithm>

namespace parley {

bool Evidence::is(std::initializer_list<Finding::Code> codes) const {
    return std::find(codes.begin(), codes.end(), finding.code) != codes.end();
}

std::vector<const WireEvent*> Evidence::events() const {
    std::vector<const WireEvent*> own;
    for (const auto& event : observation.transcript.events) {
        const auto connection = static_cast<std::size_t>(event.connection);
        const auto& all = observation.transcript.connections;
        if (connection < all.size() && all[connection].client == finding.client) own.push_back(&event);
    }
    return own;
}

const WireEvent* Evidence::first(Side side, WireEvent::Kind kind) const {
    const auto all = events();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [=](const auto* event) { return event->side == side && event->kind == kind; });
    return found == all.end() ? nullptr : *found;
}

const WireEvent* Evidence::last(Side side, WireEvent::Kind kind) const {
    const WireEvent* found = nullptr;
    for (const auto* event : events()) {
        if (event->side == side && event->kind == kind) found = event;
    }
    return found;
}

std::vector<Bytes> Evidence::messages_of(Side side) const {
    std::vector<Bytes> messages;
    bool goes_on = false;
    for (const auto* event : events()) {
        const bool speaks = event->kind == WireEvent::Kind::data && event->side == side;
        if (speaks && goes_on) messages.back() += event->bytes;
        if (speaks && !goes_on) messages.push_back(event->bytes);
        goes_on = speaks;
    }
    return messages;
}

bool Evidence::has_spoken(Side speaker) const {
    const auto& all = observation.transcript.events;
    return std::any_of(all.begin(), all.end(), [&](const WireEvent& event) {
        return event.side == speaker && event.kind == WireEvent::Kind::data;
    });
}

bool Evidence::spoke_after_end(Side speaker) const {
    const auto* end = last(other(speaker), WireEvent::Kind::end);
    const auto* word = last(speaker, WireEvent::Kind::data);
    return end && word && end < word;
}

bool Evidence::other_spoke_last() const {
    bool other_last = false;
    for (const auto* event : events()) {
        if (event->kind == WireEvent::Kind::data) other_last = event->side != side();
    }
    return other_last;
}

const ProgramObservation* Evidence::program(Side of) const {
    if (of == Side::server) return observation.server ? &*observation.server : nullptr;
    const auto client = static_cast<std::size_t>(finding.client);
    return client < observation.clients.size() ? &observation.clients[client] : nullptr;
}

bool Evidence::waits_in(Side of, std::initializer_list<std::string_view> calls) const {
    const auto* waiting = program(of);
    return waiting && std::any_of(waiting->waits.begin(), waiting->waits.end(), [&](const BlockedCall& wait) {
               return std::find(calls.begin(), calls.end(), wait.call) != calls.end();
           });
}

bool Evidence::is_queued() const {
    return std::ranges::any_of(observation.transcript.connections, [this](const Connection& connection) {
        return connection.queued && connection.client == finding.client;
    });
}

bool Evidence::accepted_any(Side of, WireEvent::Kind kind) const {
    const auto& all = observation.transcript.connections;
    return std::ranges::any_of(observation.transcript.events, [&](const WireEvent& event) {
        return event.side == of && event.kind == kind && !all[static_cast<std::size_t>(event.connection)].queued;
    });
}

bool Evidence::spins() const {
    const auto* running = program();
    return finding.code == Finding::Code::deadline && running && running->process != 0 &&
           std::holds_alternative<Running>(running->state) && running->waits.empty();
}

std::vector<Step> Evidence::steps() const {
    const auto client = static_cast<std::size_t>(finding.client);
    if (client >= scenario.clients.size()) return {};
    return steps_of(scenario.clients[client].exchange);
}

}  // namespace parley
