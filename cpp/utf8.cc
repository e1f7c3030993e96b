#include "utf8.h"

#include <algorithm>

namespace parley {

namespace {

struct Range {
    unsigned char low, high;
    bool holds(char octet) const {
        const auto value = static_cast<unsigned char>(octet);
        return low <= value && value <= high;
    }
};

/// The length of a sequence that starts with `first`, or 0 where none can.
std::size_t sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

/// What may follow `first`: no overlong forms, no surrogates, nothing past U+10FFFF.
Range second_octet(unsigned char first) {
    switch (first) {
        case 0xe0: return {0xa0, 0xbf};
        case 0xed: return {0x80, 0x9f};
        case 0xf0: return {0x90, 0xbf};
        case 0xf4: return {0x80, 0x8f};
        default: return {0x80, 0xbf};
    }
}

}  // namespace

Utf8Unit first_utf8_unit(std::string_view octets) {
    using Kind = Utf8Unit::Kind;
    const auto first = static_cast<unsigned char>(octets[0]);
    const std::size_t wanted = sequence_length(first);
    if (wanted == 0) return {Kind::bad_start, 1};
    const std::size_t present = std::min(wanted, octets.size());
    for (std::size_t i = 1; i < present; ++i) {
        const Range allowed = i == 1 ? second_octet(first) : Range{0x80, 0xbf};
        if (!allowed.holds(octets[i])) return {Kind::bad_continuation, i};
    }
    return {present == wanted ? Kind::character : Kind::truncated, present};
}

}  // namespace parley
