#include "parley/judge/expected_texts.h"

#include <algorithm>

#include "parley/judge/arrival.h"
#include "parley/scenario/time_text.h"

namespace parley {

Clock clock_of(const Observation& observation, int connection) {
    return observation.clock.since(observation.transcript.connections.at(static_cast<std::size_t>(connection)));
}

namespace {

const Value* printed_value(const ProgramPart& part, Finding::Code code) {
    const auto& value = code == Finding::Code::stdout_differs ? part.expect.out : part.expect.err;
    return value ? &*value : nullptr;
}

}  // namespace

const Value* value_of(const Scenario& scenario, const Finding& finding) {
    const bool printed = finding.code == Finding::Code::stdout_differs || finding.code == Finding::Code::stderr_differs;
    if (printed && finding.side == Side::server)
        return scenario.server ? printed_value(*scenario.server, finding.code) : nullptr;
    const auto client = static_cast<std::size_t>(finding.client);
    if (client >= scenario.clients.size()) return nullptr;
    if (printed) return printed_value(scenario.clients[client], finding.code);
    for (const auto& turn : scenario.clients[client].exchange) {
        if (turn.position == finding.position) return std::get_if<Value>(&turn.what);
    }
    return nullptr;
}

std::vector<Bytes> texts_of(const Value& value, const Clock& clock) {
    std::vector<Bytes> texts(static_cast<std::size_t>(std::max<std::int64_t>(clock.ended - clock.began, 0)) + 1);
    for (const auto& part : value.parts) {
        const auto* literal = std::get_if<Literal>(&part);
        const auto* time = std::get_if<TimeText>(&part);
        if (!literal && !time) return {};
        for (std::size_t second = 0; second < texts.size(); ++second) {
            texts[second] += literal
                                 ? literal->bytes
                                 : time_text(*time, clock.began + static_cast<std::int64_t>(second), clock.utc_offset);
        }
    }
    return texts;
}

std::vector<Bytes> expected_texts(const Scenario& scenario, const Observation& observation, const Finding& finding) {
    if (finding.expected_bytes) return {*finding.expected_bytes};
    const auto* value = value_of(scenario, finding);
    const auto connections = connections_of(observation, finding.client);
    if (!value || connections.empty()) return {};
    auto clock = clock_of(observation, connections.front());
    constexpr std::int64_t enough = 60;
    clock.ended = std::min(clock.ended, clock.began + enough);
    return texts_of(*value, clock);
}

}  // namespace parley
