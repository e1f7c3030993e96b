// Walks JSON objects key by key and reports what does not belong there.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "parley/json/document.h"

namespace parley {

/// Collects the mistakes of one file, each once: what several cases share is read several times.
class MistakeList {
public:
    explicit MistakeList(std::string file) : file_(std::move(file)) {}

    void add(Position position, std::string message);
    /// How often `add` was called.
    std::size_t size() const { return added_; }
    /// Whether so many were found that no more are kept.
    bool is_full() const;
    /// Appends them to `diagnostics`, in the order of the file.
    void append_to(std::vector<Diagnostic>& diagnostics) const;

private:
    std::string file_;
    std::set<std::tuple<int, int, std::string>> mistakes_;  ///< line, column, message
    std::size_t added_ = 0;
};

/// Has `read` collect the mistakes of `file`, and appends them to `diagnostics`; that it is no JSON (JsonError) is one.
void collect_mistakes(const std::string& file, std::vector<Diagnostic>& diagnostics,
                      const std::function<void(MistakeList&)>& read);

/// One JSON object. The keys that are asked for are the keys that there are: `finish()` reports all others.
class ObjectReader {
public:
    /// `what` names the object in messages: `a turn`. Where `value` is no object that is reported, and nothing else.
    ObjectReader(const JsonValue& value, std::string_view what, MistakeList& mistakes);

    /// The value of `key`, or nullptr.
    const JsonValue* find(const std::string& key);
    /// The same; a missing key is a mistake. Its message goes on with `what_else`: what would do in place of the key.
    const JsonValue* require(const std::string& key, std::string_view what_else = "");

    /// The text, whole number or words at `key`; empty where it is missing or (a mistake) something else.
    std::optional<std::string> string(const std::string& key);
    std::optional<std::int64_t> integer(const std::string& key, std::int64_t least, std::int64_t most);
    std::optional<double> number(const std::string& key, double least, double most);
    std::optional<std::vector<std::string>> strings(const std::string& key);
    /// Whether `key` is true; false has no second spelling, so to write it is a mistake.
    bool flag(const std::string& key);
    /// The one of `words` that stands at `key`.
    std::optional<std::string> one_of(const std::string& key, const std::vector<std::string>& words);

    /// Reports each key that nobody asked for.
    void finish();

    Position position() const { return value_.position; }

private:
    void wrong(const std::string& key, const JsonValue& value, std::string_view wanted);

    const JsonValue& value_;
    MistakeList& mistakes_;
    std::vector<std::string> known_;
};

/// `value` as text that can be an argument of a program or a variable of its environment: without NUL.
std::optional<std::string> read_c_string(const JsonValue& value, std::string_view what, MistakeList& mistakes);

/// Reports a name that is not made of a to z, 0 to 9 and `-`, or is longer than 100 of them: names stand in those of
/// cells, files and messages.
void check_name(Position position, std::string_view what, std::string_view name, MistakeList& mistakes);

/// Calls `read` for each element of the list `value`; that it is none is a mistake.
void for_each_element(const JsonValue& value, std::string_view what, MistakeList& mistakes,
                      const std::function<void(const JsonValue&)>& read);

/// Calls `read` for each member of the object `value`; that it is none is a mistake.
void for_each_member(const JsonValue& value, std::string_view what, MistakeList& mistakes,
                     const std::function<void(const JsonMember&)>& read);

}  // namespace parley
