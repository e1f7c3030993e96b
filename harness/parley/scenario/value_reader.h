// JSON to values.
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "parley/scenario/budget.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/value.h"

namespace parley {

/// Reads the values of one scenario.
class ValueReader {
public:
    /// `folder` is where the files of `{"file": …}` lie; what the values hold comes from `budget`.
    ValueReader(std::filesystem::path folder, Budget& budget, MistakeList& mistakes);

    Value read(const JsonValue& json);

    /// Goes over to a conversation in which `captures` are known. Returns those of the conversation before, with what
    /// the values read meanwhile have captured.
    std::set<std::string> go_to_conversation(std::set<std::string> captures) {
        return std::exchange(captures_, std::move(captures));
    }

    /// Takes `octets` from the budget. That so much is not left is a mistake, and false.
    bool spend(std::size_t octets, Position position);

private:
    void append(const JsonValue& json, Value& value);
    void append_form(const JsonValue& json, Value& value);
    void report_formless(const JsonValue& json);
    void report_stray(const JsonValue& json);
    void append_decoded(const JsonValue& text, Bytes (*decode)(std::string_view), Value& value);
    void append_repeated(const JsonValue& json, ObjectReader& object, Value& value);
    void append_file(const JsonValue& json, Value& value);
    void append_time(ObjectReader& object, Value& value);
    void append_pattern(const JsonValue& json, Value& value);
    void append_any(ObjectReader& object, Value& value);
    void append_capture(ObjectReader& object, Value& value);
    void append_recall(ObjectReader& object, Position position, Value& value);

    const std::filesystem::path folder_;
    Budget& budget_;
    MistakeList& mistakes_;
    std::set<std::string> captures_;
};

/// About how many octets of memory the parts of `value` take.
std::size_t octets_of(const Value& value);

}  // namespace parley
