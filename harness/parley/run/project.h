// The scenarios that a command is about: files found, read, planned into cells.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "parley/json/document.h"
#include "parley/scenario/plan.h"

namespace parley {

/// Which cells of which files.
struct Selection {
    std::vector<std::string> paths;  ///< files and folders
    std::string filter;              ///< a glob over the cells' names; empty: all
    std::vector<std::string> tags;   ///< a scenario has at least one of them; empty: all
};

/// What was read and planned. Cells point into it, so it stays where it is.
struct Project {
    std::vector<std::string> files;  ///< named by the selection, or found below what it names
    std::list<Catalogue> catalogues;
    std::list<KnownFailures> known_failures;
    std::vector<std::shared_ptr<const Scenario>> scenarios;
    std::vector<Cell> cells;
    std::vector<Diagnostic> diagnostics;  ///< by file and place; not empty: nothing may be run

    Project() = default;
    Project(const Project&) = delete;
    Project& operator=(const Project&) = delete;
};

/// Reads all that `selection` names. A scenario belongs to the nearest `implementations.json` above it, or, where there
/// is none, to `default_catalogue`. The `known-failures.json` beside the former says which of its cells are known to
/// fail; that an entry matches no cell is a mistake, where all that it could match was selected. So are two
/// scenarios of one catalogue and one name, and a file that cannot be read. `build` is what {build} stands for in
/// needs. Throws UsageError for a path that does not exist.
std::unique_ptr<Project> load_project(const Selection& selection, const std::string& default_catalogue,
                                      const std::string& build);

/// The cells of `scenario`, as plan() makes them, for the machine that parley runs on.
std::vector<Cell> plan_here(const std::shared_ptr<const Scenario>& scenario, const Catalogue& catalogue,
                            const std::string& build);

}  // namespace parley
