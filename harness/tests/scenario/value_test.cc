#include "parley/scenario/value.h"
#include "parley/base/format.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/scenario/reading.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::string_literals;

/// The value `json`, as the server's stdout; it begins in column 90 of line 1.
Reading read_value(const std::string& json) {
    return read_text(R"({"about": "a value that stands here", "server": {"role": "talk-server", "expect": {"stdout":)" +
                     json + "}}}");
}

Value sound_value(const std::string& json) {
    const auto reading = read_value(json);
    EXPECT_THAT(reading.mistakes, ElementsAre()) << json;
    return reading.scenario.server->expect.out.value_or(Value{});
}

Bytes literal(const std::string& json) {
    const auto value = sound_value(json);
    return value.literal() ? *value.literal() : "no literal";
}

/// The one mistake in the value `json`: its column within it, from 1, and the message.
std::string mistake(const std::string& json) {
    const auto reading = read_value(json);
    EXPECT_EQ(reading.mistakes.size(), 1U) << json << testing::PrintToString(reading.mistakes);
    if (reading.mistakes.empty()) return "none";
    const auto& text = reading.mistakes[0];
    const auto start = read_value("\"\"").scenario.server->expect.out->position.column;
    return std::to_string(std::stoi(text.substr(2)) - start + 1) + text.substr(text.find(": "));
}

TEST(Values, SpellOctetsInManyWays) {
    EXPECT_EQ(literal(R"("é\n")"), "é\n");
    EXPECT_EQ(literal(R"({"hex": "00 ff"})"), "\0\xff"s);
    EXPECT_EQ(literal(R"({"base64": "AP8="})"), "\0\xff"s);
    EXPECT_EQ(literal(R"({"repeat": "ab", "times": 3})"), "ababab");
    EXPECT_EQ(literal(R"(["a", {"hex": "62"}, ["c", {"repeat": ["d"], "times": 2}]])"), "abcdd");
    EXPECT_EQ(literal(R"("a\u0000b")"), "a\0b"s);
}

TEST(Values, AreEmptyLiteralsWithoutParts) {
    for (const char* json : {"\"\"", "[]", R"({"hex": ""})", R"({"repeat": "", "times": 9})", R"(["", []])"}) {
        EXPECT_EQ(literal(json), "") << json;
    }
}

TEST(Values, JoinNeighbouringLiteralsOnly) {
    const auto value = sound_value(R"(["a", "b", {"regex": "[0-9]+"}, "c", {"time": "ctime"}, {"time": "java-date"}])");
    EXPECT_THAT(value.parts, ElementsAre(ValuePart(Literal{"ab"}), ValuePart(Pattern{"[0-9]+"}),
                                         ValuePart(Literal{"c"}), ValuePart(TimeText{TimeText::Format::ctime, "UTC"}),
                                         ValuePart(TimeText{TimeText::Format::java_date, "UTC"})));
    EXPECT_EQ(value.literal(), nullptr);
}

TEST(Values, RepeatPatternsToo) {
    const auto value = sound_value(R"({"repeat": ["a", {"regex": "b"}, "c"], "times": 2})");
    EXPECT_THAT(value.parts, ElementsAre(ValuePart(Literal{"a"}), ValuePart(Pattern{"b"}), ValuePart(Literal{"ca"}),
                                         ValuePart(Pattern{"b"}), ValuePart(Literal{"c"})));
}

TEST(Values, NameTheZoneOfAJavaDate) {
    const auto value = sound_value(R"({"time": "java-date", "zone": "BRT"})");
    EXPECT_THAT(value.parts, ElementsAre(ValuePart(TimeText{TimeText::Format::java_date, "BRT"})));
    EXPECT_EQ(mistake(R"({"time": "ctime", "zone": "BRT"})"), "19: unknown key 'zone'; there is 'time'");
}

TEST(Values, DescribeThemselvesInALine) {
    EXPECT_EQ(
        sound_value(R"(["Echo\n", {"regex": "[0-9]+\n"}, {"time": "ctime"}, {"time": "java-date", "zone": "BRT"}])")
            .describe(),
        R"("Echo\n" + /[0-9]+\n/ + ctime + java-date (BRT))");
    EXPECT_EQ(sound_value("\"\"").describe(), "\"\"");
    EXPECT_EQ(sound_value(R"({"any": 1000})").describe(), "any 1,000 octets");
}

