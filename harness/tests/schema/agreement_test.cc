// The published schemas and the readers accept the same files, as far as a schema can tell. The table in agreement.json
// is walked through both; then every value in it is replaced, removed, or joined by one that nobody knows, and they
// have to agree again.
#include <gmock/gmock.h>

#include <functional>
#include <regex>
#include <set>

#include "parley/base/file.h"
#include "parley/grade/config.h"
#include "parley/json/json.h"
#include "parley/schema/schema.h"
#include "tests/scenario/reading.h"

namespace parley {
namespace {

using Pointer = Json::json_pointer;

const std::string scenarios = PARLEY_SOURCE_DIR "/scenarios";

/// What no schema sees: how parts fit together that lie apart, and what a text means.
const std::vector<std::string> beyond_a_schema{
    "unknown role",
    "the role '.*' is a",
    "no program plays the role",
    "all clients have one role",
    "more than 1000 clients",
    "'at_once' takes more clients than one",
    "'port' says on which port",
    "meets no clients",
    "a script needs a server and a client",
    "nobody is tested",
    "idle client sends nothing",
    "a scripted side",
    "no connection is refused",
    "without a server the only turn is",
    "has ended its stream before",
    "a turn without bytes",
    "up to the last turn of a scripted side",
    "the scenario has no '",
    "a way's 'clients' are those of the scenario",
    "no way uses this",
    "parameter",
    "nothing was captured before",
    "unknown capture",
    "is captured before",
    "what is repeated cannot be captured",
    "no regular expression",
    "odd number of hexadecimal digits",
    "\" \" is no hexadecimal digit",
    "base64",
    "cannot read",
    "'clock' is a moment",
    "more than 1000 parts",
    "more than 64 MiB",
    "is not closed in",
    "is for a shell",
    "'(build|run)' names no program",
};

bool is_beyond_a_schema(const std::string& message) {
    return std::ranges::any_of(
        beyond_a_schema, [&](const std::string& pattern) { return std::regex_search(message, std::regex(pattern)); });
}

/// What is wrong with a text.
struct Findings {
    std::vector<std::string> reader;
    std::optional<Diagnostic> schema;

    std::string str() const {
        return format("the reader: {}\nthe schema: {}", testing::PrintToString(reader),
                      schema ? schema->str() : "nothing");
    }
};

Findings findings_of(const std::string& text, Schema& schema, const std::vector<Diagnostic>& diagnostics) {
    Findings findings{{}, schema.refuses(parse_json(text, "x"), "x")};
    for (const auto& diagnostic : diagnostics) findings.reader.push_back(diagnostic.message);
    return findings;
}

Findings examine_scenario(const std::string& text) {
    static Schema schema(scenarios + "/schema/scenario.schema.json");
    static const auto catalogue = test_catalogue();
    std::vector<Diagnostic> diagnostics;
    read_scenarios_text(text, scenarios + "/x.json", "x", catalogue, diagnostics);
    return findings_of(text, schema, diagnostics);
}

Findings examine_catalogue(const std::string& text) {
    static Schema schema(scenarios + "/schema/implementations.schema.json");
    std::vector<Diagnostic> diagnostics;
    read_catalogue_text(text, "x", diagnostics);
    return findings_of(text, schema, diagnostics);
}

Findings examine_known_failures(const std::string& text) {
    static Schema schema(scenarios + "/schema/known-failures.schema.json");
    std::vector<Diagnostic> diagnostics;
    read_known_failures_text(text, "x", diagnostics);
    return findings_of(text, schema, diagnostics);
}

Findings examine_grade(const std::string& text) {
    static Schema schema(scenarios + "/schema/grade.schema.json");
    std::vector<Diagnostic> diagnostics;
    read_grade_config_text(text, "x", test_catalogue(), diagnostics);
    return findings_of(text, schema, diagnostics);
}

Findings examine_submission(const std::string& text) {
    static Schema schema(scenarios + "/schema/submission.schema.json");
    std::vector<Diagnostic> diagnostics;
    read_own_commands_text(text, "x", test_catalogue(), diagnostics);
    return findings_of(text, schema, diagnostics);
}

using Examine = Findings (*)(const std::string& text);

/// How the files of a section of the table are examined.
Examine examination_of(const std::string& section) {
    if (section == "catalogue") return examine_catalogue;
    if (section == "grade") return examine_grade;
    if (section == "submission") return examine_submission;
    return section == "known-failures" ? examine_known_failures : examine_scenario;
}

/// An entry of the table, in the frame that makes a file of it.
struct Entry {
    Json json;
    Examine examination = examine_scenario;
    Pointer place;  ///< of the entry in the frame

