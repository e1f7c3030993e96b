#include "parley/report/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/base/utf8.h"

namespace parley {

namespace {

std::string_view environment(const char* variable) {
    const char* value = std::getenv(variable);
    return value == nullptr ? std::string_view() : value;
}

/// East Asian Width W and F, and what terminals draw as pictures (Unicode 15, UAX #11); unassigned gaps are filled.
constexpr std::array<CharacterRange, 46> wide{{
    {0x1100, 0x115f}, {0x231a, 0x231b}, {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0}, {0x23f3, 0x23f3},
    {0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693}, {0x26a1, 0x26a1},
    {0x26aa, 0x26ab}, {0x26bd, 0x26be}, {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4}, {0x26ea, 0x26ea},
    {0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705}, {0x270a, 0x270b},
    {0x2728, 0x2728}, {0x274c, 0x274c}, {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757}, {0x2795, 0x2797},
    {0x27b0, 0x27b0}, {0x27bf, 0x27bf}, {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55}, {0x2e80, 0x303e},
    {0x3041, 0x4dbf}, {0x4e00, 0xa4cf}, {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff}, {0xfe30, 0xfe6f},
    {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
}};

/// Marks that are drawn over the character before.
constexpr std::array<CharacterRange, 7> combining{{{0x300, 0x36f},
                                                   {0x483, 0x489},
                                                   {0x591, 0x5bd},
                                                   {0x1ab0, 0x1aff},
                                                   {0x1dc0, 0x1dff},
                                                   {0x20d0, 0x20ff},
                                                   {0xfe20, 0xfe2f}}};

/// Takes the first character, or an octet that is none, off `text` and says how many columns it takes.
std::size_t take_columns(std::string_view& text) {
    const auto length = utf8_sequence_length(text);
    const auto sequence = text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
    if (length < 2) return 1;
    const auto character = decode_utf8(sequence);
    return contains(combining, character) ? 0 : contains(wide, character) ? 2 : 1;
}

}  // namespace

Terminal Terminal::of(int descriptor) {
    const bool able = isatty(descriptor) == 1 && environment("TERM") != "dumb";
    return {.live = able, .colour = able && environment("NO_COLOR").empty()};
}

std::size_t width_of(int descriptor) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) columns += take_columns(text);
    return columns;
}

std::string_view clipped(std::string_view text, std::size_t columns) {
    auto rest = text;
    for (std::size_t taken = 0; !rest.empty();) {
        auto after = rest;
        taken += take_columns(after);
        if (taken > columns) return text.substr(0, text.size() - rest.size());
        rest = after;
    }
    return text;
}

std::string painted(std::string_view text, std::string_view colour, bool enabled) {
    if (!enabled || colour.empty()) return std::string(text);
    return format("\x1b[{}m{}\x1b[0m", colour, text);
}

}  // namespace parley
