// Why the harness stopped watching, held against how the scenario says that the conversation ends.
#pragma once

#include <optional>
#include <string>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What an exchange still lacked when the harness stopped watching.
struct Owed {
    Finding finding;   ///< as it stands where nothing else explains it
    std::string text;  ///< `12 of 24 octets of the server's turn 2 had come`
};

/// The finding of a conversation that did not end as the scenario says: a deadlock or a deadline that nobody expects,
/// or an expected deadlock that did not come. It tells what was `owed`, or, where all that was said `held`, that
/// nothing was, and what each program was doing.
std::optional<Finding> check_ending(const Scenario& scenario, const Observation& observation,
                                    const std::optional<Owed>& owed, bool held);

}  // namespace parley
