#include "parley/json/document.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <tuple>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "parley/base/bytes.h"
#include "parley/base/file.h"
#include "parley/base/format.h"

namespace parley {

namespace {

constexpr std::size_t max_depth = 64;
constexpr std::uintmax_t max_file_size = 16 << 20;
/// Beyond it not every whole number has a floating-point number of its own.
constexpr double largest_whole = 1LL << 53;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// A place in the text that only moves forward and knows its line and column.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    Position position() const { return position_; }
    std::size_t offset() const { return offset_; }
    std::string_view rest() const { return text_.substr(offset_); }
    bool at_end() const { return offset_ == text_.size(); }

    void advance_to(std::size_t offset) {
        for (; offset_ < std::min(offset, text_.size()); ++offset_) {
            const auto octet = static_cast<unsigned char>(text_[offset_]);
            if (octet == '\n') position_ = {position_.line + 1, 1};
            // Columns are characters: the later octets of a UTF-8 sequence count for nothing.
            else if ((octet & 0xc0) != 0x80)
                ++position_.column;
        }
    }
    void advance(std::size_t count) { advance_to(offset_ + count); }
    void skip_space() {
        const auto space = rest().find_first_not_of(" \t\r\n");
        advance(space == std::string_view::npos ? rest().size() : space);
    }
    bool skip(char wanted) {
        if (wanted == '\0' || !rest().starts_with(wanted)) return false;
        advance(1);
        return true;
    }

private:
    std::string_view text_;
    std::size_t offset_ = 0;
    Position position_;
};

/// The length of the string token (quotes included) at the beginning of `text`, which the lexer has found sound.
std::size_t string_length(std::string_view text) {
    std::size_t end = 1;
    while (text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
    return end + 1;
}

/// The length of the number token at the beginning of `text`, which the lexer has found sound.
std::size_t number_length(std::string_view text) {
    std::size_t end = text.starts_with('-') ? 1 : 0;
    const auto skip_digits = [&] { end = std::min(text.find_first_not_of("0123456789", end), text.size()); };
    const auto skip_one_of = [&](std::string_view wanted) {
        const bool found = end < text.size() && wanted.find(text[end]) != std::string_view::npos;
        end += found ? 1U : 0U;
        return found;
    };
    skip_digits();
    if (skip_one_of(".")) skip_digits();
    if (skip_one_of("eE")) {
        skip_one_of("+-");
        skip_digits();
    }
    return end;
}

/// The word, number or character at the beginning of `text`, as a message shows it.
std::string shown_token(std::string_view text) {
    constexpr std::size_t longest = 24;
    const auto is_part = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) ||
               std::string_view("_+-.").find(c) != std::string_view::npos;
    };
    const auto end = std::find_if_not(text.begin(), text.end(), is_part);
    const auto length = static_cast<std::size_t>(end - text.begin());
    if (length == 0) return format("'{}'", printable(text.substr(0, utf8_sequence_length(text))));
    if (length > longest) return format("'{}…'", text.substr(0, longest));
    return format("'{}'", text.substr(0, length));
}

std::string found(std::string_view rest) {
    if (rest.empty()) return "the end of the file";
    if (rest[0] == '"') return "a string";
    if (rest[0] == '\'') return "\"'\" (strings stand in double quotes)";
    if (rest[0] == '/' || rest[0] == '#') return format("'{}' (JSON has no comments)", rest[0]);
    return shown_token(rest);
}

/// Receives the library's parsing events and builds the tree. The events carry no positions; but they come token by
/// token, so a cursor that skips white space and the one separator that may stand there finds each token's beginning.
class TreeBuilder {
public:
    TreeBuilder(std::string_view text, std::string file) : cursor_(text), file_(std::move(file)) {}

    JsonValue take_root() { return std::move(root_); }

