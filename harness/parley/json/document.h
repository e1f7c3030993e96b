// A JSON text read with the position of every key and value, so that a mistake is reported where it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace parley {

/// A place in a text: line and column count from 1, columns in characters (UTF-8 sequences) as editors show them.
struct Position {
    int line = 1;
    int column = 1;
    friend bool operator==(const Position&, const Position&) = default;
};

/// Something wrong at a place of a file; `str()` is `file:line:col: message`, the form that editors jump to.
struct Diagnostic {
    std::string file;
    Position position;
    std::string message;
    std::string str() const;
};

/// Sorts by file, and in it by place.
void sort_by_place(std::vector<Diagnostic>& diagnostics);

struct JsonMember;

/// A JSON value and where it begins. Objects keep their members in the order of the text. A number without a fraction
/// is an integer, also where it is written with one (`80.0`) or with an exponent.
struct JsonValue {
    using Array = std::vector<JsonValue>;
    using Object = std::vector<JsonMember>;
    Position position;
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> data;

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(data); }
    const bool* boolean() const { return std::get_if<bool>(&data); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
    const std::string* string() const { return std::get_if<std::string>(&data); }
    const Array* array() const { return std::get_if<Array>(&data); }
    const Object* object() const { return std::get_if<Object>(&data); }
    /// The member `key` of an object, or nullptr (also where this is no object).
    const JsonValue* find(std::string_view key) const;
    /// What it is, as a message says it: `a string`, `an object`, `a number`, …
    std::string_view kind() const;
};

struct JsonMember {
    Position position;  ///< of the key
    std::string key;
    JsonValue value;
};

/// About how many octets of memory `value` takes.
std::size_t weight(const JsonValue& value);

/// The value that `text` holds. Throws JsonError where it is no JSON (RFC 8259), is not UTF-8, has an object with the
/// same key twice, or is nested more than 64 deep. `file` only names the text in messages.
JsonValue parse_json(std::string_view text, std::string file);

/// As parse_json, of a file's contents. Throws UsageError where it cannot be read or is larger than 16 MiB.
JsonValue read_json_file(const std::string& path);

/// The text is no acceptable JSON; `diagnostic` says where.
class JsonError : public std::exception {
public:
    explicit JsonError(Diagnostic diagnostic) : diagnostic_(std::move(diagnostic)), text_(diagnostic_.str()) {}
    const Diagnostic& diagnostic() const { return diagnostic_; }
    const char* what() const noexcept override { return text_.c_str(); }

private:
    Diagnostic diagnostic_;
    std::string text_;
};

}  // namespace parley
