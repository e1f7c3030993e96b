#include "parley/judge/cause.h"

#include <array>

#include "parley/judge/cause_recognisers.h"

namespace parley {

std::optional<Cause> likely_cause(const Scenario& scenario, const Observation& observation, const Finding& finding) {
    const Evidence evidence{scenario, observation, finding};
    if (evidence.is({Finding::Code::killed_by_signal, Finding::Code::never_listened, Finding::Code::never_connected})) {
        auto cause = recognise::from_signal(evidence);
        if (cause || finding.code == Finding::Code::killed_by_signal) return cause;
    }
    // The most telling first.
    using Recogniser = std::optional<Cause> (*)(const Evidence&);
    constexpr std::array<Recogniser, 21> recognisers{
        recognise::from_listening, recognise::from_host,         recognise::from_delivery, recognise::stale_octets,
        recognise::cross_talk,     recognise::replies_of_others, recognise::from_octets,   recognise::from_complaint,
        recognise::from_datagrams, recognise::nothing_to_say,    recognise::spoke_first,   recognise::cut_characters,
        recognise::did_not_wait,   recognise::from_connections,  recognise::from_ending,   recognise::from_spinning,
        recognise::one_at_a_time,  recognise::forgotten_client,  recognise::not_accepted,  recognise::from_waiting,
        recognise::unclosed,
    };
    for (const auto recogniser : recognisers) {
        if (auto cause = recogniser(evidence)) return cause;
    }
    return {};
}

}  // namespace parley
