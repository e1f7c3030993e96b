// Who plays with what, as `parley record` is told: a scenario that expects nothing yet.
#pragma once

#include <string>

#include "arguments.h"
#include "parley/scenario/implementation.h"
#include "parley/scenario/plan.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// The file that `options` are about; where none is written, the one that would stand in the present folder.
std::string file_of(const RecordOptions& options);

/// Where its JSON Schema lies, as the file names it; empty where there is none.
std::string schema_of(const RecordOptions& options);

/// The scenario. Throws UsageError for what makes no sense.
Scenario played_scenario(const RecordOptions& options, const Catalogue& catalogue);

/// The one of its cells in which those play who are named; where only a role is, its reference.
const Cell& played_cell(const std::vector<Cell>& cells, const RecordOptions& options);

}  // namespace parley
