// Text formatting. The one place that names the formatting library.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

namespace parley {

/// `format("{} of {}", 3, total)`. An object and not a function, so that a call never finds std::format as well, by
/// argument-dependent lookup.
struct Format {
    template <typename... Arguments>
    std::string operator()(fmt::format_string<Arguments...> text, Arguments&&... arguments) const {
        return fmt::format(text, std::forward<Arguments>(arguments)...);
    }
};
inline constexpr Format format{};

}  // namespace parley
