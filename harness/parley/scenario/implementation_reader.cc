#include "parley/scenario/implementation_reader.h"

namespace parley {

std::vector<std::string> read_command(ObjectReader& object, MistakeList& mistakes) {
    const auto* command = object.require("command");
    if (!command) return {};
    auto words = object.strings("command").value_or(std::vector<std::string>());
    if (command->array() && (command->array()->empty() || (!words.empty() && words.front().empty())))
        mistakes.add(command->position, "'command' names no program");
    return words;
}

std::vector<Need> read_needs(ObjectReader& object, MistakeList& mistakes) {
    std::vector<Need> needs;
    const auto* list = object.find("needs");
    if (!list) return needs;
    for_each_element(*list, "'needs'", mistakes, [&](const JsonValue& element) {
        ObjectReader entry(element, "a need", mistakes);
        Need need;
        if (entry.require("path")) need.path = entry.string("path").value_or("");
        if (entry.require("package")) need.package = entry.string("package").value_or("");
        entry.finish();
        needs.push_back(std::move(need));
    });
    return needs;
}

}  // namespace parley