    // The interface that nlohmann::json::sax_parse calls.
    bool null() { return add(nullptr, 4); }
    bool boolean(bool value) { return add(value, value ? 4 : 5); }
    bool number_integer(std::int64_t value) { return add_number(value); }
    bool number_unsigned(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>(INT64_MAX)) fail_at_token("the number is too large");
        return add_number(static_cast<std::int64_t>(value));
    }
    bool number_float(double value, const std::string& digits) {
        // The library turns integers that do not fit into floating-point numbers.
        if (digits.find_first_of(".eE") == std::string::npos) fail_at_token("the number is too large");
        // To JSON Schema 80.0 is a whole number, and to us no other than 80.
        if (std::abs(value) <= largest_whole && std::trunc(value) == value) {
            return add_number(static_cast<std::int64_t>(value));
        }
        return add_number(value);
    }
    bool string(std::string& value) {
        go_to_token();
        const auto length = string_length(cursor_.rest());
        return add(std::move(value), length);
    }
    bool binary(const std::vector<std::uint8_t>&) { return false; }  // of the library's binary formats only
    bool start_object(std::size_t) { return open(JsonValue::Object()); }
    bool start_array(std::size_t) { return open(JsonValue::Array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name);
    bool parse_error(std::size_t octets_read, const std::string& token, const nlohmann::json::exception& error);

private:
    struct Open {
        JsonValue* container;
        std::unordered_set<std::string> keys;
    };

    void go_to_token();
    bool add(decltype(JsonValue::data) data, std::size_t length);
    template <typename Number>
    bool add_number(Number value);
    bool open(decltype(JsonValue::data) data);
    bool close();
    JsonValue* place();
    void value_is_complete();
    bool in_object() const { return !open_.empty() && open_.back().container->object() != nullptr; }
    bool is_first() const;
    bool expects_value_or_key() const;
    std::string expected() const;
    [[noreturn]] void fail(std::string message) const {
        throw JsonError({file_, cursor_.position(), std::move(message)});
    }
    [[noreturn]] void fail_at_token(std::string message);
    [[noreturn]] void fail_in_string(std::size_t offset);

    Cursor cursor_;
    std::string file_;
    JsonValue root_;
    // While a container is open its parent does not grow, so these pointers into vectors stay valid.
    std::vector<Open> open_;
    bool complete_ = false;          ///< the root is
    bool after_key_ = false;         ///< the innermost object waits for a value
    char separator_ = '\0';          ///< may stand before the next token
    bool separator_passed_ = false;  ///< and did
};

void TreeBuilder::go_to_token() {
    cursor_.skip_space();
    if (!cursor_.skip(std::exchange(separator_, '\0'))) return;
    separator_passed_ = true;
    cursor_.skip_space();
}

/// Where the next value goes.
JsonValue* TreeBuilder::place() {
    if (open_.empty()) return &root_;
    auto& data = open_.back().container->data;
    if (auto* object = std::get_if<JsonValue::Object>(&data)) return &object->back().value;
    return &std::get<JsonValue::Array>(data).emplace_back();
}

bool TreeBuilder::add(decltype(JsonValue::data) data, std::size_t length) {
    go_to_token();
    *place() = {cursor_.position(), std::move(data)};
    cursor_.advance(length);
    value_is_complete();
    return true;
}

template <typename Number>
bool TreeBuilder::add_number(Number value) {
    go_to_token();
    const auto length = number_length(cursor_.rest());
    // Of `01` the library has read the 0 alone.
    const auto digits = cursor_.rest().substr(cursor_.rest()[0] == '-' ? 1 : 0);
    if (digits.size() > 1 && digits[0] == '0' && std::isdigit(static_cast<unsigned char>(digits[1]))) {
        fail(format("{} is no number", shown_token(cursor_.rest())));
    }
    return add(value, length);
}

bool TreeBuilder::open(decltype(JsonValue::data) data) {
    go_to_token();
    if (open_.size() == max_depth) fail(format("nested more than {} deep", max_depth));
    JsonValue* container = place();
    *container = {cursor_.position(), std::move(data)};
    open_.push_back({container, {}});
    cursor_.advance(1);
    after_key_ = separator_passed_ = false;
    return true;
}

bool TreeBuilder::close() {
    go_to_token();
    cursor_.advance(1);
    open_.pop_back();
    value_is_complete();
    return true;
}

void TreeBuilder::value_is_complete() {
    after_key_ = separator_passed_ = false;
    complete_ = open_.empty();
    separator_ = complete_ ? '\0' : ',';
}

bool TreeBuilder::key(std::string& name) {
    go_to_token();
    if (!open_.back().keys.insert(name).second) fail(format("the key {} stands here twice", quoted(name)));
    auto& members = std::get<JsonValue::Object>(open_.back().container->data);
    members.push_back({cursor_.position(), name, {}});
    cursor_.advance(string_length(cursor_.rest()));
    after_key_ = true;
    separator_passed_ = false;
    separator_ = ':';
    return true;
}

