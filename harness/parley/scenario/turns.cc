#include "parley/scenario/turns.h"

#include "parley/scenario/match.h"

namespace parley {

std::set<std::uint64_t> turn_ends(const std::vector<Turn>& exchange, Side side) {
    std::set<std::uint64_t> ends;
    std::uint64_t octets = 0;
    bool goes_on = false;
    for (const auto& turn : exchange) {
        const auto* value = std::get_if<Value>(&turn.what);
        const bool speaks = value && includes(turn.who, side);
        if (goes_on && !speaks) ends.insert(octets);
        goes_on = speaks;
        if (!speaks) continue;
        const auto length = length_of(*value);
        if (!length) return ends;
        octets += *length;
    }
    if (goes_on) ends.insert(octets);
    return ends;
}

std::optional<std::uint64_t> octets_said(const std::vector<Turn>& exchange, Side side) {
    std::uint64_t octets = 0;
    for (const auto& turn : exchange) {
        const auto* value = std::get_if<Value>(&turn.what);
        if (!value || !includes(turn.who, side)) continue;
        const auto length = length_of(*value);
        if (!length) return std::nullopt;
        octets += *length;
    }
    return octets;
}

}  // namespace parley
