// A program of a cell, as lines for a person: how it was started, how it stood, what it was given and what it printed.
#pragma once

#include <string>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// `name` as the heading, the rest indented below it. Of long output the last lines, clipped.
std::string program_text(const std::string& name, const ProgramPart& part, const ProgramObservation& program);

}  // namespace parley
