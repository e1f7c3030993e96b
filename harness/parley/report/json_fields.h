// Fields of a report: octets as JSON, and reading back what was written, with the place of what is not as expected.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/json/document.h"
#include "parley/json/json.h"

namespace parley {

/// `bytes` as a string where they are UTF-8, else as `{"base64": "…"}`; and back.
Json octets_to_json(std::string_view bytes);
Bytes octets_from_json(const JsonValue& value);

// All of these throw JsonError, whose diagnostic names no file, where the value is not what is asked for.

[[noreturn]] void throw_unexpected(const JsonValue& found, const std::string& message);
const JsonValue& member(const JsonValue& object, std::string_view key);
const JsonValue::Array& elements(const JsonValue& value);
bool boolean(const JsonValue& value);
double number(const JsonValue& value);
const std::string& text(const JsonValue& value);
std::int64_t int64(const JsonValue& value);

template <std::integral Int>
Int integer(const JsonValue& value) {
    const std::int64_t wide = int64(value);
    if (!std::in_range<Int>(wide)) throw_unexpected(value, format("{} is out of range", wide));
    return static_cast<Int>(wide);
}

/// The enumerator, counted from 0 to `last`, whose name() is the string `value`.
template <typename Enum>
Enum enumerator(const JsonValue& value, Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (text(value) == name(static_cast<Enum>(i))) return static_cast<Enum>(i);
    }
    throw_unexpected(value, format("\"{}\" is not known here", printable(text(value))));
}

}  // namespace parley
