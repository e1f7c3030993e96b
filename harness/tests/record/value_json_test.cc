#include "parley/record/value_json.h"

#include <gtest/gtest.h>

#include "tests/judge/made.h"
#include "tests/scenario/reading.h"

namespace parley {
namespace {

using made::text;

std::string written(const Value& value, std::size_t copies = 1) {
    return to_json(value, copies).dump();
}

/// The value that a scenario file with this text holds.
Value read_back(const std::string& json) {
    const auto reading =
        read_text(R"({"about": "x", "server": {"role": "talk-server", "expect": {"stdout": )" + json + "}}}");
    EXPECT_TRUE(reading.mistakes.empty()) << json << ": " << testing::PrintToString(reading.mistakes);
    return reading.scenario.server->expect.out.value_or(Value());
}

TEST(ValueJson, IsAStringOfUtf8) {
    EXPECT_EQ(written({}), R"("")");
    EXPECT_EQ(written(text("Olá\n\"\\ 日")), R"("Olá\n\"\\ 日")");
    EXPECT_EQ(written(text(std::string("\0\x7f", 2))), "\"\\u0000\x7f\"");
}

TEST(ValueJson, IsHexOfFewOtherOctets) {
    EXPECT_EQ(written(text("\xe9\xff\x80")), R"({"hex":"e9 ff 80"})");
    EXPECT_EQ(written(text("\xff"
                           "abc\xff")),
              R"({"hex":"ff 61 62 63 ff"})")
        << "short text between them is none";
}

TEST(ValueJson, IsBase64OfMany) {
    Bytes bytes;
    for (int i = 0; i < 33; ++i) bytes += static_cast<char>(0x80 + i);
    EXPECT_EQ(written(text(bytes)), "{\"base64\":\"" + to_base64(bytes) + "\"}");
}

TEST(ValueJson, TellsTextFromOtherOctets) {
    EXPECT_EQ(written(text("HTTP/1.0 200 OK\r\n\r\n\x89\xff")), R"(["HTTP/1.0 200 OK\r\n\r\n",{"hex":"89 ff"}])");
    EXPECT_EQ(written(text("\x89\xff after")), R"([{"hex":"89 ff"}," after"])");
}

TEST(ValueJson, TellsLongRunsOnce) {
    EXPECT_EQ(written(text(std::string(23, 'a'))), "\"" + std::string(23, 'a') + "\"");
    EXPECT_EQ(written(text(std::string(24, 'a'))), R"({"repeat":"a","times":24})");
    EXPECT_EQ(written(text("x" + std::string(253, 'a') + "\n")), R"(["x",{"repeat":"a","times":253},"\n"])");
    EXPECT_EQ(written(text(std::string(40, '\xff'))), R"({"repeat":{"hex":"ff"},"times":40})");
    Bytes accents;
    for (int i = 0; i < 126; ++i) accents += "é";
    EXPECT_EQ(written(text(accents)), R"({"repeat":"é","times":126})");
}

TEST(ValueJson, SpellsEveryKindOfPart) {
    const auto* value =
        R"(["a",{"regex":"[0-9]+"},{"time":"ctime"},{"time":"java-date"},{"time":"java-date","zone":"BRT"},{"any":3},)"
        R"({"port":"client"},{"capture":"id","as":["b",{"regex":"c"}]},{"captured":"id"}])";
    EXPECT_EQ(written(read_back(value)), value);
}

TEST(ValueJson, TellsCopiesOnce) {
    const auto lines = [](int count) {
        Value value;
        for (int i = 0; i < count; ++i) {
            value.append(Literal{"a client from port "});
            value.append(Pattern{"[0-9]+"});
            value.append(Literal{"\n"});
        }
        return value;
    };
    const auto* three = R"({"repeat":["a client from port ",{"regex":"[0-9]+"},"\n"],"times":3})";
    EXPECT_EQ(written(lines(3), 3), three);
    Value after_words = text("ready\n");
    for (const auto& part : lines(3).parts) after_words.append(part);
    EXPECT_EQ(written(after_words, 3), R"(["ready\n",)" + std::string(three) + "]");
    EXPECT_EQ(written(text("abab"), 2), R"("abab")") << "short as it is";
}

TEST(ValueJson, IsReadBackAsItWas) {
    Bytes bytes;
    unsigned state = 1;
    for (int round = 0; round < 200; ++round) {
        state = state * 1103515245 + 12345;
        const auto kind = state >> 16 & 7U;
        const auto length = state >> 20 & 63U;
        if (kind == 0) bytes.clear();
        for (unsigned i = 0; i < length; ++i) {
            state = state * 1103515245 + 12345;
            bytes += kind < 3   ? static_cast<char>(state >> 16)
                     : kind < 5 ? static_cast<char>('a' + (state >> 16) % 3)
                                : 'x';
        }
        ASSERT_EQ(*read_back(written(text(bytes))).literal(), bytes);
        ASSERT_EQ(*read_back(written(text(bytes), 2)).literal(), bytes);
    }
}

}  // namespace
}  // namespace parley
