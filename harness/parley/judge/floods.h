// What can be said of octets that were too many to be kept.
#pragma once

#include <optional>
#include <string>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// `observation` with the octets back that were cut from its transcript, wherever `scenario` expects exact octets, and
/// their count and digest say that it was these that came. Nothing where there is none to put back.
std::optional<Observation> restored(const Scenario& scenario, const Observation& observation);

/// That `flood`, which could not be restored, cannot be compared, and what is known of it.
std::string flood_text(const Scenario& scenario, const Observation& observation, const Flood& flood);

/// Count and digest of what was expected in place of `flood`; empty where that is not a matter of exact octets.
std::string expected_instead(const Scenario& scenario, const Observation& observation, const Flood& flood);

}  // namespace parley
