#include "parley/report/text_lines.h"

#include "parley/base/bytes.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

/// The first character of `text`, or the whole of the escape sequence that begins there.
std::string_view first_unit(std::string_view text) {
    if (text.starts_with("\\x")) return text.substr(0, 4);
    if (text.starts_with('\\')) return text.substr(0, 2);
    const auto length = utf8_sequence_length(text);
    return text.substr(0, length == 0 ? 1 : length);
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return {std::string(text)};
    std::vector<std::string> lines;
    std::size_t start = 0, taken = 0, last_space = 0;
    const auto break_at = [&](std::size_t place) {
        lines.emplace_back(text.substr(start, place - start));
        start = place;
    };
    bool in_quotes = false;  // elsewhere, in a regular expression, `\n` ends no line
    for (std::size_t at = 0; at < text.size();) {
        const auto unit = first_unit(text.substr(at));
        if (taken + columns_of(unit) > columns) {
            break_at(last_space > start ? last_space : at);
            taken = columns_of(text.substr(start, at - start));
        }
        at += unit.size();
        taken += columns_of(unit);
        if (unit == "\"") in_quotes = !in_quotes;
        if (unit == " " && taken > columns / 2) last_space = at;
        if (!in_quotes || unit != "\\n" || text.substr(at).starts_with('"')) continue;
        break_at(at);
        taken = 0;
    }
    if (start < text.size()) break_at(text.size());
    return lines;
}

std::vector<std::string> described(const Value& value, std::size_t columns, std::size_t most) {
    std::vector<std::string> lines;
    for (std::size_t octets = columns * most; octets >= 20; octets = octets * 3 / 4) {
        lines = wrapped(value.describe(octets), columns);
        if (lines.size() <= most) return lines;
    }
    lines.resize(most);
    auto& last = lines.back();
    last = clipped(last, columns - 2);
    last.erase(last.find_last_not_of(' ') + 1);
    last += " …";
    return lines;
}

}  // namespace parley
