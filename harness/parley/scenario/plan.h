// Scenario × client implementation × server implementation: the cells of a run.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/scenario/implementation.h"
#include "parley/scenario/known_failure.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// One run of a scenario: which implementation plays each part.
struct Cell {
    std::shared_ptr<const Scenario> scenario;
    const Implementation* server = nullptr;  ///< nullptr: no program
    const Implementation* client = nullptr;  ///< plays every client that has a role; nullptr: no program
    /// Why it cannot run on this machine: `needs javac (package default-jdk-headless)`. Empty: it can.
    std::string unsupported;
    const Catalogue* catalogue = nullptr;         ///< where the roles are described
    const KnownFailure* known_failure = nullptr;  ///< that it is known to fail; nullptr: it is to pass

    /// `echo/two-messages:python:cpp`: scenario, then who plays the client and who the server.
    std::string name() const;
    /// `python`: the language of the side's implementation; `script` where the harness plays it, `-` where nobody does.
    std::string player_name(Side side) const;
};

/// Answers whether a need is met on this machine, and finds programs. Implemented over the file system by the command;
/// tests give their own.
class Machine {
public:
    virtual ~Machine() = default;
    virtual bool has(const Need& need) const = 0;
    /// Whether a program's clock can be set.
    virtual bool sets_clocks() const = 0;
};

/// Whether a run of it takes time in which no program has anything to do: a script pauses, a client idles, or nothing
/// but silence tells that all wait for each other.
bool waits_by_nature(const Scenario& scenario);

/// Every cell of `scenarios`, scenario by scenario in the given order, client implementations first.
std::vector<Cell> plan(const std::vector<std::shared_ptr<const Scenario>>& scenarios, const Catalogue& catalogue,
                       const Machine& machine);

/// Whether `text` matches the shell pattern `glob` (`*` also matches `/`; fnmatch(3) without flags).
bool matches_glob(const std::string& glob, const std::string& text);

}  // namespace parley
