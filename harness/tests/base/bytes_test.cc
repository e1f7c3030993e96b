#include "parley/base/bytes.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <iomanip>
#include <stdexcept>

namespace parley {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;
using namespace std::string_literals;

TEST(Quoted, KeepsPrintableText) {
    EXPECT_EQ(quoted("Oi, sou o cliente! é 日本"), "\"Oi, sou o cliente! é 日本\"");
}

TEST(Quoted, EscapesAsC) {
    EXPECT_EQ(quoted("a\"b\\c\n\r\t"), R"("a\"b\\c\n\r\t")");
    EXPECT_EQ(quoted("\x1b[31m\x7f"), R"("\x1b[31m\x7f")");
}

TEST(Quoted, DoesNotLetADigitJoinANul) {
    EXPECT_EQ(quoted("a\0b"s), R"("a\0b")");
    EXPECT_EQ(quoted("a\0"s), R"("a\0")");
    EXPECT_EQ(quoted("a\0"
                     "7"s),
              R"("a\x007")");
}

TEST(Quoted, ShowsEachOctetThatIsNotUtf8) {
    EXPECT_EQ(quoted("caf\xe9!"), R"("caf\xe9!")");
    EXPECT_EQ(quoted("\xc3"), R"("\xc3")");
}

TEST(Quoted, ShowsWhatTheEyeCannotTell) {
    EXPECT_EQ(quoted("a\u00a0b"), R"("a\xc2\xa0b")");      // no-break space
    EXPECT_EQ(quoted("a\u200bb"), R"("a\xe2\x80\x8bb")");  // zero-width space
    // NOLINTNEXTLINE(misc-misleading-bidirectional): that is the point
    EXPECT_EQ(quoted("a\u202eb"), R"("a\xe2\x80\xaeb")");  // right-to-left override
    EXPECT_EQ(quoted("\ufeffa"), R"("\xef\xbb\xbfa")");    // byte order mark
}

TEST(Quoted, IsNotMistakenForStdQuoted) {
    std::string changeable = "a";
    const std::string constant = "b";
    EXPECT_EQ(quoted(changeable) + quoted(constant) + quoted("c"s), R"("a""b""c")");
}

TEST(Hex, SeparatesPairs) {
    EXPECT_EQ(hex("He\n\xff"), "48 65 0a ff");
    EXPECT_EQ(hex(""), "");
}

TEST(Hex, ReadsWhatItWrites) {
    Bytes all;
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
    EXPECT_EQ(from_hex(hex(all)), all);
    EXPECT_EQ(from_hex("00FFff"), "\0\xff\xff"s);
}

TEST(Hex, NamesTheOffendingCharacter) {
    EXPECT_THAT([] { from_hex("0g"); }, ThrowsMessage<std::invalid_argument>(HasSubstr("\"g\"")));
    EXPECT_THAT([] { from_hex("000"); }, ThrowsMessage<std::invalid_argument>(HasSubstr("odd number")));
    EXPECT_THAT([] { from_hex("0 0"); }, ThrowsMessage<std::invalid_argument>(HasSubstr("\" \"")));
}

TEST(Base64, MatchesTheVectorsOfTheRfc) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [octets, text] : vectors) {
        EXPECT_EQ(to_base64(octets), text);
        EXPECT_EQ(from_base64(text), octets);
    }
}

TEST(Base64, ReadsWhatItWrites) {
    Bytes all;
    for (int octet = 255; octet >= 0; --octet) all += static_cast<char>(octet);
    EXPECT_EQ(from_base64(to_base64(all)), all);
}

TEST(Base64, RefusesWhatIsNoBase64) {
    EXPECT_THROW(from_base64("Zg"), std::invalid_argument);
    EXPECT_THROW(from_base64("Zg=a"), std::invalid_argument);
    EXPECT_THROW(from_base64("===="), std::invalid_argument);
    EXPECT_THROW(from_base64("Zm9\n"), std::invalid_argument);
    EXPECT_THROW(from_base64("Zh=="), std::invalid_argument) << "bits after the end";
}

TEST(Utf8, AcceptsTheBordersOfEachLength) {
    for (const char* text : {"\x01", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        EXPECT_TRUE(is_utf8(text)) << hex(text);
        EXPECT_EQ(utf8_sequence_length(text), std::string_view(text).size()) << hex(text);
    }
}

TEST(Utf8, RefusesWhatLiesBeyondTheBorders) {
    for (const char* text : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x9f\xbf", "\xed\xa0\x80",
                             "\xe2\x82", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
        EXPECT_FALSE(is_utf8(text)) << hex(text);
        EXPECT_EQ(utf8_sequence_length(text), 0U) << hex(text);
    }
    EXPECT_EQ(utf8_sequence_length(""), 0U);
}

TEST(Printable, KeepsLinesAndTabsAndShowsTheRest) {
    EXPECT_EQ(printable("é\ta\nb\\"), "é\ta\nb\\");
    EXPECT_EQ(printable("a\r\x1b[2J\0\xe9\u009b\u2028"s), R"(a\x0d\x1b[2J\x00\xe9\xc2\x9b\xe2\x80\xa8)");
}

}  // namespace
}  // namespace parley