bool TreeBuilder::is_first() const {
    const auto& container = *open_.back().container;
    return container.object() ? container.object()->empty() : container.array()->empty();
}

bool TreeBuilder::expects_value_or_key() const {
    if (open_.empty()) return !complete_;
    if (after_key_) return separator_passed_;
    return separator_passed_ || is_first();
}

std::string TreeBuilder::expected() const {
    if (open_.empty()) return complete_ ? "the end of the file" : "a value";
    if (after_key_) return separator_passed_ ? "a value" : "':' after the key";
    const std::string one = in_object() ? "a key in double quotes" : "a value";
    const char* closing = in_object() ? "'}'" : "']'";
    if (separator_passed_) return one;
    return (is_first() ? one : "','") + " or " + closing;
}

void TreeBuilder::fail_at_token(std::string message) {
    go_to_token();
    fail(std::move(message));
}

/// The string at the cursor is broken; the lexer stopped at `offset`.
void TreeBuilder::fail_in_string(std::size_t offset) {
    const auto length = offset - cursor_.offset();
    if (length >= cursor_.rest().size() || cursor_.rest()[length] == '\n') fail("the string has no closing quote");
    const auto character = static_cast<unsigned char>(cursor_.rest()[length]);
    cursor_.advance_to(offset);
    if (character < 0x20) fail(format("a control character in a string is written \\u{:04x}", character));
    fail("a broken escape; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX (surrogates in pairs)");
}

bool TreeBuilder::parse_error(std::size_t octets_read, const std::string&, const nlohmann::json::exception& error) {
    constexpr int number_out_of_range = 406;
    go_to_token();
    const auto rest = cursor_.rest();
    if (error.id == number_out_of_range) fail("the number is too large");
    if (expects_value_or_key() && rest.starts_with('"')) fail_in_string(octets_read - 1);
    if (expects_value_or_key() && !(in_object() && !after_key_) && !rest.empty() &&
        std::string_view("-0123456789").find(rest[0]) != std::string_view::npos) {
        fail(format("{} is no number", shown_token(rest)));
    }
    fail(format("found {}; expected {}", found(rest), expected()));
}

/// What the library would let pass, or would report at no useful place.
void check_encoding(std::string_view text, const std::string& file) {
    Cursor cursor(text);
    const auto fail = [&](std::string message) { throw JsonError({file, cursor.position(), std::move(message)}); };
    if (text.starts_with(byte_order_mark)) fail("begins with a byte order mark; save it as UTF-8 without one");
    while (!cursor.at_end()) {
        const auto length = utf8_sequence_length(cursor.rest());
        if (length == 0) fail(format("the octet {} is not UTF-8", hex(cursor.rest().substr(0, 1))));
        if (cursor.rest()[0] == '\0') fail("a NUL character");
        cursor.advance(length);
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) fail("the file is empty");
}

}  // namespace

std::string Diagnostic::str() const {
    return format("{}:{}:{}: {}", file, position.line, position.column, message);
}

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
    std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic& diagnostic) {
        return std::tuple(std::string_view(diagnostic.file), diagnostic.position.line, diagnostic.position.column);
    });
}

const JsonValue* JsonValue::find(std::string_view key) const {
    const Object* members = object();
    if (!members) return nullptr;
    const auto member = std::find_if(members->begin(), members->end(), [&](const auto& m) { return m.key == key; });
    return member == members->end() ? nullptr : &member->value;
}

std::string_view JsonValue::kind() const {
    static constexpr std::string_view kinds[] = {"null",     "true or false", "a number", "a number",
                                                 "a string", "a list",        "an object"};
    return kinds[data.index()];
}

std::size_t weight(const JsonValue& value) {
    std::size_t octets = sizeof(JsonValue);
    if (const auto* text = value.string()) octets += text->size();
    if (const auto* list = value.array()) {
        for (const auto& element : *list) octets += weight(element);
    }
    if (const auto* members = value.object()) {
        for (const auto& member : *members) octets += sizeof(JsonMember) + member.key.size() + weight(member.value);
    }
    return octets;
}

JsonValue parse_json(std::string_view text, std::string file) {
    check_encoding(text, file);
    TreeBuilder builder(text, std::move(file));
    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take_root();
}

JsonValue read_json_file(const std::string& path) {
    return parse_json(read_file(path, max_file_size), path);
}

}  // namespace parley
