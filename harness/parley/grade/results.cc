#include "parley/grade/results.h"

#include <algorithm>

#include "parley/base/format.h"
#include "parley/report/json_fields.h"
#include "parley/report/one_line.h"
#include "parley/report/terminal.h"
#include "parley/report/text_table.h"

namespace parley {

namespace {

std::string score(double points, double of) {
    return format("{}/{}", points_text(points), points_text(of));
}

// ---- the table

Field field_of(const RoleGrade& role) {
    if (!role.graded) return {"? not graded", colour::yellow};
    const bool all_passed = role.passed() == static_cast<int>(role.scenarios.size());
    return {(all_passed ? "✓ " : "✗ ") + score(role.points, role.of), all_passed ? colour::green : colour::red};
}

std::string troubles(const Grade& grade) {
    std::string text;
    for (const auto& role : grade.roles) {
        if (role.trouble.empty()) continue;
        text += format("{}, {}: {}\n", one_line(grade.submission), role.role, one_line(role.trouble));
    }
    return text;
}

// ---- CSV

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const auto& field : fields) {
        if (&field != &fields.front()) line += ',';
        line += csv_field(field);
    }
    return line + "\r\n";
}

std::string csv_line(const Grade& grade, const RoleGrade& role) {
    const auto* failure = role.first_failure();
    const auto message = !role.trouble.empty() ? role.trouble : failure ? failure->message : "";
    return csv_line({printable(grade.submission), role.role, role.graded ? format("{}", role.points) : "",
                     format("{}", role.of), format("{}", role.passed()), format("{}", role.scenarios.size()),
                     failure ? failure->code : "", failure ? failure->cause : "", one_line(message)});
}

// ---- JSON

Json scenario_to_json(const ScenarioGrade& scenario) {
    Json failure = nullptr;
    if (!scenario.code.empty())
        failure = {{"code", scenario.code},
                   {"message", octets_to_json(scenario.message)},
                   {"cause", scenario.cause.empty() ? Json(nullptr) : Json(scenario.cause)}};
    return {{"scenario", scenario.scenario},
            {"verdict", name(scenario.verdict)},
            {"points", scenario.points},
            {"of", scenario.of},
            {"failure", failure}};
}

Json role_to_json(const RoleGrade& role) {
    Json scenarios = Json::array();
    for (const auto& scenario : role.scenarios) scenarios.push_back(scenario_to_json(scenario));
    return {{"role", role.role},
            {"points", role.points},
            {"of", role.of},
            {"graded", role.graded},
            {"passed", role.passed()},
            {"trouble", role.trouble.empty() ? Json(nullptr) : octets_to_json(role.trouble)},
            {"build_output", role.output.empty() ? Json(nullptr) : octets_to_json(role.output)},
            {"scenarios", scenarios}};
}

Json submission_to_json(const Grade& grade) {
    Json roles = Json::array();
    for (const auto& role : grade.roles) roles.push_back(role_to_json(role));
    return {{"submission", octets_to_json(grade.submission)},
            {"points", grade.points()},
            {"of", grade.of()},
            {"graded", grade.graded()},
            {"roles", roles}};
}

std::string octets_or_empty(const JsonValue& value) {
    return value.is_null() ? std::string() : octets_from_json(value);
}

ScenarioGrade scenario_from_json(const JsonValue& value) {
    ScenarioGrade scenario;
    scenario.scenario = text(member(value, "scenario"));
    scenario.verdict = enumerator(member(value, "verdict"), ScenarioGrade::Verdict::could_not_run);
    scenario.points = number(member(value, "points"));
    scenario.of = number(member(value, "of"));
    const auto& failure = member(value, "failure");
    if (failure.is_null()) return scenario;
    scenario.code = text(member(failure, "code"));
    scenario.message = octets_from_json(member(failure, "message"));
    scenario.cause = octets_or_empty(member(failure, "cause"));
    return scenario;
}

RoleGrade role_from_json(const JsonValue& value) {
    RoleGrade role;
    role.role = text(member(value, "role"));
    role.points = number(member(value, "points"));
    role.of = number(member(value, "of"));
    role.graded = boolean(member(value, "graded"));
    role.trouble = octets_or_empty(member(value, "trouble"));
    role.output = octets_or_empty(member(value, "build_output"));
    role.answer = octets_or_empty(member(value, "answer"));
    for (const auto& scenario : elements(member(value, "scenarios")))
        role.scenarios.push_back(scenario_from_json(scenario));
    return role;
}

