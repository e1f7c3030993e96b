#include "parley/judge/cause.h"
#include "parley/report/json_fields.h"
#include "parley/report/json_report.h"
#include "parley/verify/answer.h"

namespace parley {

namespace {

const char* name(Verified mark) {
    return mark == Verified::held ? "held" : "advice";
}

Json cause_json(const CellResult& result) {
    if (result.verdict.findings.empty()) return nullptr;
    const auto cause = likely_cause(*result.cell->scenario, result.observation, result.verdict.findings.front());
    if (!cause) return nullptr;
    const auto* sureness = cause->sureness == Cause::Sureness::certain ? "certain" : "likely";
    return {{"code", cause->code}, {"sureness", sureness}, {"text", octets_to_json(cause->text)}};
}

/// The first failure of a trial: what is wrong, and what would explain it.
Json failure_json(const TrialResult& result) {
    const auto* telling = result.telling();
    if (!telling || telling->verdict.findings.empty()) return nullptr;
    const auto& finding = telling->verdict.findings.front();
    return {{"scenario", octets_to_json(result.trial->scenario->name)},
            {"cell", octets_to_json(telling->cell->name())},
            {"code", parley::name(finding.code)},
            {"message", octets_to_json(finding.message)},
            {"cause", cause_json(*telling)}};
}

Json trial_json(const TrialResult& result) {
    Json cells = Json::array();
    for (const auto& cell : result.cells) cells.push_back(cell_json(cell));
    return {{"scenario", octets_to_json(result.trial->scenario->name)},
            {"mark", name(result.trial->mark)},
            {"verdict", result.cells.empty() ? "not-tried" : parley::name(result.kind())},
            {"failure", failure_json(result)},
            {"cells", cells}};
}

}  // namespace

std::string answer_json(const Trials& trials, const std::vector<TrialResult>& results, const Submission& submission,
                        Level level, bool interrupted) {
    constexpr int format_version = 1;
    const auto standing = standing_of(results);
    const auto* first = first_failure(results);
    Json command = Json::array();
    for (const auto& word : submission.command) command.push_back(octets_to_json(word));
    Json scenarios = Json::array();
    for (const auto& result : results) scenarios.push_back(trial_json(result));
    const auto left_out = [&](NotHeld reason) {
        const auto found = trials.left_out.find(reason);
        return found == trials.left_out.end() ? 0 : found->second;
    };
    const Json all{{"format", format_version},
                   {"role", submission.role},
                   {"command", command},
                   {"level", parley::name(level)},
                   {"verdict", standing.failed()                           ? "failed"
                               : standing.could_not_run > 0 || interrupted ? "could-not-run"
                                                                           : "passed"},
                   {"interrupted", interrupted},
                   {"first_failure", first ? failure_json(*first) : Json(nullptr)},
                   {"left_out",
                    {{"without_port", left_out(NotHeld::port)},
                     {"without_host", left_out(NotHeld::host)},
                     {"without_arguments", left_out(NotHeld::arguments)}}},
                   {"scenarios", scenarios},
                   {"summary",
                    {{"held", standing.held},
                     {"held_passed", standing.held_passed},
                     {"advice", standing.advice},
                     {"advice_passed", standing.advice_passed},
                     {"not_tried", standing.not_tried},
                     {"unsupported", standing.unsupported},
                     {"could_not_run", standing.could_not_run}}}};
    return all.dump() + "\n";
}

}  // namespace parley
