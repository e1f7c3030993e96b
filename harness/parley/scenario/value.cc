#include "parley/scenario/value.h"

#include <stdexcept>

#include "parley/base/format.h"
#include "parley/scenario/pattern.h"

namespace parley {

namespace {

std::string describe_part(const Literal& literal) {
    return quoted(literal.bytes);
}

std::string describe_part(const TimeText& time) {
    return time.format == TimeText::Format::ctime ? "ctime" : format("java-date ({})", printable(time.zone));
}

std::string describe_part(const Pattern& pattern) {
    std::string line;
    for (char c : printable(pattern.expression)) {
        if (c == '\n')
            line += "\\n";
        else
            line += c;
    }
    return "/" + line + "/";
}

}  // namespace

const Bytes* Value::literal() const {
    static const Bytes none;
    if (parts.empty()) return &none;
    const auto* literal = std::get_if<Literal>(&parts.front());
    return literal && parts.size() == 1 ? &literal->bytes : nullptr;
}

std::string Value::describe() const {
    if (parts.empty()) return describe_part(Literal{});
    std::string line;
    for (const auto& part : parts) {
        if (!line.empty()) line += " + ";
        line += std::visit([](const auto& kind) { return describe_part(kind); }, part);
    }
    return line;
}

std::string pattern_error(const std::string& expression) {
    try {
        CompiledPattern compiled(expression);
        return {};
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

}  // namespace parley
