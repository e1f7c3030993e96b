#include "parley/judge/judge.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/acts.h"
#include "parley/judge/arrival.h"
#include "parley/judge/conduct.h"
#include "parley/judge/ending.h"
#include "parley/judge/exchange.h"
#include "parley/judge/floods.h"
#include "parley/judge/primitives.h"
#include "parley/judge/programs.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

using Code = Finding::Code;

/// What all the connections of a cell came to.
struct Conversations {
    std::vector<Finding> findings;
    std::optional<Owed> owed;        ///< the first of what had not come; not among the findings
    std::vector<Captures> captures;  ///< of each client's conversation
};

Finding finding_of(const Scenario& scenario, Code code, Side side, int client, std::string message) {
    Finding finding;
    finding.code = code;
    finding.side = side;
    finding.client = client;
    finding.position = scenario.clients[static_cast<std::size_t>(client)].position;
    finding.message = std::move(message);
    return finding;
}

bool reached_server(const Observation& observation, int connection) {
    const auto& events = observation.transcript.events;
    return std::any_of(events.begin(), events.end(), [&](const WireEvent& event) {
        return event.connection == connection && event.side == Side::server && event.kind == WireEvent::Kind::connected;
    });
}

/// Of the octets of `connection` not all were kept: what seems to be missing may be there. Other findings stand.
void replace_what_was_cut(const Scenario& scenario, const Observation& observation, int client, int connection,
                          ExchangeResult& result) {
    static const std::set<Code> certain{Code::bytes_differ, Code::bytes_extra, Code::data_unexpected,
                                        Code::out_of_turn};
    if (!result.held() && certain.contains(result.findings.front().code)) return;
    for (const auto& flood : observation.transcript.floods) {
        if (flood.connection != connection) continue;
        auto finding =
            finding_of(scenario, Code::output_flood, flood.side, client, flood_text(scenario, observation, flood));
        finding.expected = expected_instead(scenario, observation, flood);
        result = {{std::move(finding)}, {}};
        return;
    }
}

/// Of a connection that waited for a server that is gone, nothing else matters.
void replace_what_a_gone_server_owes(const Scenario& scenario, const Observation& observation, int client,
                                     int connection, ExchangeResult& result) {
    if (result.held() || !observation.server || reached_server(observation, connection)) return;
    if (std::holds_alternative<Running>(observation.server->state)) return;
    const auto message =
        told("the server {} before the connection of {} could reach it{}", ended_text(observation.server->state),
             subject(scenario, Side::client, client), complaint_text(*observation.server));
    result = {{finding_of(scenario, Code::ended_early, Side::server, client, message)}, {}};
}

ExchangeResult check_connection(const Scenario& scenario, const Observation& observation, int client, int connection) {
    auto result = check_exchange(scenario, observation, client, connection);
    replace_what_was_cut(scenario, observation, client, connection, result);
    replace_what_a_gone_server_owes(scenario, observation, client, connection, result);
    return result;
}

/// Of several connections, the one that holds the exchange; else the first that carried data.
int telling_connection(const Scenario& scenario, const Observation& observation, int client,
                       const std::vector<int>& connections) {
    for (int connection : connections) {
        if (check_connection(scenario, observation, client, connection).held()) return connection;
    }
    for (int connection : connections) {
        for (Side side : {Side::client, Side::server}) {
            if (octets_sent(observation.transcript, connection, side) > 0) return connection;
        }
    }
    return connections.front();
}

std::string extra_connections_text(const Scenario& scenario, const Observation& observation, int client,
                                   std::size_t carried) {
    const auto found = observation.transcript.refused.find(client);
    const auto refused = found == observation.transcript.refused.end() ? 0 : found->second;
    auto text = told("{} opened {} connections, where 1 was expected", subject(scenario, Side::client, client),
                     grouped(carried + refused));
    if (refused > 0) text += told("; parley carried the first {} and reset the others at once", grouped(carried));
    return text;
}

ExchangeResult check_connections(const Scenario& scenario, const Observation& observation, int client,
                                 const std::vector<int>& connections) {
    if (connections.size() == 1) return check_connection(scenario, observation, client, connections.front());
    const int connection = telling_connection(scenario, observation, client, connections);
    auto result = check_connection(scenario, observation, client, connection);
    const auto message = extra_connections_text(scenario, observation, client, connections.size());
    result.findings.insert(result.findings.begin(),
                           finding_of(scenario, Code::connection_extra, Side::client, client, message));
    result.owed.clear();
    return result;
}

