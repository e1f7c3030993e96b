#include "parley/report/matrix_table.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

#include "parley/base/format.h"
#include "parley/judge/acts.h"
#include "parley/report/table.h"

namespace parley {

namespace {

constexpr std::size_t gap = 2;  // between two columns: eight of them fit a terminal of 100

std::string outcome_of(const CellResult& result) {
    switch (result.verdict.kind) {
        case Verdict::Kind::passed:
        case Verdict::Kind::failed: return outcome_of(result.observation);
        case Verdict::Kind::known_failure: return "known failure";
        case Verdict::Kind::unsupported: return "unsupported";
        case Verdict::Kind::could_not_run: return "could not run";
    }
    return "?";
}

}  // namespace

std::string outcome_of(const Observation& observation) {
    if (observation.ending == Ending::deadlock) return "deadlock";
    if (observation.ending == Ending::deadline) return "time up";
    const auto connections = static_cast<int>(observation.transcript.connections.size());
    if (connections == 0) return "no connection";
    bool data = false;
    for (int connection = 0; connection < connections; ++connection) {
        for (const auto& act : acts_of(observation.transcript, connection, {}).list) {
            if (act.kind == WireEvent::Kind::reset) return "reset";
            data = true;
        }
    }
    return data ? "bytes" : "silence";
}

bool MatrixTable::shows(const Cell& cell) {
    return std::ranges::find(cell.scenario->tags, "matrix") != cell.scenario->tags.end();
}

MatrixTable::Heading MatrixTable::heading(const Cell& cell, Side side) {
    const auto* implementation = side == Side::client ? cell.client : cell.server;
    const auto player = cell.player_name(side);
    if (implementation == nullptr || implementation->role.empty()) return {SIZE_MAX, "", player, player};
    std::size_t place = 0;
    if (cell.catalogue != nullptr) {
        const auto& all = cell.catalogue->implementations;
        const auto found = std::ranges::find(all, implementation->name(), &Implementation::name);
        place = static_cast<std::size_t>(found - all.begin());
    }
    const auto conversation = conversation_of(implementation->role);
    return {place, conversation, player, conversation + "/" + player};
}

void MatrixTable::add(const CellResult& result) {
    auto& tally = fields_[{heading(*result.cell, Side::client), heading(*result.cell, Side::server)}];
    tally.counts.add(result.verdict.kind);
    ++tally.outcomes[outcome_of(result)];
}

Field MatrixTable::field(const Tally& tally) {
    const auto total = tally.counts.total();
    if (total == 1) return marked(tally.counts, tally.outcomes.begin()->first);
    std::vector<std::pair<std::string, std::size_t>> outcomes(tally.outcomes.begin(), tally.outcomes.end());
    std::ranges::stable_sort(outcomes, std::greater(), &std::pair<std::string, std::size_t>::second);
    std::string list;
    for (const auto& [outcome, count] : outcomes) {
        list += (list.empty() ? "" : ", ") + outcome;
        if (outcomes.size() > 1) list += format(" {}", count);
    }
    return marked(tally.counts, format("{}/{} {}", tally.counts.passed, total, list));
}

std::string MatrixTable::render(bool colour) const {
    if (fields_.empty()) return {};
    std::vector<Row> rows{{{"matrix"}, {"server", {}, true}}, {{}}, {{"client"}}};
    std::string before;
    for (const auto& [heading, column] : numbered_columns(fields_)) {
        rows[1].push_back({heading.conversation == before ? "" : heading.conversation});
        rows[2].push_back({heading.language});
        before = heading.conversation;
    }
    std::ranges::move(rows_of(fields_, field), std::back_inserter(rows));
    return render_rows(rows, gap, colour);
}

}  // namespace parley
