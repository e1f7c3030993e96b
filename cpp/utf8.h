// UTF-8 as decoders see it, well-formed or not.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley {

/// What stands at the front of some octets.
struct Utf8Unit {
    enum class Kind { character, bad_start, bad_continuation, truncated };
    Kind kind;
    /// Of a character, its octets; else the longest prefix that could have begun one (Unicode 15, table 3-7), at
    /// least 1.
    std::size_t length;
};

/// Reads the first unit of `octets`, which are not empty.
Utf8Unit first_utf8_unit(std::string_view octets);

}  // namespace parley
