#include "parley/json/document.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>

#include "parley/base/error.h"
#include "parley/base/format.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// `line:col: message` of the mistake in `text`.
std::string mistake(std::string_view text) {
    try {
        parse_json(text, "f");
    } catch (const JsonError& error) {
        EXPECT_STREQ(error.what(), error.diagnostic().str().c_str());
        return std::string(error.what()).substr(2);
    }
    return "none";
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(Json, ReadsEachKindOfValue) {
    const auto root = parse_json(
        R"( {"n": null, "t": true, "f": false, "i": -12, "d": 2.5, "s": "é\n\u00e9", "a": [1], "o": {}} )", "f");
    ASSERT_EQ(root.object()->size(), 8U);
    EXPECT_TRUE(root.find("n")->is_null());
    EXPECT_TRUE(*root.find("t")->boolean());
    EXPECT_FALSE(*root.find("f")->boolean());
    EXPECT_EQ(*root.find("i")->integer(), -12);
    EXPECT_EQ(std::get<double>(root.find("d")->data), 2.5);
    EXPECT_EQ(*root.find("s")->string(), "é\né");
    EXPECT_EQ(*root.find("a")->array()->at(0).integer(), 1);
    EXPECT_TRUE(root.find("o")->object()->empty());
    EXPECT_EQ(root.find("x"), nullptr);
    EXPECT_EQ(root.find("n")->find("x"), nullptr);
}

TEST(Json, KeepsMembersInTheOrderOfTheText) {
    const auto root = parse_json(R"({"z": 1, "a": 2, "m": 3})", "f");
    std::string keys;
    for (const auto& member : *root.object()) keys += member.key;
    EXPECT_EQ(keys, "zam");
}

TEST(Json, KnowsWhereEachKeyAndValueBegins) {
    const auto root = parse_json("\n{ \"a\" : [1,\n\t 22 , {\"b\":\"x\\\"y\"} ],\"c\":-3.5e1}", "f");
    EXPECT_EQ(root.position, (Position{2, 1}));
    const auto& a = root.object()->at(0);
    EXPECT_EQ(a.position, (Position{2, 3}));
    EXPECT_EQ(a.value.position, (Position{2, 9}));
    EXPECT_EQ(a.value.array()->at(0).position, (Position{2, 10}));
    EXPECT_EQ(a.value.array()->at(1).position, (Position{3, 3}));
    const auto& inner = a.value.array()->at(2);
    EXPECT_EQ(inner.position, (Position{3, 8}));
    EXPECT_EQ(inner.object()->at(0).position, (Position{3, 9}));
    EXPECT_EQ(inner.object()->at(0).value.position, (Position{3, 13}));
    const auto& c = root.object()->at(1);
    EXPECT_EQ(c.position, (Position{3, 23}));
    EXPECT_EQ(c.value.position, (Position{3, 27}));
}

TEST(Json, CountsColumnsInCharacters) {
    const auto root = parse_json("[\"é日😀\", 1]", "f");
    EXPECT_EQ(root.array()->at(1).position, (Position{1, 9}));
}

TEST(Json, NamesTheKindsOfValues) {
    const auto root = parse_json(R"([null, true, 1, 1.5, "", [], {}])", "f");
    std::vector<std::string_view> kinds;
    for (const auto& value : *root.array()) kinds.push_back(value.kind());
    EXPECT_THAT(kinds, testing::ElementsAre("null", "true or false", "a number", "a number", "a string", "a list",
                                            "an object"));
}

TEST(Json, SaysWhatIsFoundAndWhatIsExpected) {
    EXPECT_EQ(mistake("{\"a\" 1}"), "1:6: found '1'; expected ':' after the key");
    EXPECT_EQ(mistake("{\"a\":}"), "1:6: found '}'; expected a value");
    EXPECT_EQ(mistake("{\"a\"::1}"), "1:6: found ':'; expected a value");
    EXPECT_EQ(mistake("{\"a\": 1,\n}"), "2:1: found '}'; expected a key in double quotes");
    EXPECT_EQ(mistake("{\"a\": 1 \"b\": 2}"), "1:9: found a string; expected ',' or '}'");
    EXPECT_EQ(mistake("{a: 1}"), "1:2: found 'a'; expected a key in double quotes or '}'");
    EXPECT_EQ(mistake("{7: 1}"), "1:2: found '7'; expected a key in double quotes or '}'");
    EXPECT_EQ(mistake("[1,,2]"), "1:4: found ','; expected a value");
    EXPECT_EQ(mistake("[,1]"), "1:2: found ','; expected a value or ']'");
    EXPECT_EQ(mistake("[1 2]"), "1:4: found '2'; expected ',' or ']'");
    EXPECT_EQ(mistake("[1}"), "1:3: found '}'; expected ',' or ']'");
    EXPECT_EQ(mistake("[01]"), "1:2: '01' is no number");
    EXPECT_EQ(mistake("[0, -00]"), "1:5: '-00' is no number");
    EXPECT_EQ(mistake("[12-3]"), "1:4: found '-3'; expected ',' or ']'");
    EXPECT_EQ(mistake("[1e+2.5]"), "1:6: found '.5'; expected ',' or ']'");
    EXPECT_EQ(mistake("[True]"), "1:2: found 'True'; expected a value or ']'");
    EXPECT_EQ(mistake("[é]"), "1:2: found 'é'; expected a value or ']'");
    EXPECT_EQ(mistake("['a']"), "1:2: found \"'\" (strings stand in double quotes); expected a value or ']'");
    EXPECT_EQ(mistake("// x\n1"), "1:1: found '/' (JSON has no comments); expected a value");
}

TEST(Json, SaysWhereTheFileEndsTooEarly) {
    EXPECT_EQ(mistake("{\"a\": [1"), "1:9: found the end of the file; expected ',' or ']'");
    EXPECT_EQ(mistake("{\"a\": 1\n"), "2:1: found the end of the file; expected ',' or '}'");
    EXPECT_EQ(mistake("[\"abc"), "1:2: the string has no closing quote");
    EXPECT_EQ(mistake("[\"abc\n\"]"), "1:2: the string has no closing quote");
    EXPECT_EQ(mistake("[tru"), "1:2: found 'tru'; expected a value or ']'");
}

TEST(Json, SaysWhatFollowsTheEnd) {
    EXPECT_EQ(mistake("{}\n  }"), "2:3: found '}'; expected the end of the file");
    EXPECT_EQ(mistake("1 \"x"), "1:3: found a string; expected the end of the file");
    EXPECT_EQ(mistake("[] ,"), "1:4: found ','; expected the end of the file");
}

TEST(Json, NamesABrokenString) {
    EXPECT_THAT(mistake("[\"ab\\q\"]"), HasSubstr("1:6: a broken escape"));
    EXPECT_THAT(mistake("[\"\\ud800x\"]"), HasSubstr("a broken escape"));
    EXPECT_EQ(mistake("{\"a\tb\": 1}"), "1:4: a control character in a string is written \\u0009");
}

TEST(Json, TakesWholeNumbersHoweverTheyAreWritten) {
    for (const char* text : {"80", "80.0", "8e1", "800E-1", "0.8e+2"}) {
        EXPECT_THAT(parse_json(text, "f").integer(), testing::Pointee(80)) << text;
    }
    EXPECT_EQ(*parse_json("-9007199254740992.0", "f").integer(), -9007199254740992);
    for (const char* text : {"80.5", "1e-300", "1e300", "9007199254740994.0"}) {
        EXPECT_EQ(parse_json(text, "f").integer(), nullptr) << text;
    }
}

TEST(Json, RefusesNumbersThatItCannotHold) {
    EXPECT_EQ(*parse_json("9223372036854775807", "f").integer(), INT64_MAX);
    EXPECT_EQ(*parse_json("-9223372036854775808", "f").integer(), INT64_MIN);
    EXPECT_EQ(mistake("[9223372036854775808]"), "1:2: the number is too large");
    EXPECT_EQ(mistake("[1, -9223372036854775809]"), "1:5: the number is too large");
    EXPECT_EQ(mistake("[1,\n 1e999]"), "2:2: the number is too large");
    EXPECT_EQ(mistake("{\"a\": " + std::string(400, '9') + "}"), "1:7: the number is too large");
    EXPECT_EQ(mistake("[-]"), "1:2: '-' is no number");
    EXPECT_EQ(mistake("[1.]"), "1:2: '1.' is no number");
}

TEST(Json, RefusesTheSameKeyTwice) {
    EXPECT_EQ(mistake("{\"a\": 1,\n \"b\": 2, \"a\": 3}"), "2:10: the key \"a\" stands here twice");
    EXPECT_EQ(mistake("{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}"), "none") << "other objects may hold it";
}

TEST(Json, BoundsTheDepth) {
    EXPECT_EQ(mistake(nested(64)), "none");
    EXPECT_EQ(mistake(nested(65)), "1:65: nested more than 64 deep");
    EXPECT_EQ(mistake(std::string(1'000'000, '[')), "1:65: nested more than 64 deep");
}

TEST(Json, RefusesWhatIsNoText) {
    EXPECT_EQ(mistake(""), "1:1: the file is empty");
    EXPECT_EQ(mistake(" \n\n"), "3:1: the file is empty");
    EXPECT_EQ(mistake("\xef\xbb\xbf{}"), "1:1: begins with a byte order mark; save it as UTF-8 without one");
    EXPECT_EQ(mistake("[\"é\xe9\"]"), "1:4: the octet e9 is not UTF-8");
    EXPECT_EQ(mistake(std::string_view("{}\0junk", 7)), "1:3: a NUL character");
}

TEST(Json, NamesTheFileInItsMistakes) {
    EXPECT_THAT([] { parse_json("[", "a/b.json"); },
                ThrowsMessage<JsonError>("a/b.json:1:2: found the end of the file; expected a value or ']'"));
}

TEST(Json, ReadsAFile) {
    const auto path =
        (std::filesystem::path(testing::TempDir()) / format("parley_document_test.{}.json", getpid())).string();
    std::ofstream(path) << "[1";
    EXPECT_THAT([&] { read_json_file(path); }, ThrowsMessage<JsonError>(HasSubstr(path + ":1:3: found the end")));
    std::filesystem::resize_file(path, (16 << 20) + 1);
    EXPECT_THAT([&] { read_json_file(path); }, ThrowsMessage<UsageError>(HasSubstr("larger than 16777216 bytes")));
    std::filesystem::remove(path);
    EXPECT_THAT([&] { read_json_file(path); }, ThrowsMessage<UsageError>(HasSubstr("no such file")));
}

}  // namespace
}  // namespace parley
