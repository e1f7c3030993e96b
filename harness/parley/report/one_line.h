// Foreign text within a line of a report.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "parley/base/bytes.h"

namespace parley {

/// `text` with nothing in it that a terminal would obey, newlines included: they become spaces.
inline std::string one_line(std::string_view text) {
    auto line = printable(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

/// `words` with `separator` between them.
inline std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const auto& word : words) {
        if (&word != &words.front()) text += separator;
        text += word;
    }
    return text;
}

}  // namespace parley
