#include "parley/scenario/pattern.h"

#include <gmock/gmock.h>

#include <stdexcept>

#include "parley/base/bytes.h"
#include "parley/scenario/value.h"

namespace parley {
namespace {

using namespace std::string_literals;

TEST(Patterns, MatchTheWhole) {
    const CompiledPattern pattern("[0-9]+");
    EXPECT_TRUE(pattern.matches_all("5050"));
    EXPECT_FALSE(pattern.matches_all("5050 "));
    EXPECT_FALSE(pattern.matches_all(""));
}

TEST(Patterns, LetADotMatchEveryOctet) {
    Bytes all;
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
    EXPECT_TRUE(CompiledPattern(".{256}").matches_all(all));
}

TEST(Patterns, WorkOnOctetsBeyondAscii) {
    EXPECT_TRUE(CompiledPattern("[\\x80-\\xff]+").matches_all("\x80\xff\xc3"));
    EXPECT_FALSE(CompiledPattern("[\\x80-\\xff]+").matches_all("a"));
    EXPECT_TRUE(CompiledPattern("caf\u00e9?").matches_all("caf\u00e9"));
}

TEST(Patterns, AnchorAtTheEndsOfTheWholeOnly) {
    EXPECT_TRUE(CompiledPattern("^a\nb$").matches_all("a\nb"));
    EXPECT_FALSE(CompiledPattern("a\n^b").matches_all("a\nb"));
    EXPECT_FALSE(CompiledPattern("a$\nb").matches_all("a\nb"));
}

TEST(Patterns, FindHowFarAMatchWasStillPossible) {
    const CompiledPattern pattern("abc[0-9]+x");
    EXPECT_EQ(pattern.longest_prefix(""), 0U);
    EXPECT_EQ(pattern.longest_prefix("zbc"), 0U);
    EXPECT_EQ(pattern.longest_prefix("abd"), 2U);
    EXPECT_EQ(pattern.longest_prefix("abc12"), 5U);
    EXPECT_EQ(pattern.longest_prefix("abc12y"), 5U);
    EXPECT_EQ(pattern.longest_prefix("abc12x"), 6U);
    EXPECT_EQ(pattern.longest_prefix("abc12xx"), 6U);
}

TEST(Patterns, GiveUpWhereTheSearchExplodes) {
    EXPECT_FALSE(CompiledPattern("(x+x+)+y").matches_all(std::string(100, 'x')));
    EXPECT_LE(CompiledPattern("(x+x+)+y").longest_prefix(std::string(100, 'x')), 100U);
}

TEST(Patterns, SayInPlainWordsWhatIsWrong) {
    EXPECT_EQ(pattern_error("[a-z]+(b|c)*"), "");
    EXPECT_EQ(pattern_error("(a"), "a '(' or ')' without its counterpart, or an unknown '(?'");
    EXPECT_EQ(pattern_error("[a"), "a '[' without its ']'");
    EXPECT_EQ(pattern_error("*a"), "'*', '+', '?' or '{' with nothing to repeat before it");
    EXPECT_EQ(pattern_error("a\\"), "a broken escape, or a '\\' at the end");
    EXPECT_EQ(pattern_error("[[:nope:]]"), "a broken '[]': an unknown class, or a range from high to low");
    EXPECT_EQ(pattern_error("a{3,2}"), "a broken '{}': a repeat count or a character's code");
    EXPECT_EQ(pattern_error("\\1"), "a reference to a group that is not there");
    EXPECT_THROW(CompiledPattern("("), std::invalid_argument);
}

TEST(QuotedPatterns, MatchTheirLiteralAlone) {
    Bytes all;
    // A digit after each octet: no escape may swallow it.
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet) + "0"s;
    const CompiledPattern pattern(quote_pattern(all));
    EXPECT_TRUE(pattern.matches_all(all));
    for (std::size_t i = 0; i < all.size(); i += 2) {
        auto changed = all;
        changed[i] = static_cast<char>(changed[i] + 1);
        EXPECT_FALSE(pattern.matches_all(changed)) << i;
    }
    EXPECT_FALSE(CompiledPattern(quote_pattern("a.c")).matches_all("abc"));
}

}  // namespace
}  // namespace parley
