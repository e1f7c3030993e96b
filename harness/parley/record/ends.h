// Which ends of a recorded conversation have their place by cause, and which by chance.
//
//     client "Oi\n" · server "Olá" · client end · server end
//
// Does the client end because it was answered, and the server because the client has ended? Or would they anyway? No
// transcript tells. It is asked: a script in the other's place says the same up to there, and then nothing more.
#pragma once

#include <cstddef>
#include <vector>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// Whether an end of stream is tied to what the other side did.
struct EndQuestion {
    enum class About {
        cause,   ///< would the side have ended without what the other said last?
        effect,  ///< would the other side have gone on without the end?
    };
    std::size_t client = 0;  ///< on whose connection
    std::size_t end = 0;     ///< its turn in the exchange of that client
    About about = About::effect;
    std::size_t silence = 0;  ///< the turn that is not taken: that of the other side, or the end itself
    friend bool operator==(const EndQuestion&, const EndQuestion&) = default;
};

/// The questions that `recorded` (by recorded_scenario()) leaves open: of each end that nothing of its own side comes
/// between, the cause; of an end that something follows, the effect.
std::vector<EndQuestion> end_questions(const Scenario& recorded);

/// The scenario that answers: a script in place of the side that falls silent says exactly what was `seen` of it until
/// then, and then nothing more, for ever. It meets the other side on `port`.
Scenario end_experiment(const Scenario& recorded, const Observation& seen, const EndQuestion& question, int port);

/// Whether in the experiment the side that is asked did more than was `seen` of it until then: so it goes on anyway.
bool goes_on_anyway(const Observation& seen, const EndQuestion& question, const Observation& experiment);

/// Takes the order that was chance out of the exchanges of `recorded`: of two ends in a row either may be the first; of
/// an end that may come anywhere among data nothing is said. `by_chance` are the questions to which the answer was that
/// somebody goes on anyway.
void forget_order(Scenario& recorded, const std::vector<EndQuestion>& by_chance);

}  // namespace parley