/// Whoever calls another address than it was told gets through all the same, for the relay hears all.
void check_host(const Scenario& scenario, const Observation& observation, int client,
                const std::vector<int>& connections, ExchangeResult& result) {
    const auto& host = scenario.clients[static_cast<std::size_t>(client)].host;
    if (!host) return;
    for (const int connection : connections) {
        const auto& reached = observation.transcript.connections[static_cast<std::size_t>(connection)].reached;
        if (reached.empty() || reached == *host) continue;
        const auto message =
            told("{} connected to {}, not to {}", subject(scenario, Side::client, client), reached, *host);
        auto finding = finding_of(scenario, Code::wrong_host, Side::client, client, message);
        result.findings.insert(result.findings.begin(), std::move(finding));
        result.owed.clear();
        return;
    }
}

bool wants_refusal(const ClientPart& part) {
    return std::any_of(part.exchange.begin(), part.exchange.end(), [](const Turn& turn) {
        const auto* event = std::get_if<StreamEvent>(&turn.what);
        return event && *event == StreamEvent::refused;
    });
}

ExchangeResult check_client(const Scenario& scenario, const Observation& observation, int client) {
    const auto connections = connections_of(observation, client);
    if (connections.empty()) return {};
    if (!wants_refusal(scenario.clients[static_cast<std::size_t>(client)])) {
        auto result = check_connections(scenario, observation, client, connections);
        check_host(scenario, observation, client, connections, result);
        return result;
    }
    const auto message =
        told("the connection of {} was accepted, where it had to be refused", subject(scenario, Side::client, client));
    auto finding = finding_of(scenario, Code::not_refused, Side::server, client, message);
    finding.position = scenario.clients[static_cast<std::size_t>(client)].exchange.front().position;
    return {{std::move(finding)}, {}};
}

Conversations check_conversations(const Scenario& scenario, const Observation& observation) {
    Conversations conversations;
    for (std::size_t client = 0; client < scenario.clients.size(); ++client) {
        auto result = check_client(scenario, observation, static_cast<int>(client));
        conversations.captures.push_back(std::move(result.captures));
        const bool unfinished = !result.owed.empty() && observation.ending != Ending::complete;
        if (unfinished && !conversations.owed) conversations.owed = {{std::move(result.findings.front()), result.owed}};
        if (unfinished) continue;
        std::move(result.findings.begin(), result.findings.end(), std::back_inserter(conversations.findings));
    }
    return conversations;
}

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
    std::move(more.begin(), more.end(), std::back_inserter(findings));
}

/// A program that a signal ended explains what is wrong on the wire, so it comes first.
void put_killed_first(const Scenario& scenario, const Observation& observation, std::vector<Finding>& findings) {
    auto killed = find_killed(scenario, observation);
    append(killed, std::move(findings));
    findings = std::move(killed);
}

/// How programs ended, but for what was said already.
void add_ends(const Scenario& scenario, const Observation& observation, bool stuck, std::vector<Finding>& findings) {
    for (auto& finding : check_ends(scenario, observation)) {
        const bool said = std::any_of(findings.begin(), findings.end(), [&](const Finding& other_finding) {
            const bool same = other_finding.code == finding.code && other_finding.side == finding.side;
            return same && (finding.side == Side::server || other_finding.client == finding.client);
        });
        if (!said && !(stuck && finding.code == Code::still_running)) findings.push_back(std::move(finding));
    }
}

std::vector<Finding> check_left_out(const Scenario& scenario, const Observation& observation) {
    for (int client = 0; client < static_cast<int>(scenario.clients.size()); ++client) {
        if (!was_left_out(scenario, observation, client)) continue;
        return {finding_of(scenario, Code::not_started, Side::client, client,
                           told("{} was never started", subject(scenario, Side::client, client)))};
    }
    return {};
}

/// As judge(), of the one way in which the conversation may go that `scenario` itself describes.
Verdict judge_way(const Scenario& scenario, const Observation& seen) {
    const auto whole = restored(scenario, seen);
    const Observation& observation = whole ? *whole : seen;
    if (auto verdict = check_arrival(scenario, observation)) return *verdict;

    auto [findings, owed, captures] = check_conversations(scenario, observation);
    const auto ending = check_ending(scenario, observation, owed, findings.empty());
    const bool stuck = ending && ending->code != Code::deadlock_missing;
    if (owed && !stuck) findings.push_back(owed->finding);
    if (ending) findings.push_back(*ending);

    const bool conversation_held = findings.empty();
    if (!conversation_held) put_killed_first(scenario, observation, findings);
    add_ends(scenario, observation, stuck, findings);
    if (conversation_held) append(findings, check_consoles(scenario, observation, captures));
    if (!findings.empty()) return {Verdict::Kind::failed, std::move(findings), {}};

    auto left_out = check_left_out(scenario, observation);
    if (!left_out.empty()) return {Verdict::Kind::could_not_run, std::move(left_out), {}};
    return {};
}

