// Trying what a machine can do. Nothing is concluded from what is installed or configured: each thing is done.
#pragma once

#include <string>
#include <vector>

#include "parley/doctor/feature.h"

namespace parley {

/// What belongs to parley itself.
struct OwnFiles {
    std::string init;        ///< the path of parley_init
    std::string catalogues;  ///< the folder of the translations
};

/// Tries every feature, all at once, each in a process of its own with a time limit. Only while the calling process has
/// a single thread.
std::vector<Examined> examine(const OwnFiles& parley);

}  // namespace parley