TEST(Values, ShortenTheirLiteralsOnDemand) {
    EXPECT_EQ(sound_value(R"(["abcdef", {"regex": "[0-9]+"}, "ghi"])").describe(3),
              R"("abc" and 3 octets more + /[0-9]+/ + "ghi")");
}

TEST(Values, HoldWhateverOctets) {
    EXPECT_THAT(sound_value(R"({"any": 4})").parts, ElementsAre(ValuePart(AnyOctets{4})));
    EXPECT_EQ(sound_value(R"(["a", {"any": 1}, {"any": 2}])").describe(), R"("a" + any 1 octet + any 2 octets)");
    EXPECT_THAT(mistake(R"({"any": 0})"), HasSubstr("'any' is a whole number from 1 to 1048576, not 0"));
}

TEST(Values, NameTheClientsPort) {
    const auto value = sound_value(R"(["from ", {"port": "client"}, "\n"])");
    EXPECT_THAT(value.parts,
                ElementsAre(ValuePart(Literal{"from "}), ValuePart(ClientPort{}), ValuePart(Literal{"\n"})));
    EXPECT_EQ(value.describe(), R"("from " + the client's port + "\n")");
    EXPECT_EQ(value.with_ports({40404}).describe(), R"("from 40404\n")");
    EXPECT_EQ(value.with_ports({40405, 40404}).describe(), R"("from " + /40404|40405/ + "\n")");
    EXPECT_EQ(value.with_ports({}).parts, value.parts);
    EXPECT_THAT(mistake(R"({"port": "server"})"), HasSubstr("unknown port 'server'; there is 'client'"));
}

TEST(Values, CaptureAndRecall) {
    const auto value =
        sound_value(R"(["<", {"capture": "id", "as": {"regex": "[0-9]+"}}, "=", {"captured": "id"}, ">"])");
    EXPECT_THAT(value.parts, ElementsAre(ValuePart(Literal{"<"}), ValuePart(CaptureBegin{"id"}),
                                         ValuePart(Pattern{"[0-9]+"}), ValuePart(CaptureEnd{}), ValuePart(Literal{"="}),
                                         ValuePart(Recall{"id"}), ValuePart(Literal{">"})));
    EXPECT_EQ(value.describe(), R"("<" + <id: /[0-9]+/> + "=" + <id> + ">")");
    EXPECT_EQ(value.with({{"id", "7"}}).describe(), R"("<" + <id: /[0-9]+/> + "=7>")");
}

TEST(Values, RecallOnlyWhatWasCapturedBefore) {
    EXPECT_EQ(mistake(R"([{"captured": "id"}, "x"])"), "15: nothing was captured before this, so 'id' is not known");
    EXPECT_EQ(mistake(R"([{"capture": "id", "as": "x"}, {"captured": "ib"}])"),
              "45: unknown capture 'ib'; did you mean 'id'?");
    EXPECT_EQ(mistake(R"([{"capture": "a", "as": "x"}, {"capture": "a", "as": "y"}])"),
              "31: 'a' is captured before; each has a name of its own");
    EXPECT_EQ(mistake(R"({"captured": "\u001b"})"), R"(14: nothing was captured before this, so '\x1b' is not known)");
    EXPECT_EQ(mistake(R"({"capture": "A", "as": "x"})"), "13: the name of a capture is made of a to z, 0 to 9 and '-'");
    EXPECT_EQ(mistake(R"({"repeat": {"capture": "a", "as": {"any": 1}}, "times": 2})"),
              "12: what is repeated cannot be captured: it would have one name for several");
    EXPECT_EQ(mistake(R"({"capture": "a"})"), "1: missing key 'as'");
}

TEST(Values, ReferToNoGroups) {
    EXPECT_THAT(mistake(R"({"regex": "(a)\\1"})"), HasSubstr("a reference to a group"));
    EXPECT_EQ(sound_value(R"({"regex": "\\\\1"})").parts.size(), 1U) << "an escaped backslash, then a digit";
}

