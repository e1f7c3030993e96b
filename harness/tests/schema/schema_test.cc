#include "parley/schema/schema.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/json/json.h"
#include "parley/scenario/reader.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

const std::string scenarios = PARLEY_SOURCE_DIR "/scenarios";

class Schemas : public testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(path_); }

    Schema schema(const std::string& text) {
        std::ofstream(path_) << text;
        return Schema(path_);
    }
    std::string refusal(const std::string& schema_text, const std::string& text) {
        const auto refused = schema(schema_text).refuses(parse_json(text, "f"), "f");
        return refused ? refused->str() : "none";
    }

    const std::string path_ =
        (std::filesystem::path(testing::TempDir()) / format("parley_schema_test.{}.json", getpid())).string();
};

TEST_F(Schemas, SayWhereTheyRefuse) {
    const auto text = R"({"properties": {"a": {"items": {"properties": {"b [1]": {"type": "integer"}}}}}})";
    EXPECT_EQ(refusal(text, "{\"a\": [{},\n {\"b [1]\": 1}]}"), "none");
    EXPECT_THAT(refusal(text, "{\"a\": [{},\n {\"b [1]\": \"x\"}]}"), HasSubstr("f:2:12: "));
    EXPECT_THAT(refusal(text, "{\"a\": [{},\n {\"b [1]\": \"x\"}]}"), HasSubstr("(by " + path_ + ")"));
    EXPECT_THAT(refusal(R"({"propertyNames": {"maxLength": 1}})", " {\"ab\": 1}"), HasSubstr("f:1:2: "));
}

TEST_F(Schemas, TakeAnyText) {
    auto any = schema(R"({"additionalProperties": {"type": "array"}})");
    EXPECT_FALSE(any.refuses(parse_json(R"({"a": [null, true, -1, 2.5, "x", [], {}], "": []})", "f"), "f"));
    EXPECT_TRUE(any.refuses(parse_json(R"({"a": {}})", "f"), "f"));
    EXPECT_FALSE(any.refuses(parse_json("null", "f"), "f"));
}

TEST_F(Schemas, MustBeSchemas) {
    EXPECT_THAT([&] { schema("{"); }, ThrowsMessage<JsonError>(HasSubstr(path_ + ":1:2: ")));
    EXPECT_THAT([&] { schema(R"({"type": 7})"); }, ThrowsMessage<SetupError>(HasSubstr("is no JSON schema")));
    EXPECT_THAT([] { Schema("/no/such"); }, ThrowsMessage<UsageError>(HasSubstr("no such file")));
}

// ---- those that the project publishes

/// What an editor shows of `property`, a part of `schema`.
std::string description_of(const Json& property, const Json& schema) {
    if (property.contains("description")) return property.at("description");
    if (!property.contains("$ref")) return "";
    return description_of(schema.at(Json::json_pointer(property.at("$ref").get<std::string>().substr(1))), schema);
}

void expect_descriptions(const Json& part, const Json& schema) {
    for (const auto& [key, value] : part.items()) {
        if (key == "dependencies") continue;  // says what goes with a key that is described elsewhere
        if (value.is_structured()) expect_descriptions(value, schema);
        if (!part.is_object() || key != "properties") continue;
        for (const auto& [name, property] : value.items()) {
            if (property.is_boolean()) continue;  // no such property: nothing to explain
            EXPECT_GE(description_of(property, schema).size(), 10U) << name << ": " << property;
        }
    }
}

TEST(PublishedSchemas, DescribeEveryKey) {
    for (const char* file :
         {"/schema/scenario.schema.json", "/schema/implementations.schema.json", "/schema/known-failures.schema.json",
          "/schema/grade.schema.json", "/schema/submission.schema.json"}) {
        const auto schema = Json::parse(read_file(scenarios + file, 1 << 20));
        EXPECT_EQ(schema.at("$id"), std::filesystem::path(file).filename().string());
        expect_descriptions(schema, schema);
    }
}

TEST(PublishedSchemas, AcceptWhatTheProjectShips) {
    Schema schema(scenarios + "/schema/scenario.schema.json");
    for (const auto& file : find_scenario_files({scenarios, PARLEY_SOURCE_DIR "/harness/tests/cli/wrong"})) {
        const auto refused = schema.refuses(read_json_file(file), file);
        EXPECT_FALSE(refused) << refused->str();
    }
    const auto catalogue = scenarios + "/implementations.json";
    const auto refused =
        Schema(scenarios + "/schema/implementations.schema.json").refuses(read_json_file(catalogue), catalogue);
    EXPECT_FALSE(refused) << refused->str();
}

}  // namespace
}  // namespace parley
