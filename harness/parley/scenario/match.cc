#include "parley/scenario/match.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "parley/scenario/pattern.h"
#include "parley/scenario/time_text.h"

namespace parley {

namespace {

/// Where two texts of one length differ first; that length where they do not. A script asks with each piece that comes,
/// so what is the same is compared as a whole.
std::size_t difference(std::string_view one, std::string_view other) {
    if (one == other) return one.size();
    return static_cast<std::size_t>(std::mismatch(one.begin(), one.end(), other.begin()).first - one.begin());
}

Match match_literal(std::string_view expected, std::string_view actual) {
    const auto common = std::min(expected.size(), actual.size());
    Match result;
    result.offset = difference(expected.substr(0, common), actual.substr(0, common));
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

bool is_of_any_length(const ValuePart& part) {
    return std::holds_alternative<Pattern>(part) || std::holds_alternative<ClientPort>(part) ||
           std::holds_alternative<Recall>(part);
}

/// A value as one regular expression, in which each capture is a group.
class Expression {
public:
    Expression(const Value& value, const Clock& clock) : clock_(clock) {
        for (const auto& part : value.parts)
            text_ += std::visit([this](const auto& kind) { return spell(kind); }, part);
    }

    const std::string& text() const { return text_; }
    /// Of the captures, in the order in which they begin.
    const std::vector<std::string>& names() const { return names_; }
    static std::string group(std::size_t index) { return "c" + std::to_string(index); }

private:
    std::string spell(const Literal& literal) { return quote_pattern(literal.bytes); }
    std::string spell(const Pattern& pattern) { return "(?:" + pattern.expression + ")"; }
    std::string spell(const TimeText& time) { return alternatives(time_texts(time, clock_)); }
    std::string spell(const AnyOctets& any) { return ".{" + std::to_string(any.count) + "}"; }
    std::string spell(const ClientPort&) { return "[0-9]{1,5}"; }
    std::string spell(const CaptureBegin& capture) {
        names_.push_back(capture.name);
        return "(?<" + group(names_.size() - 1) + ">";
    }
    std::string spell(const CaptureEnd&) { return ")"; }
    std::string spell(const Recall& recall) {
        const auto known = std::find(names_.begin(), names_.end(), recall.name);
        if (known == names_.end()) return ".*";
        return "\\k{" + group(static_cast<std::size_t>(known - names_.begin())) + "}";
    }

    const Clock& clock_;
    std::string text_;
    std::vector<std::string> names_;
};

Match match_pattern(const Expression& expression, std::string_view actual) {
    const CompiledPattern pattern(expression.text());
    Match result;
    result.matches = pattern.matches_all(actual);
    for (std::size_t i = 0; result.matches && i < expression.names().size(); ++i)
        result.captured[expression.names()[i]] = pattern.group(actual, Expression::group(i));
    result.offset = result.matches ? 0 : pattern.longest_prefix(actual);
    if (result.matches) return result;
    result.incomplete = result.offset == actual.size();
    result.surplus = !result.incomplete && pattern.matches_all(actual.substr(0, result.offset));
    return result;
}

}  // namespace

Match match(const Value& expected, std::string_view actual, const Clock& clock) {
    if (const Bytes* literal = expected.literal()) return match_literal(*literal, actual);
    return match_pattern(Expression(expected, clock), actual);
}

std::optional<std::size_t> length_of(const Value& expected) {
    std::size_t length = 0;
    for (const auto& part : expected.parts) {
        if (is_of_any_length(part)) return std::nullopt;
        if (const auto* any = std::get_if<AnyOctets>(&part)) length += any->count;
        if (const auto* literal = std::get_if<Literal>(&part)) length += literal->bytes.size();
        if (const auto* time = std::get_if<TimeText>(&part)) length += time_text(*time, 0, 0).size();
    }
    return length;
}

}  // namespace parley
