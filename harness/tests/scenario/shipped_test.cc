// The scenarios that the project ships: without mistakes; and with each key in turn misspelt, then left out, told so in
// its place.
#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <set>

#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/json/json.h"
#include "parley/scenario/reader.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using Pointer = Json::json_pointer;

const std::string root = PARLEY_SOURCE_DIR "/scenarios";

const Catalogue& catalogue() {
    static std::vector<Diagnostic> diagnostics;
    static const auto read = read_catalogue(root + "/implementations.json", diagnostics);
    return read;
}

TEST(ShippedScenarios, AreWithoutMistakes) {
    std::vector<Diagnostic> diagnostics;
    read_catalogue(root + "/implementations.json", diagnostics);
    const auto files = find_scenario_files({root});
    EXPECT_GE(files.size(), 32U);
    for (const auto& file : files) read_scenarios(file, "x", catalogue(), diagnostics);
    for (const auto& diagnostic : diagnostics) ADD_FAILURE() << diagnostic.str();
}

/// Where the `$schema` leads that stands first in `file`; the empty path where none does.
fs::path schema_of(const std::string& file) {
    const auto json = read_json_file(file);
    const auto* members = json.object();
    if (!members || members->empty() || members->front().key != "$schema") return {};
    const auto* path = members->front().value.string();
    return path ? (fs::path(file).parent_path() / *path).lexically_normal() : fs::path();
}

TEST(ShippedScenarios, NameTheirSchemaFirst) {
    EXPECT_EQ(schema_of(root + "/implementations.json"), root + "/schema/implementations.schema.json");
    for (const auto& file : find_scenario_files({root})) {
        EXPECT_EQ(schema_of(file), root + "/schema/scenario.schema.json") << file;
    }
}

TEST(ShippedScenarios, NameTheSlidesOfEachRole) {
    for (const auto& [name, role] : catalogue().roles) {
        EXPECT_NE(role.slides.set_up, "") << name;
        EXPECT_NE(role.slides.talk, "") << name;
        EXPECT_NE(role.slides.order, "") << name;
    }
}

// ---- each key in turn

/// Keys that a scenario may do without. `*` stands for an index, the name of a case, of a parameter or of a variable.
const std::set<std::string> optional_keys{"/$schema",
                                          "/at_once",
                                          "/cases/*",
                                          "/cases/*/*/exit",
                                          "/cases/*/*/stderr",
                                          "/cases/*/*/stdout",
                                          "/client/argv",
                                          "/client/expect",
                                          "/client/expect/exit",
                                          "/client/expect/running",
                                          "/client/expect/stderr",
                                          "/client/expect/stdout",
                                          "/client/expect/stdout/*/zone",
                                          "/client/host",
                                          "/client/needs",
                                          "/client/port",
                                          "/client/stdin",
                                          "/client/times",
                                          "/client/verify",
                                          "/clients",
                                          "/clients/*/exchange",
                                          "/clients/*/expect",
                                          "/clients/*/expect/exit",
                                          "/clients/*/expect/stderr",
                                          "/clients/*/expect/stdout",
                                          "/clients/*/times",
                                          "/either",
                                          "/either/*/about",
                                          "/either/*/client",
                                          "/either/*/client/expect",
                                          "/either/*/client/expect/exit",
                                          "/either/*/client/expect/stderr",
                                          "/either/*/client/expect/stdout",
                                          "/either/*/clients",
                                          "/either/*/clients/*/exchange",
                                          "/either/*/exchange",
                                          "/exchange",
                                          "/exchange/*/pieces_of",
                                          "/exchange/*/server/*/zone",
                                          "/outcome",
                                          "/port",
                                          "/server/argv",
                                          "/server/env",
                                          "/server/env/*",
                                          "/server/expect",
                                          "/server/expect/exit",
                                          "/server/expect/running",
                                          "/server/expect/stderr",
                                          "/server/expect/stdout",
                                          "/server/needs",
                                          "/server/port_in_use",
                                          "/server/verify",
                                          "/tags"};

/// Keys that name themselves: any other name is as good.
const std::set<std::string> free_names{"/cases/*", "/server/env/*"};

/// Keys whose absence is told elsewhere: at the parameters that were used in them, or whose table they are.
const std::set<std::string> missed_elsewhere{"/cases",
                                             "/client/expect",
                                             "/client/expect/parameter",
                                             "/client/expect/stdout",
                                             "/client/verify",
                                             "/clients",
                                             "/clients/*/times",
                                             "/either/*/exchange",
                                             "/exchange",
                                             "/exchange/*/pieces_of",
                                             "/server/clock",
                                             "/server/verify"};

/// A key of a scenario: the object that has it, and its name.
struct Key {
    Pointer object;
    std::string name;