    Findings examine() const { return examination(json.dump()); }
};

/// Every node below `json`, itself included.
void for_each_node(const Json& json, const Pointer& place, const std::function<void(const Pointer&)>& visit) {
    visit(place);
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) for_each_node(value, place / key, visit);
    }
    for (std::size_t i = 0; json.is_array() && i < json.size(); ++i) for_each_node(json[i], place / i, visit);
}

std::vector<Entry> entries(const std::string& list) {
    std::vector<Entry> all;
    const auto table = Json::parse(read_file(PARLEY_SOURCE_DIR "/harness/tests/schema/agreement.json", 1 << 20));
    for (const auto& [name, section] : table.items()) {
        const auto& frame = section.at("frame");
        Pointer hole;
        for_each_node(frame, Pointer(), [&](const Pointer& place) {
            if (frame.at(place) == "@") hole = place;
        });
        for (const auto& json : section.at(list)) {
            auto& entry = all.emplace_back(Entry{frame, examination_of(name), hole});
            entry.json.at(hole) = json;
        }
    }
    return all;
}

TEST(Agreement, OnWhatIsSound) {
    const auto sound = entries("sound");
    EXPECT_GE(sound.size(), 50U);
    for (const auto& entry : sound) {
        const auto findings = entry.examine();
        EXPECT_TRUE(findings.reader.empty() && !findings.schema) << entry.json << "\n" << findings.str();
    }
}

TEST(Agreement, OnWhatIsWrong) {
    const auto wrong = entries("wrong");
    EXPECT_GE(wrong.size(), 200U);
    for (const auto& entry : wrong) {
        const auto findings = entry.examine();
        EXPECT_TRUE(!findings.reader.empty() && findings.schema) << entry.json << "\n" << findings.str();
    }
}

TEST(Agreement, OnHowManyTagsThereMayBe) {
    Json scenario = {{"about", "x"}, {"server", {{"role", "talk-server"}}}, {"tags", Json::array()}};
    for (int i = 0; i < 100; ++i) scenario["tags"].push_back(std::to_string(i));
    const auto most = examine_scenario(scenario.dump());
    EXPECT_TRUE(most.reader.empty() && !most.schema) << most.str();
    scenario["tags"].push_back("100");
    const auto too_many = examine_scenario(scenario.dump());
    EXPECT_TRUE(!too_many.reader.empty() && too_many.schema) << too_many.str();
}

TEST(Agreement, EndsWhereASchemaSeesNoFurther) {
    for (const auto& entry : entries("beyond")) {
        const auto findings = entry.examine();
        EXPECT_TRUE(!findings.reader.empty() && !findings.schema) << entry.json << "\n" << findings.str();
        for (const auto& message : findings.reader)
            EXPECT_TRUE(is_beyond_a_schema(message) || entry.json.contains("cases")) << message;
    }
}

/// What only the reader refuses is beyond a schema, as is all that a case gives; the schema alone refuses nothing.
void expect_agreement(const Entry& entry) {
    const auto findings = entry.examine();
    if (findings.reader.empty() == !findings.schema) return;
    const bool explained =
        !findings.schema && (entry.json.contains("cases") || std::ranges::all_of(findings.reader, is_beyond_a_schema));
    EXPECT_TRUE(explained) << entry.json << "\n" << findings.str();
}