TEST(Values, ReadFilesBesideTheScenario) {
    const auto folder = std::filesystem::path(testing::TempDir()) / format("parley_value_test.{}", getpid());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "data", std::ios::binary) << "a\r\n";
    std::vector<Diagnostic> diagnostics;
    const auto scenario =
        read_scenarios_text(
            R"({"about": "x", "server": {"role": "talk-server", "expect": {"stdout": {"file": "data"}}}})",
            (folder / "s.json").string(), "s", test_catalogue(), diagnostics)
            .at(0);
    std::filesystem::remove_all(folder);
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_EQ(*scenario.server->expect.out->literal(), "a\r\n");
    EXPECT_THAT(mistake(R"({"file": "no/such"})"), HasSubstr("10: cannot read \"no/such\": no such file"));
    EXPECT_EQ(mistake(R"({"file": "../x"})"), "10: 'file' is a path below the scenario's folder");
    EXPECT_EQ(mistake(R"({"file": "/dev/zero"})"), "10: 'file' is a path below the scenario's folder");
}

TEST(Values, ReportWhatIsNone) {
    EXPECT_EQ(mistake("7"), "1: a value is a string, an object or a list, not a number");
    EXPECT_EQ(mistake("[\"a\", null]"), "7: a value is a string, an object or a list, not null");
    EXPECT_EQ(mistake("{}"), "1: an object without keys is no value; the empty value is \"\"");
    EXPECT_EQ(mistake(R"({"event": "end"})"), "1: an event is no value: it stands alone in a turn");
    EXPECT_EQ(mistake(R"({"rexeg": "x"})"), "2: unknown key 'rexeg'; did you mean 'regex'?");
    EXPECT_EQ(mistake(R"({"hex": "00", "base64": ""})"), "15: unknown key 'base64'; there is 'hex'");
    EXPECT_EQ(mistake(R"({"hex": 12})"), "9: the value's text is a string, not a number");
    EXPECT_EQ(mistake(R"({"hex": "0"})"), "9: an odd number of hexadecimal digits");
    EXPECT_EQ(mistake(R"({"hex": "0x"})"), "9: \"x\" is no hexadecimal digit");
    EXPECT_EQ(mistake(R"({"base64": "a"})"), "12: the length of base64 text is a multiple of four");
    EXPECT_EQ(mistake(R"({"time": "ctim"})"), "10: unknown time 'ctim'; did you mean 'ctime'?");
    EXPECT_EQ(mistake(R"({"regex": "(a"})"),
              "11: no regular expression: a '(' or ')' without its counterpart, or an unknown '(?'");
    EXPECT_EQ(mistake(R"({"regex": ")" + std::string(10'001, 'a') + "\"}"),
              "11: no regular expression: it is longer than 10000 octets");
    EXPECT_EQ(mistake(R"({"repeat": "a"})"), "1: missing key 'times'");
    EXPECT_EQ(mistake(R"({"times": 2, "repaet": "a"})"), "14: unknown key 'repaet'; did you mean 'repeat'?");
    EXPECT_EQ(mistake(R"({"times": 2})"), "1: missing key 'repeat', which 'times' goes with");
    EXPECT_EQ(mistake(R"({"repeat": "a", "times": 0})"), "26: 'times' is a whole number from 1 to 16777216, not 0");
}

TEST(Values, AreBoundedHoweverTheyAreRepeated) {
    const auto much = R"({"repeat": "x", "times": 16000000})"s;
    EXPECT_EQ(literal(much).size(), 16'000'000U);
    EXPECT_EQ(mistake(R"({"repeat": {"repeat": "xxxx", "times": 16000}, "times": 16000})"),
              "12: the file's values hold more than 64 MiB");
    EXPECT_EQ(mistake("[" + much + "," + much + "," + much + "," + much + "," + much + "]"),
              "153: the file's values hold more than 64 MiB");
    EXPECT_EQ(mistake(R"({"repeat": {"regex": "x"}, "times": 1001})"), "12: repeated, this makes more than 1000 parts");
    EXPECT_EQ(
        mistake(R"({"repeat": {"time": "java-date", "zone": ")" + std::string(100'000, 'x') + R"("}, "times": 1000})"),
        "12: the file's values hold more than 64 MiB");
}

}  // namespace
}  // namespace parley