    /// Its place, without what differs from file to file: `/exchange/*/client`.
    std::string pattern() const {
        std::string text;
        std::vector<std::string> steps;
        for (auto place = object / name; !place.empty(); place.pop_back()) steps.insert(steps.begin(), place.back());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const bool is_index = steps[i].find_first_not_of("0123456789") == std::string::npos;
            const bool is_free = i > 0 && (steps[i - 1] == "env" || (i < 3 && steps[0] == "cases"));
            text += "/" + (is_index || is_free ? "*" : steps[i]);
        }
        return text;
    }
};

void for_each_key(const Json& json, const Pointer& place, const std::function<void(const Key&)>& visit) {
    if (json.is_object()) {
        for (const auto& [name, value] : json.items()) {
            visit({place, name});
            for_each_key(value, place / name, visit);
        }
    }
    for (std::size_t i = 0; json.is_array() && i < json.size(); ++i) for_each_key(json[i], place / i, visit);
}

void for_each_shipped_key(const std::function<void(const std::string& file, const Json& json, const Key& key)>& visit) {
    for (const auto& file : find_scenario_files({root})) {
        const auto json = Json::parse(read_file(file, 1 << 20));
        for_each_key(json, Pointer(), [&](const Key& key) { visit(file, json, key); });
    }
}

/// The value at `place` of a text that was read with its positions.
const JsonValue& at(const JsonValue& json, const Pointer& place) {
    if (place.empty()) return json;
    const auto& parent = at(json, place.parent_pointer());
    return parent.array() ? parent.array()->at(std::stoul(place.back())) : *parent.find(place.back());
}

/// A scenario with a key changed, and what the reader says of it.
class Changed {
public:
    Changed(const std::string& file, const Json& json) : text_(json.dump(2)), root_(parse_json(text_, file)) {
        read_scenarios_text(text_, file, "x", catalogue(), diagnostics_);
    }

    bool is_sound() const { return diagnostics_.empty(); }
    /// Whether there is a mistake at the key whose message names it.
    bool names(const Key& key) const {
        const auto& members = *at(root_, key.object).object();
        const auto position = std::ranges::find(members, key.name, &JsonMember::key)->position;
        return std::ranges::any_of(diagnostics_, [&](const auto& one) {
            return one.position == position && one.message.find(format("'{}'", key.name)) != std::string::npos;
        });
    }
    /// Whether there is a mistake on the line on which `object` begins.
    bool has_mistake_at(const Pointer& object) const {
        const auto line = at(root_, object).position.line;
        return std::ranges::any_of(diagnostics_, [&](const auto& one) { return one.position.line == line; });
    }
    std::string str() const {
        std::string lines;
        for (const auto& diagnostic : diagnostics_) lines += diagnostic.str() + "\n";
        return lines + text_;
    }

private:
    std::string text_;
    JsonValue root_;
    std::vector<Diagnostic> diagnostics_;
};

/// `object` with its key `name` called otherwise, in the same place.
Json renamed(const Json& object, const std::string& name, const std::string& other_name) {
    auto changed = Json::object();
    for (const auto& [key, value] : object.items()) changed[key == name ? other_name : key] = value;
    return changed;
}

TEST(ShippedScenarios, TellOfEachMisspeltKeyInItsPlace) {
    std::set<std::string> seen;
    for_each_shipped_key([&](const std::string& file, const Json& json, const Key& key) {
        const Key misspelt{key.object, key.name + key.name.back()};
        auto changed = json;
        changed.at(key.object) = renamed(json.at(key.object), key.name, misspelt.name);
        const Changed scenario(file, changed);
        if (scenario.names(misspelt)) return;
        EXPECT_TRUE(scenario.is_sound() && free_names.contains(key.pattern())) << key.pattern() << "\n"
                                                                               << scenario.str();
        seen.insert(key.pattern());
    });
    EXPECT_EQ(seen, free_names) << "none stands here for nothing";
}

TEST(ShippedScenarios, TellOfEachMissingKeyWhereItLacks) {
    std::set<std::string> without, elsewhere;
    for_each_shipped_key([&](const std::string& file, const Json& json, const Key& key) {
        auto changed = json;
        changed.at(key.object).erase(key.name);
        const Changed scenario(file, changed);
        const auto pattern = key.pattern();
        if (scenario.is_sound()) {
            EXPECT_TRUE(optional_keys.contains(pattern)) << pattern << " " << file;
            without.insert(pattern);
        } else if (!scenario.has_mistake_at(key.object)) {
            EXPECT_TRUE(missed_elsewhere.contains(pattern)) << pattern << "\n" << scenario.str();
            elsewhere.insert(pattern);
        }
    });
    EXPECT_EQ(without, optional_keys) << "none stands here for nothing";
    EXPECT_EQ(elsewhere, missed_elsewhere) << "none stands here for nothing";
}

}  // namespace
}  // namespace parley
