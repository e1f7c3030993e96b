#include "parley/report/explain.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/cause.h"
#include "parley/judge/wording.h"
#include "parley/report/comparison.h"
#include "parley/report/conversation.h"
#include "parley/report/diagram.h"
#include "parley/report/observed_rows.h"
#include "parley/report/one_line.h"
#include "parley/report/program_text.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

/// Of so many findings each has its line; a thousand clients may fail in the same way.
constexpr std::size_t most_findings = 10;

std::string verdict_text(Verdict::Kind kind) {
    switch (kind) {
        case Verdict::Kind::passed: return tr("PASSED");
        case Verdict::Kind::failed: return tr("FAILED");
        case Verdict::Kind::known_failure: return tr("KNOWN FAILURE");
        case Verdict::Kind::unsupported: return tr("UNSUPPORTED");
        case Verdict::Kind::could_not_run: return tr("COULD NOT RUN");
    }
    return "?";
}

std::string headline(const Cell& cell, const Verdict& verdict, const ExplainOptions& options) {
    const auto called = options.name.empty() ? cell.name() : options.name;
    const auto hue = verdict.kind == Verdict::Kind::passed ? colour::green : colour::red;
    const auto reason = verdict.reason.empty() ? "" : ": " + one_line(verdict.reason);
    return format("{} {}{}\n", painted(verdict_text(verdict.kind), hue, options.colour), one_line(called), reason);
}

std::string place(const Scenario& scenario, const Finding& finding) {
    return format("{}:{}:{}", one_line(scenario.file), finding.position.line, finding.position.column);
}

/// Whether a finding is about a place in the scenario.
bool has_place(const Finding& finding) {
    return finding.code != Finding::Code::harness_trouble && finding.code != Finding::Code::passed_unexpectedly;
}

std::string finding_text(const Scenario& scenario, const Finding& finding, const ExplainOptions& options) {
    std::string text;
    if (options.places && has_place(finding)) text += format("  {}\n", place(scenario, finding));
    const auto compared = comparison(finding, options.colour);
    return compared.empty() ? text : text + "\n" + compared;
}

/// What would explain the first finding.
std::string cause_text(const Scenario& scenario, const Observation& observation, const Verdict& verdict) {
    const auto cause = likely_cause(scenario, observation, verdict.findings.front());
    if (!cause) return "";
    const auto* heading = cause->sureness == Cause::Sureness::certain ? tr("cause") : tr("likely cause");
    return format("\n  {} ({}): {}\n", heading, cause->code, one_line(cause->text));
}

std::string findings_text(const Scenario& scenario, const Verdict& verdict, const ExplainOptions& options) {
    std::string text;
    for (std::size_t i = 0; i < verdict.findings.size(); ++i) {
        if (i == 1 || (i > 1 && options.all_in_full)) text += format("\n  {}\n", tr("also:"));
        if (i == most_findings) return text + format("    {}\n", told("and {} more", verdict.findings.size() - i));
        const auto& finding = verdict.findings[i];
        const bool in_full = i == 0 || options.all_in_full;
        text += format("{}{}\n", in_full ? "  " : "    ", one_line(finding.message));
        if (in_full) text += finding_text(scenario, finding, options);
    }
    return text;
}

/// Those whose connections the server had not accepted, where the conversation did not come to its end.
std::set<int> clients_in_queue(const Observation& observation) {
    std::set<int> clients;
    for (const auto& connection : observation.transcript.connections)
        if (connection.queued && observation.ending != Ending::complete) clients.insert(connection.client);
    return clients;
}

