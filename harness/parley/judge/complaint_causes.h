// Mistakes that a program's own complaint gives away: what it wrote to stderr before it ended.
#pragma once

#include <optional>

#include "parley/judge/cause.h"

namespace parley {

/// What would explain `finding` by the complaint of the program whose doing it is.
std::optional<Cause> cause_in_complaint(const ProgramObservation& program, const Finding& finding);

}  // namespace parley
