#include "parley/judge/match.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "parley/judge/time_text.h"
#include "parley/scenario/pattern.h"

namespace parley {

namespace {

Match match_literal(std::string_view expected, std::string_view actual) {
    const auto common = std::min(expected.size(), actual.size());
    const auto difference =
        std::mismatch(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(common), actual.begin());
    Match result;
    result.offset = static_cast<std::size_t>(difference.second - actual.begin());
    if (result.offset < common) return result;
    result.matches = expected.size() == actual.size();
    result.incomplete = expected.size() > actual.size();
    result.surplus = expected.size() < actual.size();
    return result;
}

std::string alternatives(const std::vector<std::string>& texts) {
    std::string expression = "(?:";
    for (const auto& text : texts) {
        if (&text != &texts.front()) expression += '|';
        expression += quote_pattern(text);
    }
    return expression + ")";
}

std::string expression_of(const Value& value, const Clock& clock) {
    std::string expression;
    for (const auto& part : value.parts) {
        if (const auto* literal = std::get_if<Literal>(&part)) expression += quote_pattern(literal->bytes);
        if (const auto* pattern = std::get_if<Pattern>(&part)) expression += "(?:" + pattern->expression + ")";
        if (const auto* time = std::get_if<TimeText>(&part)) expression += alternatives(time_texts(*time, clock));
    }
    return expression;
}

Match match_pattern(const CompiledPattern& pattern, std::string_view actual) {
    Match result;
    result.matches = pattern.matches_all(actual);
    result.offset = result.matches ? 0 : pattern.longest_prefix(actual);
    if (result.matches) return result;
    result.incomplete = result.offset == actual.size();
    result.surplus = !result.incomplete && pattern.matches_all(actual.substr(0, result.offset));
    return result;
}

}  // namespace

Match match(const Value& expected, std::string_view actual, const Clock& clock) {
    if (const Bytes* literal = expected.literal()) return match_literal(*literal, actual);
    return match_pattern(CompiledPattern(expression_of(expected, clock)), actual);
}

std::optional<std::size_t> length_of(const Value& expected) {
    std::size_t length = 0;
    for (const auto& part : expected.parts) {
        if (std::holds_alternative<Pattern>(part)) return std::nullopt;
        if (const auto* literal = std::get_if<Literal>(&part)) length += literal->bytes.size();
        if (const auto* time = std::get_if<TimeText>(&part)) length += time_text(*time, 0, 0).size();
    }
    return length;
}

}  // namespace parley
