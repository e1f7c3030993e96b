// How much a side says, and where its turns end in it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "parley/scenario/scenario.h"

namespace parley {

/// How many octets `side` has said at the end of each of its turns, as far as the exchange leaves their lengths no
/// choice. Turns of one side that follow one another are one.
std::set<std::uint64_t> turn_ends(const std::vector<Turn>& exchange, Side side);

/// How many octets `side` says in all; nothing where the exchange leaves that a choice.
std::optional<std::uint64_t> octets_said(const std::vector<Turn>& exchange, Side side);

}  // namespace parley
