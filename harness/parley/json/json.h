// JSON for writing. The JSON library is named in this folder alone.
#pragma once

#include <nlohmann/json.hpp>

namespace parley {

/// A JSON value whose objects keep the order in which they were written.
using Json = nlohmann::ordered_json;

}  // namespace parley
