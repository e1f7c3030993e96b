// A scenario, told to a person: what it is about, who takes part, and the conversation as a diagram.
#pragma once

#include <string>

#include "parley/scenario/implementation.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// All that `scenario` says, in lines of at most 100 columns that each end with a newline; each of the ways in which it
/// may go has a diagram of its own.
std::string scenario_text(const Scenario& scenario, const Catalogue& catalogue, bool colour);

}  // namespace parley
