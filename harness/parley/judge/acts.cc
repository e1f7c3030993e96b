#include "parley/judge/acts.h"

#include <algorithm>

namespace parley {

namespace {

/// Data of one side, one event after the other, is one act.
void add_data(std::vector<Act>& list, const WireEvent& event, std::size_t order) {
    if (event.bytes.empty() && event.cut == 0) return;
    const bool goes_on = !list.empty() && list.back().kind == WireEvent::Kind::data && list.back().side == event.side;
    if (!goes_on) list.push_back({event.side, event.kind, {}, order});
    list.back().bytes += event.bytes;
    list.back().cut += event.cut;
}

void add_end(Acts& acts, const WireEvent& event, std::size_t order, const std::vector<Step>& steps) {
    auto& end = event.side == Side::client ? acts.client_end : acts.server_end;
    if (end) return;
    end = order;
    if (mentions(steps, event.side, StreamEvent::end)) acts.list.push_back({event.side, event.kind, {}, order});
}

void add_reset(Acts& acts, const WireEvent& event, std::size_t order, const std::vector<Step>& steps) {
    if (acts.end(event.side) && !mentions(steps, event.side, StreamEvent::reset)) return;
    acts.list.push_back({event.side, event.kind, {}, order});
}

}  // namespace

std::vector<Step> steps_of(const std::vector<Turn>& exchange) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < exchange.size(); ++i) {
        const auto& turn = exchange[i];
        const auto number = static_cast<int>(i) + 1;
        const auto* value = std::get_if<Value>(&turn.what);
        auto* before = steps.empty() ? nullptr : std::get_if<Value>(&steps.back().what);
        if (value && before && steps.back().who == turn.who)
            for (const auto& part : value->parts) before->append(part);
        else if (value)
            steps.push_back({turn.who, *value, turn.position, number});
        else if (const auto* event = std::get_if<StreamEvent>(&turn.what))
            steps.push_back({turn.who, *event, turn.position, number});
    }
    return steps;
}

bool mentions(const std::vector<Step>& steps, Side side, StreamEvent event) {
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
        const auto* wanted = std::get_if<StreamEvent>(&step.what);
        return wanted && *wanted == event && includes(step.who, side);
    });
}

Acts acts_of(const Transcript& transcript, int connection, const std::vector<Step>& steps) {
    Acts acts;
    for (std::size_t order = 0; order < transcript.events.size(); ++order) {
        const auto& event = transcript.events[order];
        if (event.connection != connection) continue;
        switch (event.kind) {
            case WireEvent::Kind::connected: break;
            case WireEvent::Kind::data: add_data(acts.list, event, order); break;
            case WireEvent::Kind::end: add_end(acts, event, order, steps); break;
            case WireEvent::Kind::reset: add_reset(acts, event, order, steps); break;
        }
    }
    return acts;
}

std::uint64_t octets_sent(const Transcript& transcript, int connection, Side side) {
    std::uint64_t sum = 0;
    for (const auto& event : transcript.events) {
        if (event.connection == connection && event.side == side) sum += event.bytes.size() + event.cut;
    }
    return sum;
}

std::vector<Turn> turns_seen(const Transcript& transcript, int connection) {
    const Step all_ends{Who::both, StreamEvent::end, {}};
    std::vector<Turn> turns;
    for (auto& act : acts_of(transcript, connection, {all_ends}).list) {
        auto& turn = turns.emplace_back();
        turn.who = act.side == Side::client ? Who::client : Who::server;
        switch (act.kind) {
            case WireEvent::Kind::connected: break;  // no act
            case WireEvent::Kind::data: turn.what = Value{{Literal{std::move(act.bytes)}}, {}}; break;
            case WireEvent::Kind::end: turn.what = StreamEvent::end; break;
            case WireEvent::Kind::reset: turn.what = StreamEvent::reset; break;
        }
    }
    return turns;
}

}  // namespace parley
