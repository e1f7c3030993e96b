#include "parley/report/program_text.h"

#include <string_view>
#include <vector>

#include "parley/base/bytes.h"
#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/wording.h"
#include "parley/report/one_line.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

constexpr std::size_t last_lines = 10;
constexpr std::size_t line_columns = 160;

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto length = text.find('\n');
        lines.push_back(text.substr(0, length));
        text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
    }
    return lines;
}

/// A line that a program printed; the bar keeps it from passing for one of the harness.
std::string quoted_line(std::string_view line) {
    const auto kept = clipped(line, line_columns);
    const auto rest = kept.size() < line.size() ? told(" … {} more …", octets(line.size() - kept.size())) : "";
    return format("      | {}{}\n", kept, rest);
}

std::string printed_text(const char* stream, const Captured& printed) {
    if (printed.total == 0) return "";
    std::string text = format("    {} {}", stream, octets(printed.total));
    if (printed.total > printed.bytes.size())
        text += told(", of which the first {} are kept", grouped(printed.bytes.size()));
    else if (!printed.bytes.ends_with('\n'))
        text += tr(", no newline at the end");
    text += ":\n";

    const auto safe = printable(printed.bytes);
    const auto lines = lines_of(safe);
    const auto left_out = lines.size() - std::min(lines.size(), last_lines);
    if (left_out > 0)
        text += format("      {}\n", plural(left_out, "… {} more line …", "… {} more lines …", grouped(left_out)));
    for (auto i = left_out; i < lines.size(); ++i) text += quoted_line(lines[i]);
    return text;
}

std::string state_line(const ProgramObservation& program) {
    std::string text = "    " + state_text(program.state);
    if (!program.listens.empty()) text += told(", listens on {}", joined(program.listens, tr(" and ")));
    return one_line(text) + "\n";
}

}  // namespace

std::string program_text(const std::string& name, const ProgramPart& part, const ProgramObservation& program) {
    if (program.command.empty()) return format("  {}: {}\n", name, tr("not started"));
    std::string text = format("  {}: {}\n", name, one_line(joined(program.command, " ")));
    text += state_line(program);
    if (!part.input.empty()) text += format("    stdin  {}: {}\n", octets(part.input.size()), excerpt(part.input));
    return text + printed_text("stdout", program.out) + printed_text("stderr", program.err);
}

}  // namespace parley
