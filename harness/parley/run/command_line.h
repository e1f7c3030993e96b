// How the programs of a cell are started.
#pragma once

#include <string>
#include <vector>

#include "parley/run/place.h"
#include "parley/scenario/plan.h"

namespace parley {

struct CommandLine {
    std::vector<std::string> words;
    std::string folder;  ///< where the program finds the files that its command names
};

/// Of `implementation` in the place of `part`; `port` stands for {port}, `build` for {build}.
CommandLine command_line(const Cell& cell, const Implementation& implementation, const ProgramPart& part,
                         std::uint16_t port, const std::string& build);

/// The implementation that plays a client which is a program.
const Implementation& implementation_of(const Cell& cell, const ClientPart& client);

/// How `implementation` comes to a port that is not the one that it names. `side` is where it plays.
PortUse port_use(const Cell& cell, const Implementation& implementation, const ProgramPart& part, Side side,
                 const std::string& build);

/// Of what runs where cells share the loopback: of each cell of which a program cannot come to a port of its own, why
/// (Cell::unsupported).
void note_fixed_ports(std::vector<Cell>& cells, const std::string& build);

}  // namespace parley
