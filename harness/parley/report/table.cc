#include "parley/report/table.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "parley/base/format.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

struct Field {
    std::string text;
    std::string_view colour = {};
};

constexpr std::size_t gap = 3;  // between two columns

using Rows = std::vector<std::vector<Field>>;

/// `echo` of `echo-server`.
std::string conversation_of(const std::string& role) {
    return role.substr(0, role.rfind('-'));
}

std::string conversation_of(const Cell& cell) {
    if (cell.server != nullptr && !cell.server->role.empty()) return conversation_of(cell.server->role);
    if (cell.client != nullptr && !cell.client->role.empty()) return conversation_of(cell.client->role);
    return cell.scenario->name.substr(0, cell.scenario->name.find('/'));
}

Field field(const Counts& counts) {
    std::string text = format("{}/{}", counts.passed, counts.total());
    if (counts.unsupported > 0) text += format(", {} unsupported", counts.unsupported);
    if (counts.could_not_run > 0) text += format(", {} could not run", counts.could_not_run);
    if (counts.trouble()) return {"✗ " + text, colour::red};
    if (counts.passed == 0) return {"– " + text, colour::yellow};
    return {"✓ " + text, colour::green};
}

std::vector<std::size_t> column_widths(const Rows& rows) {
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i].text));
    }
    return widths;
}

std::string render_row(const std::vector<Field>& row, const std::vector<std::size_t>& widths, bool colour) {
    std::string line;
    std::size_t padding = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].text.empty()) {
            padding += widths[i] + gap;
            continue;
        }
        line.append(padding, ' ');
        line += painted(row[i].text, row[i].colour, colour);
        padding = widths[i] - columns_of(row[i].text) + gap;
    }
    return line + '\n';
}

}  // namespace

Table::Heading Table::heading(const std::string& conversation, const Cell& cell, Side side) {
    const auto* implementation = side == Side::client ? cell.client : cell.server;
    const auto player = cell.player_name(side);
    if (player == "-") return {Heading::Rank::alone, "alone"};
    if (implementation == nullptr || implementation->role.empty()) return {Heading::Rank::own, player};
    const std::string own = conversation_of(implementation->role);
    if (own == conversation) return {Heading::Rank::own, implementation->language};
    return {Heading::Rank::other, own + "/" + implementation->language};
}

void Table::add(const Cell& cell, Verdict::Kind kind) {
    const std::string conversation = conversation_of(cell);
    conversations_[conversation][{heading(conversation, cell, Side::client), heading(conversation, cell, Side::server)}]
        .add(kind);
}

std::string Table::render(const std::string& conversation, const Fields& fields, bool colour) {
    std::map<Heading, std::size_t> columns;
    for (const auto& [place, counts] : fields) columns.try_emplace(place.second);

    Rows rows{{{"client"}}};
    for (auto& [heading, index] : columns) {
        index = rows.front().size();
        rows.front().push_back({heading.label});
    }
    const Heading* row = nullptr;
    for (const auto& [place, counts] : fields) {
        if (row == nullptr || *row != place.first) {
            row = &place.first;
            rows.emplace_back(rows.front().size()).front() = {row->label};
        }
        rows.back()[columns[place.second]] = field(counts);
    }

    std::vector<std::size_t> widths = column_widths(rows);
    widths.front() = std::max(widths.front(), columns_of(conversation));
    std::string text = format("{:<{}}server\n", conversation, widths.front() + gap);
    for (const auto& line : rows) text += render_row(line, widths, colour);
    return text;
}

std::string Table::render(bool colour) const {
    std::string text;
    for (const auto& [conversation, fields] : conversations_) {
        if (!text.empty()) text += '\n';
        text += render(conversation, fields, colour);
    }
    return text;
}

}  // namespace parley
