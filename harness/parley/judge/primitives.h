// The order in which programs called the primitives of sockets, held against what is expected of them.
#pragma once

#include <vector>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// Programs that called a primitive before another that has to come first.
///
/// What is looked at is the way to each connection (socket, bind, listen, accept; or socket, connect) and what was
/// called on it. A primitive counts when it is first called, whichever of its system calls it is: `recv` is also
/// read(2). One that moves data is needed only where the exchange has some in that direction. `close` may stand
/// anywhere, since nothing can follow it, and a process that shares the connection closes its own descriptor as it
/// likes. Calls on sockets that led to no connection count only where none did.
std::vector<Finding> check_order(const Scenario& scenario, const Observation& observation);

/// Programs that ended by themselves, in that order so far, and had never called a primitive that they needed. To be
/// asked where the conversation was as expected.
std::vector<Finding> check_completeness(const Scenario& scenario, const Observation& observation);

}  // namespace parley