/// Whether whatever is wrong is so after the conversation.
bool conversation_held(const Verdict& verdict) {
    static const std::set<Code> afterwards{Code::exit_status, Code::still_running, Code::ended_early,
                                           Code::stdout_differs, Code::stderr_differs};
    return verdict.findings.empty() || afterwards.contains(verdict.findings.front().code);
}

/// How far what was seen is from what a way describes: less is nearer.
std::pair<int, std::size_t> distance(const Verdict& verdict) {
    if (verdict.findings.empty()) return {0, 0};
    return {conversation_held(verdict) ? 1 : 2, verdict.findings.size()};
}

/// The verdict by the way that is nearest, and that way.
std::pair<Verdict, const Scenario*> nearest_way(const Scenario& scenario, const Observation& observation) {
    auto verdict = judge_way(scenario, observation);
    const Scenario* nearest = &scenario;
    for (const auto& way : scenario.other_ways) {
        auto other_verdict = judge_way(way, observation);
        if (distance(other_verdict) >= distance(verdict)) continue;
        verdict = std::move(other_verdict);
        nearest = &way;
    }
    if (!scenario.other_ways.empty() && verdict.kind == Verdict::Kind::failed) {
        const auto count = scenario.other_ways.size() + 1;
        verdict.findings.front().message +=
            nearest->way.empty() ? told(" (of the {} ways that the scenario allows this is the nearest)", count)
                                 : told(" (of the {} ways that the scenario allows this is the nearest: {})", count,
                                        tr(nearest->way.c_str()));
    }
    return {std::move(verdict), nearest};
}

/// That a primitive was called before its time explains what else is wrong, so it comes first, and a program that did
/// so has failed, however early it was over.
Verdict judge_ways(const Scenario& scenario, const Observation& observation) {
    auto [verdict, nearest] = nearest_way(scenario, observation);
    auto disorder = check_order(*nearest, observation);
    auto gaps = conversation_held(verdict) ? check_completeness(*nearest, observation) : std::vector<Finding>();
    if (disorder.empty() && gaps.empty()) return std::move(verdict);
    append(disorder, std::move(verdict.findings));
    append(disorder, std::move(gaps));
    return {Verdict::Kind::failed, std::move(disorder), {}};
}

bool tells_another_time(const Verdict& verdict) {
    return std::ranges::any_of(verdict.findings, [](const Finding& finding) {
        return finding.code == Code::bytes_differ && finding.side == Side::server;
    });
}

/// Whether what is wrong with the server's time is right by the clock of the machine.
bool keeps_the_machines_clock(const Scenario& scenario, Observation observation) {
    observation.clock.began -= observation.clock.shift;
    observation.clock.ended -= observation.clock.shift;
    observation.clock.shift = 0;
    return !tells_another_time(judge_ways(scenario, observation));
}

}  // namespace

Verdict judge(const Scenario& scenario, const Observation& observation) {
    auto verdict = judge_ways(scenario, observation);
    add_conduct(scenario, observation, verdict);
    const bool other_time = observation.clock.shift != 0 && tells_another_time(verdict);
    if (other_time && keeps_the_machines_clock(scenario, observation))
        return {Verdict::Kind::unsupported, {}, "the server tells the machine's time: it takes none that it is given"};
    return verdict;
}

Verdict with_known_failure(Verdict verdict, const KnownFailure& known) {
    if (verdict.kind == Verdict::Kind::passed) {
        Finding finding;
        finding.code = Code::passed_unexpectedly;
        finding.message = told("it passed: delete or narrow the entry {} of {} ({})", quoted(known.cells),
                               known_failures_name, quoted(known.reason));
        return {Verdict::Kind::failed, {std::move(finding)}, {}};
    }
    const bool failed = verdict.kind == Verdict::Kind::failed || verdict.kind == Verdict::Kind::could_not_run;
    const bool trouble = std::ranges::any_of(
        verdict.findings, [](const Finding& finding) { return finding.code == Code::harness_trouble; });
    if (!failed || trouble) return verdict;
    verdict.kind = Verdict::Kind::known_failure;
    verdict.reason = known.reason;
    return verdict;
}

Verdict judge(const Cell& cell, const Observation& observation) {
    if (!cell.unsupported.empty()) return {Verdict::Kind::unsupported, {}, cell.unsupported};
    auto verdict = judge(*cell.scenario, observation);
    return cell.known_failure ? with_known_failure(std::move(verdict), *cell.known_failure) : verdict;
}

}  // namespace parley
