#include "parley/judge/wording.h"

#include <algorithm>
#include <cstring>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"

namespace parley {

namespace {

std::string killed_text(int signal) {
    const char* abbreviation = sigabbrev_np(signal);
    return abbreviation ? told("killed by signal {} (SIG{})", signal, abbreviation)
                        : told("killed by signal {}", signal);
}

/// What the observation says of a descriptor.
std::string object_text(const std::string& object) {
    const auto after = [&](std::string_view words) { return tr(object.c_str() + words.size()); };
    if (object.starts_with("listening on ")) return told("listening on {}", after("listening on "));
    if (object.starts_with("connected to ")) return told("connected to {}", after("connected to "));
    if (object.starts_with("unconnected, bound to "))
        return told("unconnected, bound to {}", after("unconnected, bound to "));
    return tr(object.c_str());
}

}  // namespace

std::string side_text(Side side) {
    return side == Side::server ? tr("the server") : tr("the client");
}

std::string subject(const Scenario& scenario, Side side, int client) {
    if (side == Side::client && scenario.clients.size() > 1) return told("client {}", client + 1);
    return side_text(side);
}

std::string on_connection(const Scenario& scenario, Side side, int client) {
    if (side == Side::client || scenario.clients.size() < 2) return "";
    return told(" on client {}'s connection", client + 1);
}

std::string state_text(const ProgramState& state) {
    if (const auto* exited = std::get_if<Exited>(&state)) return told("exit {}", exited->status);
    if (const auto* signaled = std::get_if<Signaled>(&state)) return killed_text(signaled->signal);
    return std::holds_alternative<Running>(state) ? tr("still running") : tr("not started");
}

std::string ended_text(const ProgramState& state) {
    return std::holds_alternative<Signaled>(state) ? told("was {}", state_text(state))
                                                   : told("ended with {}", state_text(state));
}

std::string complaint_text(const ProgramObservation& program) {
    const auto line = last_line(program.err.bytes);
    return line.empty() ? "" : told("; its last line on stderr: {}", excerpt(line, 200));
}

std::string_view last_line(std::string_view printed) {
    const auto last = printed.find_last_not_of("\r\n \t");
    if (last == std::string_view::npos) return {};
    printed = printed.substr(0, last + 1);
    const auto newline = printed.rfind('\n');
    return newline == std::string_view::npos ? printed : printed.substr(newline + 1);
}

std::string call_text(const BlockedCall& call) {
    auto text = call.call;
    if (call.descriptor >= 0) text += format("({})", call.descriptor);
    if (!call.object.empty()) text += ", " + object_text(call.object);
    return text;
}

// A program's runtime waits in calls of its own besides, never on a socket.
const BlockedCall* telling_call(const ProgramObservation& program) {
    const auto on_socket = std::find_if(program.waits.begin(), program.waits.end(),
                                        [](const BlockedCall& call) { return call.on_socket; });
    if (on_socket != program.waits.end()) return &*on_socket;
    return program.waits.empty() ? nullptr : &program.waits.front();
}

std::string activity_text(const ProgramObservation& program) {
    if (std::holds_alternative<NotStarted>(program.state)) return tr("was not started");
    if (!std::holds_alternative<Running>(program.state)) return told("had ended: {}", state_text(program.state));
    const BlockedCall* call = telling_call(program);
    return call ? told("waits in {}", call_text(*call)) : tr("is still running");
}

std::string all_activities(const Scenario& scenario, const Observation& observation) {
    constexpr std::size_t most = 3;
    std::string text;
    std::size_t started = 0;
    for (std::size_t i = 0; i < std::min(scenario.clients.size(), observation.clients.size()); ++i) {
        const auto& client = observation.clients[i];
        if (!scenario.clients[i].is_program() || std::holds_alternative<NotStarted>(client.state)) continue;
        if (++started > most) continue;
        text += format("{} {}; ", subject(scenario, Side::client, static_cast<int>(i)), activity_text(client));
    }
    const auto left_out = started - std::min(started, most);
    if (left_out > 0)
        text += plural(left_out, "and so on for {} more client; ", "and so on for {} more clients; ", left_out);
    for (const auto& wait : observation.script_waits) text += wait + "; ";
    if (observation.server) return text + format("{} {}", side_text(Side::server), activity_text(*observation.server));
    return text.substr(0, text.size() - std::min<std::size_t>(text.size(), 2));
}

}  // namespace parley
