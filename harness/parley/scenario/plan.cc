#include "parley/scenario/plan.h"

#include <fnmatch.h>

#include <algorithm>

#include "parley/base/format.h"
#include "parley/base/language.h"

namespace parley {

namespace {

using Candidates = std::vector<const Implementation*>;

/// The client whose implementation a cell is named by: the first with a role, else the first program.
const ProgramPart* telling_client(const Scenario& scenario) {
    const auto with_role =
        std::ranges::find_if(scenario.clients, [](const ClientPart& client) { return !client.role.empty(); });
    if (with_role != scenario.clients.end()) return &*with_role;
    const auto program = std::ranges::find_if(scenario.clients, &ClientPart::is_program);
    return program == scenario.clients.end() ? nullptr : &*program;
}

/// Who can play `part`; where no program plays it, nobody, once.
Candidates candidates(const ProgramPart* part, const Catalogue& catalogue) {
    if (!part || !part->is_program()) return {nullptr};
    if (part->own) return {&*part->own};
    return catalogue.of(part->role);
}

std::string unmet_needs(const Cell& cell, const Machine& machine) {
    Candidates programs{cell.client, cell.server};
    for (const auto& client : cell.scenario->clients) programs.push_back(client.own ? &*client.own : nullptr);
    std::string list;
    const auto add = [&](const Need& need) {
        const auto entry = told("{} (package {})", need.path, need.package);
        if (list.find(entry) == std::string::npos) list += (list.empty() ? "" : ", ") + entry;
    };
    for (const auto* implementation : programs) {
        if (!implementation) continue;
        for (const auto& need : implementation->needs)
            if (!machine.has(need)) add(need);
    }
    if (cell.scenario->server && cell.scenario->server->clock && !machine.sets_clocks())
        add({"libfaketime", "libfaketime"});
    return list.empty() ? "" : told("needs {}", list);
}

}  // namespace

std::string Cell::name() const {
    return format("{}:{}:{}", scenario->name, player_name(Side::client), player_name(Side::server));
}

std::string Cell::player_name(Side side) const {
    const auto* implementation = side == Side::client ? client : server;
    if (implementation) return implementation->language;
    const auto is_script = [](const ProgramPart& part) { return part.player == Player::script; };
    const bool scripted = side == Side::client ? std::ranges::any_of(scenario->clients, is_script)
                                               : scenario->server && is_script(*scenario->server);
    return scripted ? "script" : "-";
}

bool waits_by_nature(const Scenario& scenario) {
    const auto may_deadlock = [](const Scenario& way) { return way.outcome == Outcome::deadlock; };
    const auto pauses = [](const Turn& turn) { return std::holds_alternative<Pause>(turn.what); };
    const auto waits = [&](const ClientPart& client) {
        return client.player == Player::idle || std::ranges::any_of(client.exchange, pauses);
    };
    return may_deadlock(scenario) || std::ranges::any_of(scenario.other_ways, may_deadlock) ||
           std::ranges::any_of(scenario.clients, waits);
}

std::vector<Cell> plan(const std::vector<std::shared_ptr<const Scenario>>& scenarios, const Catalogue& catalogue,
                       const Machine& machine) {
    std::vector<Cell> cells;
    for (const auto& scenario : scenarios) {
        const auto servers = candidates(scenario->server ? &*scenario->server : nullptr, catalogue);
        for (const auto* client : candidates(telling_client(*scenario), catalogue)) {
            for (const auto* server : servers) {
                auto& cell = cells.emplace_back(Cell{scenario, server, client, {}, &catalogue});
                cell.unsupported = unmet_needs(cell, machine);
            }
        }
    }
    return cells;
}

bool matches_glob(const std::string& glob, const std::string& text) {
    return ::fnmatch(glob.c_str(), text.c_str(), 0) == 0;
}

}  // namespace parley
