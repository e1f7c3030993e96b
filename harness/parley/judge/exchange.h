// One connection held against the exchange that is expected on it.
#pragma once

#include <string>
#include <vector>

#include "parley/judge/acts.h"
#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What came of an exchange.
struct ExchangeResult {
    std::vector<Finding> findings;  ///< the first is the first thing that went wrong; the others do not follow from it
    /// What had not come yet, where that is all that is wrong: `12 of 24 octets of the server's turn 2 had come`.
    std::string owed;
    Captures captures = {};  ///< what its values kept
    bool held() const { return findings.empty(); }
};

/// Holds `connection` of client `client` against that client's exchange. What the exchange does not say of ends is not
/// checked; a reset that it does not mention is wrong unless the side had ended its stream before.
ExchangeResult check_exchange(const Scenario& scenario, const Observation& observation, int client, int connection);

}  // namespace parley
