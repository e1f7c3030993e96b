#include "parley/report/terminal_report.h"

#include <string_view>
#include <utility>

#include "parley/base/bytes.h"
#include "parley/base/format.h"

namespace parley {

namespace {

/// `FAILED echo/two-messages:python:cpp (repetition 2)`
std::string failure_title(const CellResult& result, bool colour) {
    const std::string_view verdict = result.verdict.kind == Verdict::Kind::failed ? "FAILED" : "COULD NOT RUN";
    const std::string repetition = result.repetition == 0 ? "" : format(" (repetition {})", result.repetition + 1);
    return painted(verdict, colour::red, colour) + " " + printable(result.cell->name()) + repetition;
}

std::string not_run_line(const Progress& progress, bool interrupted) {
    if (progress.counts().total() >= progress.total()) return interrupted ? "interrupted\n" : "";
    return format("{}: {} of {} cells were not run\n", interrupted ? "interrupted" : "stopped early",
                  progress.total() - progress.counts().total(), progress.total());
}

}  // namespace

TerminalReport::TerminalReport(int descriptor, Terminal terminal, Explain explain, Now now)
    : output_(descriptor),
      descriptor_(descriptor),
      terminal_(terminal),
      explain_(std::move(explain)),
      now_(std::move(now)) {}

void TerminalReport::begin(std::size_t total) {
    began_ = now_();
    progress_.begin(total);
}

void TerminalReport::started(const Cell& cell) {
    progress_.started(cell);
    redraw();
}

void TerminalReport::finished(const CellResult& result) {
    progress_.finished(*result.cell, result.verdict.kind);
    summary_.add(result.verdict);
    if (MatrixTable::shows(*result.cell))
        matrix_.add(result);
    else
        table_.add(*result.cell, result.verdict.kind);
    if (is_trouble(result.verdict)) {
        tell(result);
    } else if (progress_.nothing_to_start()) {
        // While cells are left the next one starts at once: a line in between would name none.
        redraw();
    }
}

void TerminalReport::tell(const CellResult& result) {
    std::string text = erased() + failure_title(result, terminal_.colour);
    const std::size_t told = summary_.counts().failed + summary_.counts().could_not_run;
    text +=
        told <= explained_failures ? "\n" + explain_(result) + "\n" : ": " + printable(headline(result.verdict)) + "\n";
    if (terminal_.live) text += progress_.line(width_of(descriptor_) - 1);
    output_.write(text);
}

void TerminalReport::redraw() {
    if (terminal_.live && throttle_.admits(now_())) output_.write(erased() + progress_.line(width_of(descriptor_) - 1));
}

/// Takes the progress line away: back to column 1, and erase to the end of the line.
std::string TerminalReport::erased() const {
    return terminal_.live ? "\r\x1b[K" : "";
}

void TerminalReport::end(bool interrupted) {
    std::string text = erased();
    for (const auto& table : {table_.render(terminal_.colour), matrix_.render(terminal_.colour)}) {
        if (!table.empty()) text += table + '\n';
    }
    text += printable(summary_.reasons()) + not_run_line(progress_, interrupted);
    const std::string_view colour = summary_.counts().trouble() ? colour::red : colour::green;
    text += painted(summary_.line(now_() - began_), colour, terminal_.colour) + "\n";
    output_.write(text);
}

}  // namespace parley
