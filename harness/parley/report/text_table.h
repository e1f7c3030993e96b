// Texts in columns.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parley/report/summary.h"

namespace parley {

struct Field {
    std::string text;
    std::string_view colour = {};
    bool reaches_over = false;  ///< into the columns after its own, which it does not widen
};

using Row = std::vector<Field>;

/// The rows, each with a newline, in columns as wide as their widest field and `gap` apart. All rows begin at the first
/// column; each may end at another one. No line ends with blanks.
std::string render_rows(const std::vector<Row>& rows, std::size_t gap, bool colour);

/// `text` behind what `counts` come to: `✓` and green, `✗` and red, or, where nothing passed and nothing is wrong, `–`
/// and yellow.
Field marked(const Counts& counts, const std::string& text);

/// What there is of each row and column.
template <typename Heading, typename Content>
using Grid = std::map<std::pair<Heading, Heading>, Content>;

/// The number of each heading's column; the column of the rows' own headings is 0.
template <typename Heading, typename Content>
std::map<Heading, std::size_t> numbered_columns(const Grid<Heading, Content>& grid) {
    std::map<Heading, std::size_t> columns;
    for (const auto& [place, content] : grid) columns.try_emplace(place.second);
    std::size_t number = 0;
    for (auto& [heading, column] : columns) column = ++number;
    return columns;
}

/// The rows of `grid`: the heading's label, then what `show` makes of the contents.
template <typename Heading, typename Content, typename Show>
std::vector<Row> rows_of(const Grid<Heading, Content>& grid, Show show) {
    const auto columns = numbered_columns(grid);
    std::vector<Row> rows;
    const Heading* row = nullptr;
    for (const auto& [place, content] : grid) {
        if (row == nullptr || *row != place.first) {
            row = &place.first;
            rows.emplace_back(columns.size() + 1).front() = {row->label};
        }
        rows.back()[columns.at(place.second)] = show(content);
    }
    return rows;
}

}  // namespace parley
