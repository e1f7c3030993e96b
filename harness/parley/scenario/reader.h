// JSON files to scenarios. Collects every mistake with its place instead of stopping at the first.
#pragma once

#include <string>
#include <vector>

#include "parley/json/document.h"
#include "parley/scenario/implementation.h"
#include "parley/scenario/known_failure.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// Reads roles and implementations. Mistakes are appended to `diagnostics`; what is sound is returned all the same.
Catalogue read_catalogue(const std::string& file, std::vector<Diagnostic>& diagnostics);

/// The same from a text, which stands in for the contents of `file`.
Catalogue read_catalogue_text(const std::string& text, const std::string& file, std::vector<Diagnostic>& diagnostics);

/// As read_catalogue and read_catalogue_text, of the known failures.
KnownFailures read_known_failures(const std::string& file, std::vector<Diagnostic>& diagnostics);
KnownFailures read_known_failures_text(const std::string& text, const std::string& file,
                                       std::vector<Diagnostic>& diagnostics);

/// As read_catalogue, of a file's scenarios: one, or one for each of its cases. `name` is the file's path below the
/// scenarios' folder without `.json`. Where there is any diagnostic none of them must be run.
std::vector<Scenario> read_scenarios(const std::string& file, const std::string& name, const Catalogue& catalogue,
                                     std::vector<Diagnostic>& diagnostics);

/// The same from a text (`text` stands in for the contents of `file`; values `{"file": …}` are relative to its folder).
std::vector<Scenario> read_scenarios_text(const std::string& text, const std::string& file, const std::string& name,
                                          const Catalogue& catalogue, std::vector<Diagnostic>& diagnostics);

/// Whether `path` is called as catalogues are: `implementations.json`.
bool is_catalogue(const std::string& path);

/// Whether `path` is called as known failures are: `known-failures.json`.
bool is_known_failures(const std::string& path);

/// The scenario files that `paths` (files or folders, searched below) name, sorted, each once; catalogues, known
/// failures and what lies in a folder `schema` are none. Throws UsageError for a path that does not exist or a folder
/// without any.
std::vector<std::string> find_scenario_files(const std::vector<std::string>& paths);

/// The folder in which the catalogue that `file` belongs to lies: the nearest folder above it that holds an
/// `implementations.json`; empty where there is none. A scenario's name is its path from there.
std::string scenarios_root(const std::string& file);

}  // namespace parley
