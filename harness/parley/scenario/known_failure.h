// Failures that are known and have a reason: known-failures.json, beside implementations.json.
#pragma once

#include <string>
#include <vector>

#include "parley/json/document.h"

namespace parley {

constexpr const char* known_failures_name = "known-failures.json";

/// Cells that are known to fail, and why.
struct KnownFailure {
    std::string cells;  ///< a glob over their names
    std::string reason;
    Position position;  ///< of `cells` in the file
};

struct KnownFailures {
    std::string file;
    std::vector<KnownFailure> entries;
};

}  // namespace parley
