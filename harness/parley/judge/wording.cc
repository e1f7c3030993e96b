#include "parley/judge/wording.h"

#include <algorithm>
#include <array>
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

/// What a line holds that names an error, in the order in which run-time systems print them: where it comes from
/// follows.
constexpr std::array<std::string_view, 11> error_signs{
    "Exception in thread", "panicked at", "Uncaught ",   "Error: ", "Error)", "(Errno::", "lua: ", "lua5.4: ",
    "Runtime error ",      "raised ",     "Fatal error",
};

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find('\n'));
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
    const auto line = telling_line(program.err.bytes);
    if (line.empty()) return "";
    const auto shown = excerpt(line, 200);
    return line == last_line(program.err.bytes) ? told("; its last line on stderr: {}", shown)
                                                : told("; on stderr: {}", shown);
}

std::string_view telling_line(std::string_view printed) {
    const auto has = [](std::string_view text, std::string_view part) { return text.find(part) != text.npos; };
    if (has(printed, "Traceback (most recent call last)")) return last_line(printed);
    if (has(printed, "    while executing")) return first_line(printed);
    for (auto rest = printed; !rest.empty();) {
        const auto line = first_line(rest);
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (has(line, "panicked at") && line.ends_with(':') && !rest.empty()) return first_line(rest);
        const bool names_error =
            std::any_of(error_signs.begin(), error_signs.end(), [&](std::string_view sign) { return has(line, sign); });
        if (names_error) return line;
    }
    return last_line(printed);
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
