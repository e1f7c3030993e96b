#include "parley/scenario/placeholders.h"

namespace parley {

std::string fill_in(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string out;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        const auto close = text.find('}');
        const auto value =
            close == std::string_view::npos ? values.end() : values.find(std::string(text.substr(1, close - 1)));
        if (value != values.end()) {
            out += value->second;
            text.remove_prefix(close + 1);
        } else if (!text.empty()) {
            out += '{';
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace parley
