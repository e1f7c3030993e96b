#include "parley/verify/answer.h"

#include <algorithm>
#include <string_view>

#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/report/explain.h"
#include "parley/report/one_line.h"
#include "parley/report/summary.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

using Kind = Verdict::Kind;
using Code = Finding::Code;

struct Word {
    std::string_view text, colour;
};

/// How a trial ended, as its line says it.
Word word_of(const TrialResult& result) {
    const bool counts = result.trial->mark == Verified::held;
    switch (result.kind()) {
        case Kind::passed: return {tr("passed"), colour::green};
        case Kind::unsupported: return {tr("not tried"), colour::yellow};
        case Kind::could_not_run: return {tr("COULD NOT RUN"), colour::red};
        default: return counts ? Word{tr("FAILED"), colour::red} : Word{tr("differs"), colour::yellow};
    }
}

/// As much of a sentence as a line has room for: what follows stands below, or with --all.
std::string shortened(const std::string& sentence) {
    constexpr std::size_t most_columns = 100;
    if (columns_of(sentence) <= most_columns) return sentence;
    const auto begin = clipped(sentence, most_columns);
    return std::string(begin.substr(0, begin.rfind(' '))) + " …";
}

std::string lines_of(const std::vector<TrialResult>& results, Verified mark, const AnswerOptions& options) {
    constexpr std::size_t word_columns = 13;
    std::size_t name_columns = 0;
    for (const auto& result : results) {
        if (result.trial->mark == mark) name_columns = std::max(name_columns, result.trial->scenario->name.size());
    }
    std::string text;
    for (const auto& result : results) {
        if (result.trial->mark != mark || result.cells.empty()) continue;
        const auto [word, hue] = word_of(result);
        const auto name = one_line(result.trial->scenario->name);
        auto line = format("  {}{}{}", painted(word, hue, options.colour),
                           std::string(std::max(word_columns, columns_of(word) + 1) - columns_of(word), ' '), name);
        if (const auto* telling = result.telling()) {
            line += std::string(name_columns + 2 - std::min(name_columns, name.size()), ' ');
            line += shortened(one_line(headline(telling->verdict)));
        }
        text += line + "\n";
    }
    return text;
}

/// About how the socket is made, or about what is said on it.
bool is_about_setting_up(Code code) {
    switch (code) {
        case Code::never_listened:
        case Code::wrong_port:
        case Code::never_connected:
        case Code::wrong_host:
        case Code::connection_extra: return true;
        default: return false;
    }
}

std::string slide_of(const CellResult& result, const Submission& submission) {
    const auto role = result.cell->catalogue->roles.find(submission.role);
    if (role == result.cell->catalogue->roles.end() || result.verdict.findings.empty()) return {};
    const auto& slides = role->second.slides;
    if (result.verdict.findings.front().code == Code::primitives_differ) return slides.order;
    return is_about_setting_up(result.verdict.findings.front().code) ? slides.set_up : slides.talk;
}

std::string in_full(const TrialResult& result, const Submission& submission, const AnswerOptions& options) {
    const auto& telling = *result.telling();
    ExplainOptions how;
    how.colour = options.colour;
    how.about = true;
    how.places = false;
    // It names the calls that a conversation implies: of no use where those that were made are in question.
    how.diagram = telling.verdict.findings.front().code != Code::primitives_differ;
    how.name = shown_name(*telling.cell);
    how.slide = slide_of(telling, submission);
    if (options.repeat_command) how.repeat_command = options.repeat_command(result);
    return explain(*telling.cell, telling.observation, telling.verdict, how);
}

std::string advice_heading(const std::vector<TrialResult>& results) {
    const bool any = std::ranges::any_of(results, [](const TrialResult& result) {
        return result.trial->mark == Verified::advice && !result.cells.empty();
    });
    return any ? format("\n{}\n", tr("Beyond the slides (never held against a program):")) : "";
}

std::string left_out_for(NotHeld reason, std::size_t count) {
    switch (reason) {
        case NotHeld::other_role: break;
        case NotHeld::port:
            return plural(count, "{} more scenario gives another port: put {} into the command to try it.",
                          "{} more scenarios give another port: put {} into the command to try them.", count, "{port}");
        case NotHeld::host:
            return plural(count, "{} more scenario gives another host: put {} into the command to try it.",
                          "{} more scenarios give another host: put {} into the command to try them.", count, "{host}");
        case NotHeld::arguments:
            return plural(count, "{} more scenario gives arguments of its own: put {} into the command to try it.",
                          "{} more scenarios give arguments of its own: put {} into the command to try them.", count,
                          "{args}");
    }
    return {};
}

std::string left_out_text(const Trials& trials) {
    std::string text;
    for (const auto& [reason, count] : trials.left_out) text += left_out_for(reason, count) + "\n";
    return text.empty() ? "" : "\n" + text;
}

std::string summary_line(const std::vector<TrialResult>& results, std::chrono::duration<double> elapsed) {
    const auto standing = standing_of(results);
    auto text = told("{} of {} scenarios passed", standing.held_passed, standing.held);
    if (standing.not_tried > 0) text += told("; {} more were not tried", standing.not_tried);
    if (standing.advice > 0) text += told("; beyond the slides {} of {}", standing.advice_passed, standing.advice);
    if (standing.unsupported > 0) text += told("; {} not tried on this machine", standing.unsupported);
    if (standing.could_not_run > 0) text += told("; {} could not run", standing.could_not_run);
    return text + with_decimal_mark(format("   {:.1f} s\n", elapsed.count()));
}

}  // namespace

const TrialResult* first_failure(const std::vector<TrialResult>& results) {
    const auto failed = std::ranges::find_if(results, [](const TrialResult& result) {
        return result.trial->mark == Verified::held && result.kind() == Kind::failed;
    });
    return failed == results.end() ? nullptr : &*failed;
}

std::string answer(const Trials& trials, const std::vector<TrialResult>& results, const Submission& submission,
                   std::chrono::duration<double> elapsed, const AnswerOptions& options) {
    auto text = lines_of(results, Verified::held, options);
    text += advice_heading(results) + lines_of(results, Verified::advice, options);
    text += left_out_text(trials);
    const auto* first = first_failure(results);
    for (const auto& result : results) {
        const bool shown = &result == first || (options.all_in_full && result.telling());
        if (shown && result.kind() != Kind::unsupported) text += "\n" + in_full(result, submission, options);
    }
    const bool all_passed = !standing_of(results).failed();
    text += "\n" + painted(summary_line(results, elapsed), all_passed ? colour::green : colour::red, options.colour);
    return text;
}

}  // namespace parley
