// The exact octets that a finding's turn may consist of, where the clock alone decides among them.
#pragma once

#include <vector>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// The times of day that can be told on `connection`: none from before its client connected.
Clock clock_of(const Observation& observation, int connection);

/// The data, sent or printed, that `finding` is about; nullptr where it is about none.
const Value* value_of(const Scenario& scenario, const Finding& finding);

/// `value` at each second of `clock`; nothing where more than the time is left open.
std::vector<Bytes> texts_of(const Value& value, const Clock& clock);

/// The octets, where the finding gives them, or else those at each second of the clock.
std::vector<Bytes> expected_texts(const Scenario& scenario, const Observation& observation, const Finding& finding);

}  // namespace parley
