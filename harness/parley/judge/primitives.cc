#include "parley/judge/primitives.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/actor.h"

namespace parley {

namespace {

using Names = std::vector<std::string>;

/// The primitive that a system call is; empty where it is none.
std::string primitive_of(const std::string& call) {
    static const std::map<std::string, std::string> names{
        {"socket", "socket"},    {"bind", "bind"},       {"listen", "listen"}, {"accept", "accept"},
        {"accept4", "accept"},   {"connect", "connect"}, {"read", "recv"},     {"readv", "recv"},
        {"preadv2", "recv"},     {"recvfrom", "recv"},   {"recvmsg", "recv"},  {"recvmmsg", "recv"},
        {"splice from", "recv"}, {"write", "send"},      {"writev", "send"},   {"pwritev2", "send"},
        {"sendto", "send"},      {"sendmsg", "send"},    {"sendmmsg", "send"}, {"sendfile", "send"},
        {"splice to", "send"},   {"shutdown", "close"},  {"close", "close"},   {"close_range", "close"},
        {"dup2", "close"},       {"dup3", "close"}};
    const auto known = names.find(call);
    return known == names.end() ? std::string() : known->second;
}

bool contains(const Names& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

std::string joined(const Names& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// Whether `side` says something in the exchange that the program has a part in.
bool says_something(const Scenario& scenario, const Actor& actor, Side side) {
    const auto says = [&](const ClientPart& client) {
        return std::ranges::any_of(client.exchange, [&](const Turn& turn) {
            return std::holds_alternative<Value>(turn.what) && includes(turn.who, side);
        });
    };
    if (actor.side == Side::server) return std::ranges::any_of(scenario.clients, says);
    return says(scenario.clients[static_cast<std::size_t>(actor.client)]);
}

/// What the program has to call in this scenario, in that order.
Names expected_of(const Scenario& scenario, const Actor& actor) {
    const Side other = actor.side == Side::client ? Side::server : Side::client;
    Names expected = actor.part.expect.primitives;
    if (!says_something(scenario, actor, actor.side)) std::erase(expected, "send");
    if (!says_something(scenario, actor, other)) std::erase(expected, "recv");
    return expected;
}

/// The primitives that were called on the way to a connection and on it, each once, in the order of their first calls.
struct Life {
    Names called;

    void add(const SocketCall& call) {
        const auto primitive = primitive_of(call.call);
        if (!primitive.empty() && !contains(called, primitive)) called.push_back(primitive);
    }
};

Life life_of(const ProgramObservation& program, int socket) {
    Life life;
    for (const auto& call : program.calls)
        if (call.socket == socket) life.add(call);
    return life;
}

/// The socket from which `socket` was accepted, and the call; nullptr where it was not.
const SocketCall* accept_of(const ProgramObservation& program, int socket) {
    const auto found = std::ranges::find(program.calls, socket, &SocketCall::accepted);
    return found == program.calls.end() ? nullptr : &*found;
}

/// The way to the connection `socket`, and what was called on it.
Life life_of_connection(const ProgramObservation& program, int socket) {
    const auto* accepted = accept_of(program, socket);
    if (!accepted) return life_of(program, socket);
    Life life;
    for (const auto& call : program.calls) {
        if (call.socket == accepted->socket && primitive_of(call.call) != "close") life.add(call);
        if (&call == accepted) break;
    }
    for (const auto& call : program.calls)
        if (call.socket == socket) life.add(call);
    return life;
}

/// The lives of the program's connections; where it has none, of all sockets that it did something with.
struct Lives {
    std::vector<Life> list;
    bool connected = false;
};

Lives lives_of(const Actor& actor) {
    const auto& program = actor.program;
    std::set<int> connections, others;
    for (const auto& call : program.calls) {
        const bool accepted = accept_of(program, call.socket) != nullptr;
        const bool telling = call.on == SocketCall::On::connection && accepted == (actor.side == Side::server);
        (telling ? connections : others).insert(call.socket);
    }
    Lives lives;
    lives.connected = !connections.empty();
    for (const int socket : lives.connected ? connections : others)
        lives.list.push_back(lives.connected ? life_of_connection(program, socket) : life_of(program, socket));
    return lives;
}

/// Two primitives in the wrong order; `first`, which has to come first, may be missing.
struct Disorder {
    std::string first, second;
    bool missing = false;
};

std::optional<Disorder> disorder_in(const Life& life, const Names& expected) {
    for (std::size_t at = 0; at < life.called.size(); ++at) {
        const auto& second = life.called[at];
        if (second == "close" || !contains(expected, second)) continue;
        for (const auto& first : expected) {
            if (first == second) break;
            const auto end = life.called.begin() + static_cast<std::ptrdiff_t>(at);
            if (std::find(life.called.begin(), end, first) == end)
                return Disorder{first, second, !contains(life.called, first)};
        }
    }
    return std::nullopt;
}

Finding difference(const Actor& actor, const Names& expected, const Life& life, std::string message) {
    auto finding = finding_of(actor, Finding::Code::primitives_differ, actor.part.position, std::move(message));
    finding.expected = joined(expected);
    finding.actual = joined(life.called);
    return finding;
}

std::optional<Finding> disorder_of(const Actor& actor, const Names& expected, const Lives& lives) {
    for (const auto& life : lives.list) {
        const auto disorder = disorder_in(life, expected);
        if (!disorder) continue;
        const auto& [first, second, missing] = *disorder;
        return difference(actor, expected, life,
                          missing ? told("{} called {}, and never {} before it", actor.name, second, first)
                                  : told("{} called {} before {}", actor.name, second, first));
    }
    return std::nullopt;
}

/// A program that ended by itself has called all that it will.
std::optional<Finding> gap_of(const Actor& actor, const Names& expected, const Lives& lives) {
    if (!lives.connected || !std::holds_alternative<Exited>(actor.program.state)) return std::nullopt;
    if (disorder_of(actor, expected, lives)) return std::nullopt;
    for (const auto& life : lives.list) {
        const auto missing =
            std::ranges::find_if(expected, [&](const std::string& name) { return !contains(life.called, name); });
        if (missing == expected.end()) continue;
        return difference(actor, expected, life,
                          *missing == "close" ? told("{} ended and had never closed its connection", actor.name)
                                              : told("{} ended and had never called {}", actor.name, *missing));
    }
    return std::nullopt;
}

/// What `check` finds of each program.
template <typename Check>
std::vector<Finding> findings_of(const Scenario& scenario, const Observation& observation, Check check) {
    std::vector<Finding> findings;
    for (const auto& actor : actors_of(scenario, observation)) {
        if (actor.part.expect.primitives.empty()) continue;
        if (auto finding = check(actor, expected_of(scenario, actor), lives_of(actor)))
            findings.push_back(std::move(*finding));
    }
    return findings;
}

}  // namespace

std::vector<Finding> check_order(const Scenario& scenario, const Observation& observation) {
    return findings_of(scenario, observation, disorder_of);
}

std::vector<Finding> check_completeness(const Scenario& scenario, const Observation& observation) {
    return findings_of(scenario, observation, gap_of);
}

}  // namespace parley
