#include "parley/grade/grade.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "parley/base/format.h"
#include "parley/judge/cause.h"

namespace parley {

namespace {

using Kind = Verdict::Kind;

double weight_of(const GradedRole& role, const std::string& scenario) {
    const auto found = std::ranges::find_if(
        role.weights, [&](const Weight& weight) { return matches_glob(weight.scenarios, scenario); });
    return found == role.weights.end() ? 1 : found->weight;
}

ScenarioGrade::Verdict verdict_of(const TrialResult& result) {
    if (result.cells.empty()) return ScenarioGrade::Verdict::not_tried;
    switch (result.kind()) {
        case Kind::passed: return ScenarioGrade::Verdict::passed;
        case Kind::could_not_run: return ScenarioGrade::Verdict::could_not_run;
        default: return ScenarioGrade::Verdict::failed;
    }
}

ScenarioGrade scenario_grade(const TrialResult& result) {
    ScenarioGrade grade;
    grade.scenario = result.trial->scenario->name;
    grade.verdict = verdict_of(result);
    const auto* telling = result.telling();
    if (!telling || telling->verdict.findings.empty()) return grade;
    const auto& finding = telling->verdict.findings.front();
    grade.code = name(finding.code);
    grade.message = finding.message;
    if (const auto cause = likely_cause(*telling->cell->scenario, telling->observation, finding))
        grade.cause = cause->code;
    return grade;
}

/// Gives each scenario its points, and the role their sum.
void share_points(const GradedRole& role, RoleGrade& grade) {
    std::vector<std::string> names;
    for (const auto& scenario : grade.scenarios) names.push_back(scenario.scenario);
    const auto points = points_of(role, names);
    double reached = 0, all = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool passed = grade.scenarios[i].verdict == ScenarioGrade::Verdict::passed;
        grade.scenarios[i].of = rounded(points[i]);
        grade.scenarios[i].points = passed ? grade.scenarios[i].of : 0;
        all += points[i];
        reached += passed ? points[i] : 0;
    }
    grade.points = rounded(reached);
    grade.of = rounded(all);
}

/// Why the program could not be started; empty where it could.
std::string why_not_started(const std::vector<TrialResult>& results, Side side) {
    for (const auto& result : results) {
        const auto* telling = result.telling();
        if (!telling || telling->verdict.findings.empty()) continue;
        const auto& finding = telling->verdict.findings.front();
        if (finding.code == Finding::Code::not_started && finding.side == side) return finding.message;
    }
    return {};
}

bool counts(const Trial& trial) {
    const bool tried_here = std::ranges::any_of(trial.cells, [](const Cell& cell) { return cell.unsupported.empty(); });
    return trial.mark == Verified::held && tried_here;
}

}  // namespace

const char* name(ScenarioGrade::Verdict verdict) {
    switch (verdict) {
        case ScenarioGrade::Verdict::passed: return "passed";
        case ScenarioGrade::Verdict::failed: return "failed";
        case ScenarioGrade::Verdict::not_tried: return "not-tried";
        case ScenarioGrade::Verdict::could_not_run: return "could-not-run";
    }
    return "";
}

int RoleGrade::passed() const {
    return static_cast<int>(std::ranges::count(scenarios, ScenarioGrade::Verdict::passed, &ScenarioGrade::verdict));
}

const ScenarioGrade* RoleGrade::first_failure() const {
    const auto failed = std::ranges::find_if(
        scenarios, [](const ScenarioGrade& grade) { return grade.verdict != ScenarioGrade::Verdict::passed; });
    return failed == scenarios.end() ? nullptr : &*failed;
}

double Grade::points() const {
    return rounded(std::accumulate(roles.begin(), roles.end(), 0.0,
                                   [](double sum, const RoleGrade& role) { return sum + role.points; }));
}

double Grade::of() const {
    return rounded(std::accumulate(roles.begin(), roles.end(), 0.0,
                                   [](double sum, const RoleGrade& role) { return sum + role.of; }));
}

bool Grade::graded() const {
    return std::ranges::all_of(roles, &RoleGrade::graded);
}

std::vector<double> points_of(const GradedRole& role, const std::vector<std::string>& scenarios) {
    std::vector<double> points;
    for (const auto& scenario : scenarios) points.push_back(weight_of(role, scenario));
    if (!role.points) return points;
    const auto all = std::accumulate(points.begin(), points.end(), 0.0);
    for (auto& share : points) share = all > 0 ? *role.points * share / all : 0;
    return points;
}

RoleGrade assess(const GradedRole& role, const std::vector<TrialResult>& results, Side side) {
    RoleGrade grade;
    grade.role = role.role;
    grade.trouble = why_not_started(results, side);
    for (const auto& result : results) {
        if (!counts(*result.trial)) continue;
        auto& scenario = grade.scenarios.emplace_back(scenario_grade(result));
        if (scenario.verdict != ScenarioGrade::Verdict::could_not_run) continue;
        if (!grade.trouble.empty()) {
            scenario.verdict = ScenarioGrade::Verdict::failed;
        } else if (grade.graded) {
            grade.graded = false;
            grade.trouble = format("{} could not run: {}", scenario.scenario, scenario.message);
        }
    }
    share_points(role, grade);
    return grade;
}

RoleGrade without_trial(const GradedRole& role, const Trials& trials, std::string trouble, bool graded) {
    RoleGrade grade;
    grade.role = role.role;
    grade.trouble = std::move(trouble);
    grade.graded = graded;
    for (const auto& trial : trials.list) {
        if (!counts(trial)) continue;
        grade.scenarios.emplace_back().scenario = trial.scenario->name;
    }
    share_points(role, grade);
    return grade;
}

std::string points_text(double points) {
    auto text = format("{:.2f}", points);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

double rounded(double points) {
    constexpr double parts = 10'000;
    return std::round(points * parts) / parts;
}

}  // namespace parley
