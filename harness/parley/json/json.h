// JSON for writing, and for other libraries. The JSON library is named in this folder alone.
#pragma once

#include <nlohmann/json.hpp>

namespace parley {

/// A JSON value whose objects keep the order in which they were written.
using Json = nlohmann::ordered_json;

/// One whose objects are sorted by their keys: what other libraries take.
using SortedJson = nlohmann::json;

}  // namespace parley