/// Who waited in which calls, where the conversation did not come to its end.
std::string waits_text(const Scenario& scenario, const Observation& observation) {
    std::string text;
    const auto add = [&](const std::string& name, const ProgramObservation& program) {
        std::map<std::string, std::size_t> waiting;  // how many threads wait so, by what they wait for
        for (const auto& call : program.waits) ++waiting[call_text(call)];
        for (const auto& call : program.waits) {
            const auto found = waiting.extract(call_text(call));
            if (found.empty()) continue;  // told with the first of them
            const auto threads = found.mapped() > 1         ? told(" ({} threads)", found.mapped())
                                 : program.waits.size() > 1 ? told(" (thread {})", call.thread)
                                                            : "";
            text += format("    {}\n", told("{} in {}", name, one_line(found.key() + threads)));
        }
    };
    for (std::size_t i = 0; i < std::min(scenario.clients.size(), observation.clients.size()); ++i) {
        add(subject(scenario, Side::client, static_cast<int>(i)), observation.clients[i]);
    }
    if (observation.server) add(side_text(Side::server), *observation.server);
    for (int client : clients_in_queue(observation))
        text +=
            format("    {}\n", told("{}'s connection waits to be accepted", subject(scenario, Side::client, client)));
    for (const auto& wait : observation.script_waits) text += format("    {}\n", one_line(wait));
    return text.empty() ? "" : format("\n  {}\n{}", tr("who was waiting:"), text);
}

std::string conversation_text(const Scenario& scenario, const Observation& observation, int client) {
    auto text = format("\n  {}\n", tr("the conversation:"));
    const auto lines = conversation(scenario, observation, client);
    for (const auto& line : lines) text += "    " + line + "\n";
    if (lines.empty()) text += format("    {}\n", tr("nothing crossed"));
    return text;
}

/// Of a long conversation its beginning and what came last.
std::string diagram_text(const Scenario& scenario, const Observation& observation, int client, bool colour) {
    constexpr std::ptrdiff_t first_rows = 6, last_rows = 12;
    auto rows = observed_rows(scenario, observation, client);
    const auto count = static_cast<std::ptrdiff_t>(rows.size());
    if (count > first_rows + last_rows + 1) {
        DiagramRow left_out;
        left_out.text = {told("… {} more steps …", count - first_rows - last_rows)};
        rows.erase(rows.begin() + first_rows, rows.end() - last_rows);
        rows.insert(rows.begin() + first_rows, std::move(left_out));
    }
    return "\n" + draw(rows, colour);
}

std::string programs_text(const Scenario& scenario, const Observation& observation, int client) {
    std::string text;
    const auto index = static_cast<std::size_t>(client);
    if (index < scenario.clients.size() && index < observation.clients.size() && scenario.clients[index].is_program()) {
        const auto name = subject(scenario, Side::client, client);
        text += "\n" + program_text(name, scenario.clients[index], observation.clients[index]);
    }
    if (scenario.server && observation.server) {
        text += "\n" + program_text(side_text(Side::server), *scenario.server, *observation.server);
    }
    return text;
}

}  // namespace

std::string explain(const Cell& cell, const Observation& observation, const Verdict& verdict,
                    const ExplainOptions& options) {
    std::string text;
    if (options.headline) text += headline(cell, verdict, options);
    if (verdict.findings.empty()) return text;

    const auto& scenario = *cell.scenario;
    const int client = verdict.findings.front().client;
    if (options.about) text += format("  {}\n\n", one_line(tr(scenario.about.c_str())));
    text += findings_text(scenario, verdict, options);
    text += cause_text(scenario, observation, verdict);
    if (observation.ending != Ending::complete) text += waits_text(scenario, observation);
    const bool has_client = static_cast<std::size_t>(client) < scenario.clients.size();
    text += options.diagram && has_client ? diagram_text(scenario, observation, client, options.colour)
                                          : conversation_text(scenario, observation, client);
    text += programs_text(scenario, observation, client);
    if (!options.slide.empty())
        text += format("\n  {}\n", told("Read again: the slide \"{}\"", one_line(options.slide)));
    if (!options.repeat_command.empty())
        text += format("\n  {}\n", told("Repeat: {}", one_line(options.repeat_command)));
    return text;
}

}  // namespace parley
