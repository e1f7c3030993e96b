// Trying what a machine can do. Nothing is concluded from what is installed or configured: each thing is done.
#pragma once

#include <string>
#include <vector>

#include "parley/doctor/feature.h"

namespace parley {

/// Tries every feature, all at once, each in a process of its own with a time limit. `catalogues` is the folder of
/// parley's translations. Only while the process has a single thread.
std::vector<Examined> examine(const std::string& catalogues);

}  // namespace parley