// ---- Gradescope

/// What of `text` can stand in a string of JSON.
std::string plain(const std::string& text) {
    return printable(text);
}

std::string test_output(const RoleGrade& role, const ScenarioGrade& scenario) {
    if (!scenario.message.empty()) return plain(scenario.message);
    if (scenario.verdict != ScenarioGrade::Verdict::not_tried) return "";
    const auto* first = role.first_failure();
    const auto& reason = !role.trouble.empty() ? role.trouble : first ? first->message : role.trouble;
    return plain("not tried: " + reason);
}

Json gradescope_test(const RoleGrade& role, const ScenarioGrade& scenario) {
    return {{"name", format("{}: {}", role.role, scenario.scenario)},
            {"score", scenario.points},
            {"max_score", scenario.of},
            {"status", scenario.verdict == ScenarioGrade::Verdict::passed ? "passed" : "failed"},
            {"output", test_output(role, scenario)},
            {"visibility", "visible"}};
}

std::string gradescope_output(const RoleGrade& role) {
    auto text = role.role + "\n\n";
    if (!role.trouble.empty()) text += role.trouble + "\n";
    if (!role.output.empty()) text += "\n" + role.output + "\n";
    return plain(text + role.answer);
}

}  // namespace

std::string grade_table(const std::vector<Grade>& grades, const std::vector<std::string>& roles, bool colour) {
    constexpr std::size_t gap = 3;
    std::vector<Row> rows{{{"submission"}}};
    for (const auto& role : roles) rows.front().push_back({role});
    rows.front().push_back({"total"});
    std::string reasons;
    for (const auto& grade : grades) {
        Row row{{one_line(grade.submission)}};
        for (const auto& role : grade.roles) row.push_back(field_of(role));
        row.push_back({grade.graded() ? score(grade.points(), grade.of()) : "–"});
        rows.push_back(row);
        reasons += troubles(grade);
    }
    return render_rows(rows, gap, colour) + (reasons.empty() ? "" : "\n" + reasons);
}

std::string grades_csv(const std::vector<Grade>& grades) {
    auto text = csv_line({"submission", "role", "points", "of", "passed", "scenarios", "code", "cause", "message"});
    for (const auto& grade : grades) {
        for (const auto& role : grade.roles) text += csv_line(grade, role);
    }
    return text;
}

std::string grades_json(const std::vector<Grade>& grades, Level level, std::size_t expected, bool interrupted) {
    constexpr int format_version = 1;
    Json submissions = Json::array();
    for (const auto& grade : grades) submissions.push_back(submission_to_json(grade));
    const auto graded = std::ranges::count_if(grades, &Grade::graded);
    const Json all{{"format", format_version},
                   {"level", name(level)},
                   {"interrupted", interrupted},
                   {"submissions", submissions},
                   {"summary",
                    {{"submissions", expected},
                     {"graded", graded},
                     {"not_graded", grades.size() - static_cast<std::size_t>(graded)},
                     {"not_reached", expected - grades.size()}}}};
    return all.dump() + "\n";
}

std::string gradescope_results(const Grade& grade) {
    Json tests = Json::array();
    std::string output;
    for (const auto& role : grade.roles) {
        for (const auto& scenario : role.scenarios) tests.push_back(gradescope_test(role, scenario));
        output += (output.empty() ? "" : "\n\n") + gradescope_output(role);
    }
    return Json{{"score", grade.points()}, {"output", output}, {"tests", tests}}.dump() + "\n";
}

Json grade_to_json(const Grade& grade) {
    auto json = submission_to_json(grade);
    for (std::size_t i = 0; i < grade.roles.size(); ++i)
        json["roles"][i]["answer"] = octets_to_json(grade.roles[i].answer);
    return json;
}

Grade grade_from_json(const JsonValue& value) {
    Grade grade;
    grade.submission = octets_from_json(member(value, "submission"));
    for (const auto& role : elements(member(value, "roles"))) grade.roles.push_back(role_from_json(role));
    return grade;
}

}  // namespace parley
