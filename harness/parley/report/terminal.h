// What the far side of a descriptor can show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

/// What may be written to a terminal, or to what is none.
struct Terminal {
    bool live = false;    ///< a line can be rewritten: a terminal that understands escape sequences
    bool colour = false;  ///< and the user did not ask for none

    /// Asks isatty(3) and the environment: TERM=dumb means neither, a NO_COLOR that is not empty (no-color.org) no
    /// colour.
    static Terminal of(int descriptor);
};

/// How many columns the terminal behind `descriptor` has now; 80 where that cannot be known.
std::size_t width_of(int descriptor);

/// The columns that UTF-8 `text` takes: two a wide character (日, 😀), none a combining mark.
std::size_t columns_of(std::string_view text);

/// The longest beginning of UTF-8 `text` that takes at most `columns`.
std::string_view clipped(std::string_view text, std::size_t columns);

/// SGR parameters (ECMA-48, 8.3.117).
namespace colour {
inline constexpr std::string_view bold = "1";
inline constexpr std::string_view dim = "2";
inline constexpr std::string_view red = "31";
inline constexpr std::string_view green = "32";
inline constexpr std::string_view yellow = "33";
inline constexpr std::string_view cyan = "36";
}  // namespace colour

/// `text` in that colour; as it is where `enabled` is false or there is no colour.
std::string painted(std::string_view text, std::string_view colour, bool enabled);

}  // namespace parley
