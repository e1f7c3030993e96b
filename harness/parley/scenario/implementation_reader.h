// What the catalogue and a scenario both say of a program.
#pragma once

#include <string>
#include <vector>

#include "parley/scenario/implementation.h"
#include "parley/scenario/object_reader.h"

namespace parley {

/// The words at `command`, which a program without one must have; it names at least a program.
std::vector<std::string> read_command(ObjectReader& object, MistakeList& mistakes);

/// The list at `needs`; empty where there is none.
std::vector<Need> read_needs(ObjectReader& object, MistakeList& mistakes);

}  // namespace parley
