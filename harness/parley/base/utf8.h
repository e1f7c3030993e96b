// Characters of UTF-8 text, and sets of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "parley/base/bytes.h"

namespace parley {

/// The character that a well-formed sequence (utf8_sequence_length()) encodes.
inline char32_t decode_utf8(std::string_view sequence) {
    const auto octet = [](char c) { return static_cast<std::uint8_t>(c); };
    if (sequence.size() == 1) return octet(sequence[0]);
    char32_t character = octet(sequence[0]) & (0x7fU >> sequence.size());
    for (char c : sequence.substr(1)) character = character << 6 | (octet(c) & 0x3fU);
    return character;
}

/// Where the character that holds `bytes[offset]` begins.
inline std::size_t character_start(std::string_view bytes, std::size_t offset) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, offset); ++back) {
        if (utf8_sequence_length(bytes.substr(offset - back)) > back) return offset - back;
    }
    return offset;
}

struct CharacterRange {
    char32_t first;
    char32_t last;
};

template <std::size_t Size>
bool contains(const std::array<CharacterRange, Size>& ranges, char32_t character) {
    return std::any_of(ranges.begin(), ranges.end(), [character](const CharacterRange& range) {
        return range.first <= character && character <= range.last;
    });
}

}  // namespace parley
