// Which ends of a recorded conversation have their place by cause, and which by chance.
//
//     client "Oi\n" · server "Olá" · client end · server end
//
// Does the server end because the client has, or would it end anyway? No transcript tells. It is asked: the same is
// played to the server by a client that says the same and does not end.
#pragma once

#include <cstddef>
#include <vector>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// What one side does after the other has ended its stream: because of that, or anyway?
struct EndQuestion {
    std::size_t client = 0;  ///< on whose connection
    std::size_t turn = 0;    ///< the end, in the exchange of that client
    friend bool operator==(const EndQuestion&, const EndQuestion&) = default;
};

/// The questions that `recorded` (by recorded_scenario()) leaves open, at most one for each client.
std::vector<EndQuestion> end_questions(const Scenario& recorded);

/// The scenario that answers: a script in place of the side that ended says exactly what was `seen` of it until then,
/// and then nothing more, for ever. It meets the server on `port`.
Scenario end_experiment(const Scenario& recorded, const Observation& seen, EndQuestion question, int port);

/// Whether in the experiment the side that is asked did more than was `seen` of it before the end.
bool goes_on_anyway(const Observation& seen, EndQuestion question, const Observation& experiment);

/// Takes the order of `turns` that was chance out of them: of two ends in a row either may be the first; of an end
/// after which the other side says more nothing is said.
void forget_order(std::vector<Turn>& turns, std::size_t end);

}  // namespace parley
