#include "parley/judge/programs.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/actor.h"
#include "parley/judge/arrival.h"
#include "parley/judge/wording.h"
#include "parley/scenario/console.h"
#include "parley/scenario/match.h"
#include "parley/scenario/time_text.h"

namespace parley {

namespace {

using Code = Finding::Code;

/// The clients first, and so their findings.
std::vector<Actor> roles_of(const Scenario& scenario, const Observation& observation) {
    auto roles = clients_of(scenario, observation);
    if (const auto server = server_of(scenario, observation)) roles.push_back(*server);
    return roles;
}

Finding killed(const Actor& role) {
    return finding_of(role, Code::killed_by_signal, role.part.position,
                      format("{} {}{}", role.name, ended_text(role.program.state), complaint_text(role.program)));
}

std::optional<Finding> check_end(const Actor& role) {
    const auto& expect = role.part.expect;
    if (!expect.exit && !expect.running) {
        // Whatever else is left to a program: to be killed is never what it meant.
        if (std::holds_alternative<Signaled>(role.program.state)) return killed(role);
        return std::nullopt;
    }
    const auto wanted = expect.exit ? told("exit {}", *expect.exit) : tr("still running");
    const auto position = expect.exit ? expect.exit_position : expect.running_position;

    const auto* exited = std::get_if<Exited>(&role.program.state);
    const bool running = std::holds_alternative<Running>(role.program.state);
    if (running ? expect.running : exited && expect.exit == exited->status) return std::nullopt;

    std::optional<Finding> finding;
    if (running) {
        finding = finding_of(role, Code::still_running, position,
                             told("{} {}, where {} was expected", role.name, activity_text(role.program), wanted));
    } else {
        const Code code = !exited ? Code::killed_by_signal : expect.exit ? Code::exit_status : Code::ended_early;
        const auto ended = ended_text(role.program.state), complaint = complaint_text(role.program);
        finding =
            finding_of(role, code, position,
                       expect.exit ? told("{} {}, where {} was expected{}", role.name, ended, wanted, complaint)
                                   : told("{} {}, where it should still be running{}", role.name, ended, complaint));
    }
    finding->expected = wanted;
    return finding;
}

Captured held_output(const ProgramPart& part, const Captured& printed) {
    auto held = held_output(part, printed.bytes);
    const auto removed = printed.bytes.size() - held.size();
    return {std::move(held), printed.total - removed};
}

std::optional<Finding> check_console(const Actor& role, Code code, const std::optional<Value>& expected,
                                     const Captured& printed, const Clock& clock) {
    if (!expected) return std::nullopt;
    const auto* stream = code == Code::stdout_differs ? "stdout" : "stderr";
    if (printed.total > printed.bytes.size()) {
        return finding_of(role, Code::output_flood, expected->position,
                          told("{} wrote {} to {}: more than is kept, so they cannot be compared", role.name,
                               octets(printed.total), stream));
    }
    const Match found = match(*expected, printed.bytes, clock);
    if (found.matches) return std::nullopt;

    auto finding = finding_of(role, code, expected->position, "");
    finding.expected = describe(*expected, clock);
    if (const Bytes* literal = expected->literal()) finding.expected_bytes = *literal;
    finding.actual_bytes = printed.bytes;
    finding.offset = found.offset;
    const auto what = told("the {} of {}", stream, role.name);
    const auto rest = std::string_view(printed.bytes).substr(found.offset);
    if (found.incomplete)
        finding.message = told("{} stops after {}, where more was expected", what, octets(printed.bytes.size()));
    else if (found.surplus)
        finding.message =
            told("{} goes on for {} after what was expected: {}", what, octets(rest.size()), excerpt(rest));
    else
        finding.message = told("{} differs from what was expected at offset {}: {}", what, found.offset, excerpt(rest));
    return finding;
}

}  // namespace

std::vector<Finding> find_killed(const Scenario& scenario, const Observation& observation) {
    std::vector<Finding> findings;
    for (const auto& role : roles_of(scenario, observation)) {
        if (std::holds_alternative<Signaled>(role.program.state)) findings.push_back(killed(role));
    }
    return findings;
}

std::vector<Finding> check_ends(const Scenario& scenario, const Observation& observation) {
    std::vector<Finding> findings;
    for (const auto& role : roles_of(scenario, observation)) {
        if (auto finding = check_end(role)) findings.push_back(std::move(*finding));
    }
    return findings;
}

std::vector<Finding> check_consoles(const Scenario& scenario, const Observation& observation,
                                    const std::vector<Captures>& captures) {
    std::vector<Finding> findings;
    for (const auto& role : roles_of(scenario, observation)) {
        const auto& [part, program, side, client, name] = role;
        const auto index = static_cast<std::size_t>(client);
        const auto kept = index < captures.size() ? captures[index] : Captures();
        const auto ports = ports_seen_by(role.side, role.client, observation);
        const auto wanted = [&](const std::optional<Value>& value) {
            return value ? std::optional(value->with(kept).with_ports(ports)) : std::nullopt;
        };
        auto out = check_console(role, Code::stdout_differs, wanted(part.expect.out), held_output(part, program.out),
                                 observation.clock);
        auto err = check_console(role, Code::stderr_differs, wanted(part.expect.err), program.err, observation.clock);
        if (out) findings.push_back(std::move(*out));
        if (err) findings.push_back(std::move(*err));
    }
    return findings;
}

}  // namespace parley