/// Calls `change` with a copy of each sound entry and each place in it, and examines what came of it.
void change_each(const std::function<bool(Json& whole, const Pointer& place)>& change) {
    for (const auto& entry : entries("sound")) {
        for_each_node(entry.json.at(entry.place), entry.place, [&](const Pointer& place) {
            auto changed = entry;
            if (change(changed.json, place)) expect_agreement(changed);
        });
    }
}

TEST(Agreement, HoldsWhateverStandsInAPlace) {
    const auto others = Json::parse(
        R"([null, true, false, -1, 0, 1, 2.5, 70000, 1e9, "", "zzz", "\u0000", [], {}, ["zzz"], [[]], {"zzz": 1}])");
    for (const auto& other : others) {
        change_each([&](Json& whole, const Pointer& place) {
            whole.at(place) = other;
            return true;
        });
    }
}

TEST(Agreement, HoldsWhicheverKeyIsMissing) {
    change_each([](Json& whole, const Pointer& place) {
        if (place.empty() || !whole.at(place.parent_pointer()).is_object()) return false;
        whole.at(place.parent_pointer()).erase(place.back());
        return true;
    });
}

TEST(Agreement, HoldsWhereverAKeyIsTooMuch) {
    for (const char* key : {"zzz", "event", "expect", "times", "role", "$schema", "cases"}) {
        change_each([&](Json& whole, const Pointer& place) {
            if (!whole.at(place).is_object() || whole.at(place).contains(key)) return false;
            whole.at(place)[key] = "zzz";
            return true;
        });
    }
}

TEST(Agreement, HoldsWithAParameterInPlaceOfAnything) {
    for (const auto& entry : entries("sound")) {
        if (entry.examination != examine_scenario || entry.json.contains("cases")) continue;
        for_each_node(entry.json, Pointer(), [&](const Pointer& place) {
            if (place.empty()) return;
            auto changed = entry;
            changed.json["cases"] = {{"a", {{"p", entry.json.at(place)}}}};
            changed.json.at(place) = {{"parameter", "p"}};
            const auto findings = changed.examine();
            EXPECT_TRUE(findings.reader.empty() && !findings.schema) << changed.json << "\n" << findings.str();
        });
    }
}

// ---- keys

/// The names below `properties` anywhere in a schema.
void collect_properties(const Json& schema, std::set<std::string>& names) {
    for (const auto& [key, value] : schema.items()) {
        if (key == "properties" && schema.is_object()) {
            for (const auto& [name, property] : value.items()) names.insert(name);
        }
        if (value.is_structured()) collect_properties(value, names);
    }
}

std::set<std::string> properties_of(const std::string& schema) {
    std::set<std::string> names;
    collect_properties(Json::parse(read_file(scenarios + "/schema/" + schema, 1 << 20)), names);
    return names;
}

/// The keys that the reader lists where it meets one that it does not know.
std::set<std::string> keys_of_reader(Examine examination) {
    std::set<std::string> keys;
    const std::string stray(41, 'z');
    for (const auto& entry : entries("sound")) {
        if (entry.examination != examination) continue;
        for_each_node(entry.json, Pointer(), [&](const Pointer& place) {
            auto changed = entry;
            if (!changed.json.at(place).is_object()) return;
            changed.json.at(place)[stray] = 1;
            for (const auto& message : changed.examine().reader) {
                if (message.find("unknown key") == std::string::npos) continue;
                auto list = message.substr(message.find(';') + 1);
                for (std::smatch word; std::regex_search(list, word, std::regex("'([^']*)'")); list = word.suffix())
                    keys.insert(word[1]);
            }
        });
    }
    keys.insert("$schema");  // for editors: it is never listed
    return keys;
}

TEST(Keys, AreTheSameInReaderAndSchema) {
    EXPECT_EQ(properties_of("scenario.schema.json"), keys_of_reader(examine_scenario));
    EXPECT_EQ(properties_of("implementations.schema.json"), keys_of_reader(examine_catalogue));
    EXPECT_EQ(properties_of("known-failures.schema.json"), keys_of_reader(examine_known_failures));
}

}  // namespace
}  // namespace parley
