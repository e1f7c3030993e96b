// Long text in short lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parley/scenario/value.h"

namespace parley {

/// `text` in lines of at most `columns`, broken after each `\n` that it spells out, after spaces, or anywhere but
/// within an escape sequence. What fits into one line is one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

/// What `value` describes, in at most `most` such lines; what does not fit is left out, and that is said.
std::vector<std::string> described(const Value& value, std::size_t columns, std::size_t most);

}  // namespace parley
