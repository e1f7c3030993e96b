#include "parley/scenario/object_reader.h"

#include <algorithm>

#include "parley/base/format.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr std::size_t most_mistakes = 1000;
constexpr std::size_t longest_name = 100;

}  // namespace

void MistakeList::add(Position position, std::string message) {
    ++added_;
    if (!is_full()) mistakes_.emplace(position.line, position.column, std::move(message));
}

bool MistakeList::is_full() const {
    return mistakes_.size() == most_mistakes;
}

void MistakeList::append_to(std::vector<Diagnostic>& diagnostics) const {
    for (const auto& [line, column, message] : mistakes_) diagnostics.push_back({file_, {line, column}, message});
    if (is_full()) diagnostics.back().message += format("; beyond {} mistakes none is told", most_mistakes);
}

void collect_mistakes(const std::string& file, std::vector<Diagnostic>& diagnostics,
                      const std::function<void(MistakeList&)>& read) {
    try {
        MistakeList mistakes(file);
        read(mistakes);
        mistakes.append_to(diagnostics);
    } catch (const JsonError& error) {
        diagnostics.push_back(error.diagnostic());
    }
}

ObjectReader::ObjectReader(const JsonValue& value, std::string_view what, MistakeList& mistakes)
    : value_(value), mistakes_(mistakes) {
    if (!value.object()) mistakes.add(value.position, format("{} is an object, not {}", what, value.kind()));
}

const JsonValue* ObjectReader::find(const std::string& key) {
    if (std::ranges::find(known_, key) == known_.end()) known_.push_back(key);
    return value_.find(key);
}

const JsonValue* ObjectReader::require(const std::string& key, std::string_view what_else) {
    const auto* value = find(key);
    if (!value && value_.object()) mistakes_.add(value_.position, format("missing key '{}'{}", key, what_else));
    return value;
}

std::optional<std::string> ObjectReader::string(const std::string& key) {
    const auto* value = find(key);
    if (!value) return {};
    if (const auto* text = value->string()) return *text;
    wrong(key, *value, "a string");
    return {};
}

std::optional<std::int64_t> ObjectReader::integer(const std::string& key, std::int64_t least, std::int64_t most) {
    const auto* value = find(key);
    if (!value) return {};
    const auto* number = value->integer();
    if (number && least <= *number && *number <= most) return *number;
    const auto wanted = format("a whole number from {} to {}", least, most);
    if (number)
        mistakes_.add(value->position, format("'{}' is {}, not {}", key, wanted, *number));
    else
        wrong(key, *value, wanted);
    return {};
}

std::optional<double> ObjectReader::number(const std::string& key, double least, double most) {
    const auto* value = find(key);
    if (!value) return {};
    const auto* real = std::get_if<double>(&value->data);
    const auto* whole = value->integer();
    const auto number = real ? *real : whole ? static_cast<double>(*whole) : least - 1;
    if (least <= number && number <= most) return number;
    const auto wanted = format("a number from {} to {}", least, most);
    if (real || whole)
        mistakes_.add(value->position, format("'{}' is {}, not {}", key, wanted, number));
    else
        wrong(key, *value, wanted);
    return {};
}

std::optional<std::vector<std::string>> ObjectReader::strings(const std::string& key) {
    const auto* value = find(key);
    if (!value) return {};
    std::vector<std::string> texts;
    for_each_element(*value, format("'{}'", key), mistakes_, [&](const JsonValue& element) {
        if (auto text = read_c_string(element, format("an element of '{}'", key), mistakes_)) {
            texts.push_back(std::move(*text));
        }
    });
    return texts;
}

bool ObjectReader::flag(const std::string& key) {
    const auto* value = find(key);
    if (!value) return false;
    const auto* truth = value->boolean();
    if (!truth)
        wrong(key, *value, "true");
    else if (!*truth)
        mistakes_.add(value->position, format("'{}' is true or left out", key));
    return truth && *truth;
}

std::optional<std::string> ObjectReader::one_of(const std::string& key, const std::vector<std::string>& words) {
    auto word = string(key);
    if (!word || std::ranges::find(words, *word) != words.end()) return word;
    mistakes_.add(value_.find(key)->position, unknown_word(key, *word, words));
    return {};
}

void ObjectReader::finish() {
    if (!value_.object()) return;
    auto shown = known_;
    std::erase_if(shown, [](const auto& key) { return key.starts_with('$'); });
    for (const auto& member : *value_.object()) {
        if (mistakes_.is_full()) return;
        if (std::ranges::find(known_, member.key) != known_.end()) continue;
        mistakes_.add(member.position, unknown_word("key", member.key, shown));
    }
}

void ObjectReader::wrong(const std::string& key, const JsonValue& value, std::string_view wanted) {
    mistakes_.add(value.position, format("'{}' is {}, not {}", key, wanted, value.kind()));
}

std::optional<std::string> read_c_string(const JsonValue& value, std::string_view what, MistakeList& mistakes) {
    const auto* text = value.string();
    if (!text) {
        mistakes.add(value.position, format("{} is a string, not {}", what, value.kind()));
    } else if (text->find('\0') != std::string::npos) {
        mistakes.add(value.position, format("{} cannot hold a NUL character", what));
    } else {
        return *text;
    }
    return {};
}

void check_name(Position position, std::string_view what, std::string_view name, MistakeList& mistakes) {
    const auto fits = [](char c) { return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-'; };
    if (name.size() > longest_name)
        mistakes.add(position, format("{} has at most {} characters", what, longest_name));
    else if (name.empty() || !std::ranges::all_of(name, fits))
        mistakes.add(position, format("{} is made of a to z, 0 to 9 and '-'", what));
}

void for_each_element(const JsonValue& value, std::string_view what, MistakeList& mistakes,
                      const std::function<void(const JsonValue&)>& read) {
    if (const auto* list = value.array())
        std::ranges::for_each(*list, read);
    else
        mistakes.add(value.position, format("{} is a list, not {}", what, value.kind()));
}

void for_each_member(const JsonValue& value, std::string_view what, MistakeList& mistakes,
                     const std::function<void(const JsonMember&)>& read) {
    if (const auto* object = value.object())
        std::ranges::for_each(*object, read);
    else
        mistakes.add(value.position, format("{} is an object, not {}", what, value.kind()));
}

}  // namespace parley
