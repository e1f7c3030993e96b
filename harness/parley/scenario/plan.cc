#include "parley/scenario/plan.h"

#include <fnmatch.h>

#include <algorithm>

#include "parley/base/format.h"

namespace parley {

namespace {

using Candidates = std::vector<const Implementation*>;

/// The role of the clients that are programs; nullptr where there is none.
const std::string* client_role(const Scenario& scenario) {
    const auto client = std::ranges::find(scenario.clients, false, &ClientPart::idle);
    return client == scenario.clients.end() ? nullptr : &client->role;
}

/// Who can play `role`; where the scenario has no such part, nobody, once.
Candidates candidates(const std::string* role, const Catalogue& catalogue) {
    return role ? catalogue.of(*role) : Candidates{nullptr};
}

std::string unmet_needs(const Cell& cell, const Machine& machine) {
    std::string list;
    for (const auto* implementation : {cell.client, cell.server}) {
        if (!implementation) continue;
        for (const auto& need : implementation->needs) {
            const auto entry = format("{} (package {})", need.path, need.package);
            if (machine.has(need) || list.find(entry) != std::string::npos) continue;
            list += (list.empty() ? "needs " : ", ") + entry;
        }
    }
    return list;
}

}  // namespace

std::string Cell::name() const {
    const auto language = [](const Implementation* implementation) {
        return implementation ? implementation->language : "-";
    };
    return format("{}:{}:{}", scenario->name, language(client), language(server));
}

std::vector<Cell> plan(const std::vector<std::shared_ptr<const Scenario>>& scenarios, const Catalogue& catalogue,
                       const Machine& machine) {
    std::vector<Cell> cells;
    for (const auto& scenario : scenarios) {
        const auto servers = candidates(scenario->server ? &scenario->server->role : nullptr, catalogue);
        for (const auto* client : candidates(client_role(*scenario), catalogue)) {
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
