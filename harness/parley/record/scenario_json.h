// A scenario as its file would spell it.
#pragma once

#include <string>

#include "parley/json/json.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// The JSON from which `scenario` is read again. Of several ways only the one that it is itself; clients that are the
/// same are told once, with how many they are.
Json to_json(const Scenario& scenario);

/// The same as the text of a file, a turn a line. `schema` is where its JSON Schema lies; empty: nothing is said of it.
std::string file_text(const Scenario& scenario, const std::string& schema = {});

}  // namespace parley
