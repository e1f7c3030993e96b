#include "python_text.h"

#include <gmock/gmock.h>

#include <climits>

namespace parley::python {
namespace {

using testing::ElementsAre;

std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Exception& error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST(Repr, ShowsPrintableOctetsAsTheyAre) {
    EXPECT_EQ(repr("Hello world!"), "b'Hello world!'");
    EXPECT_EQ(repr(""), "b''");
    EXPECT_EQ(repr(" ~"), "b' ~'");
}

TEST(Repr, EscapesControlsBackslashAndWhatIsNoAscii) {
    EXPECT_EQ(repr("\t\n\r\\"), R"(b'\t\n\r\\')");
    EXPECT_EQ(repr({"\0\x1f\x7f\x80\xff", 5}), R"(b'\x00\x1f\x7f\x80\xff')");
    EXPECT_EQ(repr("é"), R"(b'\xc3\xa9')");
}

TEST(Repr, ChoosesTheQuoteThatNeedsNoEscape) {
    EXPECT_EQ(repr("it's"), R"(b"it's")");
    EXPECT_EQ(repr(R"(say "a")"), R"(b'say "a"')");
}

TEST(Repr, EscapesTheSingleQuoteWhereBothOccur) {
    EXPECT_EQ(repr(R"('")"), R"(b'\'"')");
}

TEST(Characters, AreCodePointsNotOctets) {
    EXPECT_THAT(characters("aé😀"), ElementsAre("a", "é", "😀"));
}

TEST(Characters, TakeEachOctetThatIsNoUtf8ByItself) {
    EXPECT_THAT(characters("\xe2\x82x"), ElementsAre("\xe2", "\x82", "x"));
    EXPECT_THAT(characters(""), ElementsAre());
}

TEST(Encode, KeepsCharactersAndRefusesOctetsThatWereNoUtf8) {
    EXPECT_EQ(encode("é"), "é");
    EXPECT_EQ(
        message_of([] { encode("\xff"); }),
        "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 0: surrogates not allowed");
}

TEST(Decode, KeepsWellFormedUtf8) {
    EXPECT_EQ(decode("Agora é:😀"), "Agora é:😀");
}

TEST(Decode, TellsWhatIsWrongWhere) {
    const std::string start = "UnicodeDecodeError: 'utf-8' codec can't decode ";
    EXPECT_EQ(message_of([] { decode("ab\xff"); }), start + "byte 0xff in position 2: invalid start byte");
    EXPECT_EQ(message_of([] { decode("a\xc3("); }), start + "byte 0xc3 in position 1: invalid continuation byte");
    EXPECT_EQ(message_of([] { decode("\xe2\x82("); }), start + "bytes in position 0-1: invalid continuation byte");
    EXPECT_EQ(message_of([] { decode("\xc3"); }), start + "byte 0xc3 in position 0: unexpected end of data");
    EXPECT_EQ(message_of([] { decode("é\xf0\x9f\x98"); }), start + "bytes in position 2-4: unexpected end of data");
}

TEST(ParseInt, ReadsWhatIntReads) {
    EXPECT_EQ(parse_int("8888"), 8888);
    EXPECT_EQ(parse_int(" \t+10\n"), 10);
    EXPECT_EQ(parse_int("-1"), -1);
    EXPECT_EQ(parse_int("1_000"), 1000);
    EXPECT_EQ(parse_int("99999999999999999999999"), LONG_MAX);
}

TEST(ParseInt, ShowsTheTextThatIsNoNumber) {
    const std::string start = "ValueError: invalid literal for int() with base 10: ";
    EXPECT_EQ(message_of([] { parse_int("x"); }), start + "'x'");
    EXPECT_EQ(message_of([] { parse_int(""); }), start + "''");
    EXPECT_EQ(message_of([] { parse_int("_10"); }), start + "'_10'");
    EXPECT_EQ(message_of([] { parse_int("1__0"); }), start + "'1__0'");
    EXPECT_EQ(message_of([] { parse_int("a'b"); }), start + R"("a'b")");
    EXPECT_EQ(message_of([] { parse_int("a'\"\té"); }), start + R"('a\'"\té')");
    EXPECT_EQ(message_of([] { parse_int("\xff\x01"); }), start + R"('\udcff\x01')");
}

}  // namespace
}  // namespace parley::python
