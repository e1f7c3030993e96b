#include "parley/report/table.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "parley/base/format.h"
#include "parley/report/text_table.h"

namespace parley {

namespace {

constexpr std::size_t gap = 3;  // between two columns

/// In which conversation's table the cell stands.
std::string table_of(const Cell& cell) {
    if (cell.server != nullptr && !cell.server->role.empty()) return conversation_of(cell.server->role);
    if (cell.client != nullptr && !cell.client->role.empty()) return conversation_of(cell.client->role);
    return cell.scenario->name.substr(0, cell.scenario->name.find('/'));
}

Field field(const Counts& counts) {
    std::string text = format("{}/{}", counts.passed, counts.total());
    if (counts.known_failures > 0) text += ", " + known_failures(counts.known_failures);
    if (counts.unsupported > 0) text += format(", {} unsupported", counts.unsupported);
    if (counts.could_not_run > 0) text += format(", {} could not run", counts.could_not_run);
    return marked(counts, text);
}

}  // namespace

std::string conversation_of(const std::string& role) {
    return role.substr(0, role.rfind('-'));
}

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
    const std::string conversation = table_of(cell);
    conversations_[conversation][{heading(conversation, cell, Side::client), heading(conversation, cell, Side::server)}]
        .add(kind);
}

std::string Table::render(const std::string& conversation, const Fields& fields, bool colour) {
    std::vector<Row> rows{{{conversation}, {"server", {}, true}}, {{"client"}}};
    for (const auto& [heading, column] : numbered_columns(fields)) rows.back().push_back({heading.label});
    std::ranges::move(rows_of(fields, field), std::back_inserter(rows));
    return render_rows(rows, gap, colour);
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
