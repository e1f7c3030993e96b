#include "parley/run/command_line.h"

#include <filesystem>
#include <map>

#include "parley/base/language.h"
#include "parley/process/executable.h"
#include "parley/scenario/placeholders.h"

namespace parley {

namespace {

std::string scenario_folder(const Scenario& scenario) {
    return (std::filesystem::current_path() / scenario.file).lexically_normal().parent_path().string();
}

}  // namespace

CommandLine command_line(const Cell& cell, const Implementation& implementation, const ProgramPart& part,
                         std::uint16_t port, const std::string& build) {
    const auto here = scenario_folder(*cell.scenario);
    const std::map<std::string, std::string> values{{"host", part.host.value_or("localhost")},
                                                    {"port", std::to_string(port)},
                                                    {"here", here},
                                                    {"source", cell.catalogue->source()},
                                                    {"build", build}};
    CommandLine line;
    for (const auto& word : implementation.command) line.words.push_back(fill_in(word, values));
    const auto* role = part.role.empty() ? nullptr : &cell.catalogue->roles.at(part.role);
    const auto argv = part.argv ? *part.argv : role ? role->argv : std::vector<std::string>();
    for (const auto& word : argv) line.words.push_back(fill_in(word, values));
    line.folder = !implementation.folder.empty() ? implementation.folder : part.own ? here : cell.catalogue->folder();
    return line;
}

const Implementation& implementation_of(const Cell& cell, const ClientPart& client) {
    return client.own ? *client.own : *cell.client;
}

PortUse port_use(const Cell& cell, const Implementation& implementation, const ProgramPart& part, Side side,
                 const std::string& build) {
    const auto line = command_line(cell, implementation, part, 1, build);
    if (why_not_preloadable(line.words, line.folder).empty()) return PortUse::mapped;
    const bool is_told = line.words != command_line(cell, implementation, part, 2, build).words;
    if (!is_told) return PortUse::fixed;
    return side == Side::server ? PortUse::lent : PortUse::given;
}

void note_fixed_ports(std::vector<Cell>& cells, const std::string& build) {
    for (auto& cell : cells) {
        const auto note = [&](const Implementation& implementation, const ProgramPart& part, Side side) {
            if (!cell.unsupported.empty() || port_use(cell, implementation, part, side, build) != PortUse::fixed)
                return;
            const auto line = command_line(cell, implementation, part, 0, build);
            cell.unsupported = told("{}, so on a loopback that all share it cannot be given a port of its own",
                                    why_not_preloadable(line.words, line.folder));
        };
        if (cell.server) note(*cell.server, *cell.scenario->server, Side::server);
        for (const auto& client : cell.scenario->clients)
            if (client.is_program()) note(implementation_of(cell, client), client, Side::client);
    }
}

}  // namespace parley
