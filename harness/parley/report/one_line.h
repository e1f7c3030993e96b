// Foreign text within a line of a report.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "parley/base/bytes.h"

namespace parley {

/// `text` with nothing in it that a terminal would obey, newlines included: they become spaces.
inline std::string one_line(std::string_view text) {
    auto line = printable(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

}  // namespace parley
