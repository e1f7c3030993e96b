// Mistakes that octets give away: what was expected beside what came instead.
#pragma once

#include <optional>
#include <string_view>

#include "parley/judge/cause.h"

namespace parley {

/// What would explain `actual` in place of `expected`, both whole.
std::optional<Cause> cause_in_octets(std::string_view expected, std::string_view actual);

/// The same of what a program prints: how it encodes, and how it shows.
std::optional<Cause> cause_in_print(std::string_view expected, std::string_view actual);

/// What would explain `actual`, a reply that was to repeat `request` within `expected`.
std::optional<Cause> cause_in_repetition(std::string_view expected, std::string_view actual, std::string_view request);

}  // namespace parley
