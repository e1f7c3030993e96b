#include "parley/report/text_table.h"

#include <algorithm>

#include "parley/report/terminal.h"

namespace parley {

namespace {

/// Where each column begins.
std::vector<std::size_t> column_starts(const std::vector<Row>& rows, std::size_t gap) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i].reaches_over) widths[i] = std::max(widths[i], columns_of(row[i].text));
        }
    }
    std::vector<std::size_t> starts{0};
    for (const auto width : widths) starts.push_back(starts.back() + width + gap);
    return starts;
}

std::string render_row(const Row& row, const std::vector<std::size_t>& starts, bool colour) {
    std::string line;
    std::size_t at = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].text.empty()) continue;
        const auto start = std::max(at, starts[i]);
        line.append(start - at, ' ');
        line += painted(row[i].text, row[i].colour, colour);
        at = start + columns_of(row[i].text);
    }
    return line + '\n';
}

}  // namespace

std::string render_rows(const std::vector<Row>& rows, std::size_t gap, bool colour) {
    const auto starts = column_starts(rows, gap);
    std::string text;
    for (const auto& row : rows) text += render_row(row, starts, colour);
    return text;
}

Field marked(const Counts& counts, const std::string& text) {
    if (counts.trouble()) return {"✗ " + text, colour::red};
    if (counts.passed == 0) return {"– " + text, colour::yellow};
    return {"✓ " + text, colour::green};
}

}  // namespace parley
