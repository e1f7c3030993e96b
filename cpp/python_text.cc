#include "python_text.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <regex>

#include "utf8.h"

namespace parley::python {

namespace {

template <typename... Values>
std::string format(const char* form, Values... values) {
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), form, values...);
    return text.data();
}

unsigned octet(char value) {
    return static_cast<unsigned char>(value);
}

/// The quote that repr chooses.
char quote_for(std::string_view text) {
    const bool holds_single = text.find('\'') != std::string_view::npos;
    const bool holds_double = text.find('"') != std::string_view::npos;
    return holds_single && !holds_double ? '"' : '\'';
}

std::string escaped(char value, char quote) {
    switch (value) {
        case '\t': return "\\t";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\\': return "\\\\";
        default: break;
    }
    if (value == quote) return {'\\', quote};
    if (octet(value) < 0x20 || octet(value) >= 0x7f) return format("\\x%02x", octet(value));
    return {value};
}

/// How Python writes an octet of an argument that is no UTF-8 (PEP 383).
std::string surrogate(char value) {
    return format("\\udc%02x", octet(value));
}

/// repr of a str. Characters past ASCII are taken to be printable.
std::string repr_of_text(std::string_view text) {
    const char quote = quote_for(text);
    std::string shown(1, quote);
    for (const std::string_view character : characters(text)) {
        if (character.size() > 1)
            shown += character;
        else if (octet(character[0]) >= 0x80)
            shown += surrogate(character[0]);
        else
            shown += escaped(character[0], quote);
    }
    return shown + quote;
}

const char* reason(Utf8Unit::Kind kind) {
    switch (kind) {
        case Utf8Unit::Kind::bad_start: return "invalid start byte";
        case Utf8Unit::Kind::bad_continuation: return "invalid continuation byte";
        default: return "unexpected end of data";
    }
}

std::string decode_error(std::string_view bytes, std::size_t position, const Utf8Unit& unit) {
    const std::string what = "UnicodeDecodeError: 'utf-8' codec can't decode ";
    const std::string where = unit.length == 1
                                  ? format("byte 0x%02x in position %zu", octet(bytes[position]), position)
                                  : format("bytes in position %zu-%zu", position, position + unit.length - 1);
    return what + where + ": " + reason(unit.kind);
}

}  // namespace

std::string repr(std::string_view bytes) {
    const char quote = quote_for(bytes);
    std::string shown = {'b', quote};
    for (const char value : bytes) shown += escaped(value, quote);
    return shown + quote;
}

std::vector<std::string_view> characters(std::string_view argument) {
    std::vector<std::string_view> found;
    while (!argument.empty()) {
        const Utf8Unit unit = first_utf8_unit(argument);
        const std::size_t length = unit.kind == Utf8Unit::Kind::character ? unit.length : 1;
        found.push_back(argument.substr(0, length));
        argument.remove_prefix(length);
    }
    return found;
}

std::string_view encode(std::string_view character) {
    if (first_utf8_unit(character).kind == Utf8Unit::Kind::character) return character;
    throw Exception("UnicodeEncodeError: 'utf-8' codec can't encode character '" + surrogate(character[0]) +
                    "' in position 0: surrogates not allowed");
}

std::string decode(std::string bytes) {
    for (std::size_t position = 0; position < bytes.size();) {
        const Utf8Unit unit = first_utf8_unit(std::string_view(bytes).substr(position));
        if (unit.kind != Utf8Unit::Kind::character) throw Exception(decode_error(bytes, position, unit));
        position += unit.length;
    }
    return bytes;
}

long parse_int(std::string_view text) {
    static const std::regex notation("[ \\t-\\r\\x1c-\\x1f]*([+-]?[0-9]+(?:_[0-9]+)*)[ \\t-\\r\\x1c-\\x1f]*");
    std::cmatch part;
    if (!std::regex_match(text.begin(), text.end(), part, notation))
        throw Exception("ValueError: invalid literal for int() with base 10: " + repr_of_text(text));
    std::string digits = part[1];
    std::erase(digits, '_');
    return std::strtol(digits.c_str(), nullptr, 10);
}

}  // namespace parley::python
