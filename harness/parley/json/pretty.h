// JSON as a person writes it.
#pragma once

#include <set>
#include <string>

#include "parley/json/json.h"

namespace parley {

/// `value` as text: what fits into a line of 120 columns stands in one, but for the outermost object and what `tall`
/// members hold: of more than one element each has a line. What nobody could see in a string is escaped.
std::string pretty(const Json& value, const std::set<std::string>& tall = {});

}  // namespace parley
