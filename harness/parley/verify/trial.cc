#include "parley/verify/trial.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "parley/judge/judge.h"

namespace parley {

namespace {

using Kind = Verdict::Kind;

bool is_example(const Scenario& scenario) {
    return std::ranges::find(scenario.tags, "slides") != scenario.tags.end();
}

bool is_the_submissions(const Finding& finding, Side side) {
    switch (finding.code) {
        case Finding::Code::never_listened: return side == Side::server;
        case Finding::Code::never_connected: return side == Side::client;
        default: return false;
    }
}

/// Whether it is about a side that parley plays: it leaves where the program goes another way, and means nothing by it.
bool is_a_scripts(const Finding& finding, const Scenario& scenario) {
    if (finding.side == Side::server) return scenario.server && scenario.server->player == Player::script;
    const auto client = static_cast<std::size_t>(finding.client);
    return client < scenario.clients.size() && scenario.clients[client].player == Player::script;
}

}  // namespace

Trials plan_trials(const std::vector<std::shared_ptr<const Scenario>>& scenarios, const Submission& submission,
                   const Catalogue& catalogue, Level level, const Plan& plan) {
    Trials trials;
    for (const auto& scenario : scenarios) {
        auto held = with_submission(*scenario, submission, catalogue, level);
        if (const auto* reason = std::get_if<NotHeld>(&held)) {
            if (*reason != NotHeld::other_role) ++trials.left_out[*reason];
            continue;
        }
        auto& trial = trials.list.emplace_back();
        trial.scenario = std::make_shared<const Scenario>(std::move(std::get<Scenario>(held)));
        trial.mark = part_of(*scenario, submission)->verified;
        trial.cells = plan(trial.scenario);
    }
    std::ranges::stable_sort(trials.list, {}, [](const Trial& trial) {
        return std::tuple(trial.mark != Verified::held, !is_example(*trial.scenario));
    });
    return trials;
}

Kind TrialResult::kind() const {
    const auto* worst = telling();
    return worst ? worst->verdict.kind : Kind::passed;
}

const CellResult* TrialResult::telling() const {
    for (const auto kind : {Kind::failed, Kind::could_not_run}) {
        const auto found =
            std::ranges::find_if(cells, [&](const CellResult& result) { return result.verdict.kind == kind; });
        if (found != cells.end()) return &*found;
    }
    const bool none_ran = !cells.empty() && std::ranges::all_of(cells, [](const CellResult& result) {
        return result.verdict.kind == Kind::unsupported;
    });
    return none_ran ? &cells.front() : nullptr;
}

Verdict judge_submission(const Cell& cell, const Observation& observation, Side side) {
    auto verdict = judge(cell, observation);
    if (verdict.kind == Kind::could_not_run && is_the_submissions(verdict.findings.front(), side))
        verdict.kind = Kind::failed;
    if (verdict.findings.empty()) return verdict;
    const auto others = std::remove_if(verdict.findings.begin() + 1, verdict.findings.end(),
                                       [&](const Finding& finding) { return is_a_scripts(finding, *cell.scenario); });
    verdict.findings.erase(others, verdict.findings.end());
    return verdict;
}

Standing standing_of(const std::vector<TrialResult>& results) {
    Standing standing;
    for (const auto& result : results) {
        const bool counts = result.trial->mark == Verified::held;
        if (result.cells.empty()) {
            standing.not_tried += counts ? 1 : 0;
            continue;
        }
        const auto kind = result.kind();
        if (kind == Kind::unsupported || kind == Kind::could_not_run) {
            ++(kind == Kind::unsupported ? standing.unsupported : standing.could_not_run);
            continue;
        }
        ++(counts ? standing.held : standing.advice);
        if (kind == Kind::passed) ++(counts ? standing.held_passed : standing.advice_passed);
    }
    return standing;
}

}  // namespace parley
