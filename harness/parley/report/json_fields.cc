#include "parley/report/json_fields.h"

#include <stdexcept>

namespace parley {

namespace {

template <typename T>
const T& required(const JsonValue& value, const T* held, std::string_view wanted) {
    if (held == nullptr) throw_unexpected(value, format("expected {}, found {}", wanted, value.kind()));
    return *held;
}

}  // namespace

Json octets_to_json(std::string_view bytes) {
    if (is_utf8(bytes)) return bytes;
    return Json{{"base64", to_base64(bytes)}};
}

Bytes octets_from_json(const JsonValue& value) {
    if (const std::string* plain = value.string()) return *plain;
    const JsonValue& encoded = member(value, "base64");
    try {
        return from_base64(text(encoded));
    } catch (const std::invalid_argument& error) {
        throw_unexpected(encoded, error.what());
    }
}

void throw_unexpected(const JsonValue& found, const std::string& message) {
    throw JsonError(Diagnostic{.file = {}, .position = found.position, .message = message});
}

const JsonValue& member(const JsonValue& object, std::string_view key) {
    required(object, object.object(), "an object");
    const JsonValue* found = object.find(key);
    if (found == nullptr) throw_unexpected(object, format("the key \"{}\" is missing", key));
    return *found;
}

const JsonValue::Array& elements(const JsonValue& value) {
    return required(value, value.array(), "an array");
}

bool boolean(const JsonValue& value) {
    return required(value, value.boolean(), "true or false");
}

double number(const JsonValue& value) {
    if (const std::int64_t* whole = value.integer()) return static_cast<double>(*whole);
    return required(value, std::get_if<double>(&value.data), "a number");
}

const std::string& text(const JsonValue& value) {
    return required(value, value.string(), "a string");
}

std::int64_t int64(const JsonValue& value) {
    return required(value, value.integer(), "a whole number");
}

}  // namespace parley
