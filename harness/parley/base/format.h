// Text formatting. The one place that names the formatting library.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// A literal that the compiler has held against what is filled in.
template <typename... Arguments>
using FormatText = fmt::format_string<Arguments...>;

/// `format("{} of {}", 3, total)`. An object and not a function, so that a call never finds std::format as well, by
/// argument-dependent lookup.
struct Format {
    template <typename... Arguments>
    std::string operator()(FormatText<Arguments...> text, Arguments&&... arguments) const {
        return fmt::format(text, std::forward<Arguments>(arguments)...);
    }
};
inline constexpr Format format{};

/// The literal itself, with its NUL.
template <typename... Arguments>
const char* literal_of(FormatText<Arguments...> text) {
    return fmt::string_view(text).data();
}

/// As format(), of a text that no compiler saw; `otherwise`, which one did, where it does not fit the arguments.
template <typename... Arguments>
std::string format_or(FormatText<Arguments&...> otherwise, std::string_view text, Arguments&... arguments) {
    try {
        return fmt::vformat(text, fmt::make_format_args(arguments...));
    } catch (const fmt::format_error&) {
        return fmt::vformat(otherwise, fmt::make_format_args(arguments...));
    }
}

}  // namespace parley
