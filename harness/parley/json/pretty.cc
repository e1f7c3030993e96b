#include "parley/json/pretty.h"

#include <algorithm>
#include <string_view>

#include "parley/base/bytes.h"

namespace parley {

namespace {

constexpr std::size_t columns = 120;
constexpr std::size_t step = 2;

std::string dumped(std::string_view text, bool ascii_alone) {
    return Json(text).dump(-1, ' ', ascii_alone);
}

std::string string_text(const std::string& text) {
    if (printable(text) == text) return dumped(text, false);
    std::string escaped = "\"";
    for (std::string_view rest = text; !rest.empty();) {
        const auto character = rest.substr(0, std::max<std::size_t>(1, utf8_sequence_length(rest)));
        const auto shown = dumped(character, printable(character) != character);
        escaped += shown.substr(1, shown.size() - 2);
        rest.remove_prefix(character.size());
    }
    return escaped + "\"";
}

std::string line_of(const Json& value) {
    if (value.is_string()) return string_text(value.get_ref<const std::string&>());
    if (!value.is_structured()) return value.dump();
    std::string text;
    for (const auto& [key, part] : value.items()) {
        if (!text.empty()) text += ", ";
        if (value.is_object()) text += string_text(key) + ": ";
        text += line_of(part);
    }
    return value.is_object() ? "{" + text + "}" : "[" + text + "]";
}

class Writer {
public:
    explicit Writer(const std::set<std::string>& tall) : tall_(tall) {}

    std::string block(const Json& value, std::size_t indent) const {
        const std::string margin(indent + step, ' ');
        std::string text;
        for (const auto& [key, part] : value.items()) {
            text += (text.empty() ? "\n" : ",\n") + margin;
            const auto label = value.is_object() ? string_text(key) + ": " : std::string();
            const bool tall = (value.is_object() && is_tall(key, part)) || holds_tall(part);
            text += label + (tall ? block(part, indent + step) : fitting(part, indent + step, label.size()));
        }
        text += "\n" + std::string(indent, ' ');
        return value.is_object() ? "{" + text + "}" : "[" + text + "]";
    }

private:
    bool is_tall(const std::string& key, const Json& value) const { return value.size() > 1 && tall_.contains(key); }

    bool holds_tall(const Json& value) const {
        if (!value.is_structured()) return false;
        const auto& items = value.items();
        return std::any_of(items.begin(), items.end(), [&](const auto& item) {
            return (value.is_object() && is_tall(item.key(), item.value())) || holds_tall(item.value());
        });
    }

    /// In one line, where `label`, the value and a comma fit in one.
    std::string fitting(const Json& value, std::size_t indent, std::size_t label) const {
        auto line = line_of(value);
        const bool fits = indent + label + line.size() + 1 <= columns;
        return fits || !value.is_structured() || value.empty() ? line : block(value, indent);
    }

    const std::set<std::string>& tall_;
};

}  // namespace

std::string pretty(const Json& value, const std::set<std::string>& tall) {
    return value.is_structured() && !value.empty() ? Writer(tall).block(value, 0) : line_of(value);
}

}  // namespace parley
