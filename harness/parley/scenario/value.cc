#include "parley/scenario/value.h"

#include <stdexcept>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/scenario/pattern.h"

namespace parley {

namespace {

constexpr std::size_t longest_pattern = 10'000;

/// Each kind of part, told to a person.
struct Describe {
    std::size_t most;  ///< octets of a literal

    std::string operator()(const Literal& literal) const { return excerpt(literal.bytes, most); }
    std::string operator()(const TimeText& time) const {
        return time.format == TimeText::Format::ctime ? "ctime" : format("java-date ({})", printable(time.zone));
    }
    std::string operator()(const AnyOctets& any) const {
        return plural(any.count, "any {} octet", "any {} octets", grouped(any.count));
    }
    std::string operator()(const ClientPort&) const { return tr("the client's port"); }
    std::string operator()(const CaptureBegin& capture) const { return format("<{}:", capture.name); }
    std::string operator()(const CaptureEnd&) const { return ">"; }
    std::string operator()(const Recall& recall) const { return format("<{}>", recall.name); }
    std::string operator()(const Pattern& pattern) const {
        std::string line;
        for (char c : printable(pattern.expression)) {
            if (c == '\n')
                line += "\\n";
            else
                line += c;
        }
        return "/" + line + "/";
    }
};

/// What is one of `numbers`, of which there are some, in decimal.
ValuePart any_of(const std::set<int>& numbers) {
    std::string expression;
    for (const int number : numbers) expression += (expression.empty() ? "" : "|") + std::to_string(number);
    if (numbers.size() == 1) return Literal{expression};
    return Pattern{expression};
}

/// `value` with what `replace` makes of each of its parts.
template <typename Replace>
Value with_each(const Value& value, Replace replace) {
    Value changed;
    changed.position = value.position;
    for (const auto& part : value.parts) changed.append(replace(part));
    return changed;
}

/// Groups are numbered through all the expressions of a value, so their numbers mean something else in each.
bool refers_to_a_group(std::string_view expression) {
    for (auto at = expression.find('\\'); at != std::string_view::npos; at = expression.find('\\', at + 2)) {
        if (std::string_view("123456789gk").find(expression.substr(at + 1, 1)) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

const Bytes* Value::literal() const {
    static const Bytes none;
    if (parts.empty()) return &none;
    const auto* literal = std::get_if<Literal>(&parts.front());
    return literal && parts.size() == 1 ? &literal->bytes : nullptr;
}

std::string Value::describe(std::size_t most) const {
    if (parts.empty()) return quoted("");
    std::string line;
    bool opened = true;  // nothing stands before the next part that a plus would join it to
    for (const auto& part : parts) {
        const bool closes = std::holds_alternative<CaptureEnd>(part);
        if (!opened && !closes) line += " + ";
        if (opened && !line.empty() && !closes) line += " ";
        line += std::visit(Describe{most}, part);
        opened = std::holds_alternative<CaptureBegin>(part);
    }
    return line;
}

void Value::append(const ValuePart& part) {
    const auto* literal = std::get_if<Literal>(&part);
    if (literal && literal->bytes.empty()) return;
    auto* last = parts.empty() ? nullptr : std::get_if<Literal>(&parts.back());
    if (literal && last)
        last->bytes += literal->bytes;
    else
        parts.push_back(part);
}

Value Value::with(const Captures& captures) const {
    return with_each(*this, [&](const ValuePart& part) -> ValuePart {
        const auto* recall = std::get_if<Recall>(&part);
        const auto known = recall ? captures.find(recall->name) : captures.end();
        return known == captures.end() ? part : Literal{known->second};
    });
}

Value Value::with_ports(const std::set<int>& ports) const {
    return with_each(*this, [&](const ValuePart& part) {
        return std::holds_alternative<ClientPort>(part) && !ports.empty() ? any_of(ports) : part;
    });
}

std::string pattern_error(const std::string& expression) {
    // To compile some expressions takes a time that grows with the square of their length.
    if (expression.size() > longest_pattern) return format("it is longer than {} octets", longest_pattern);
    try {
        CompiledPattern compiled(expression);
        if (refers_to_a_group(expression)) return R"(a reference to a group; {"capture": …} keeps octets for later)";
        return {};
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

}  // namespace parley
