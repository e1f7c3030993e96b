#include "parley/report/comparison.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using Code = Finding::Code;
using testing::HasSubstr;
using testing::StartsWith;

std::string compared(std::string expected, std::string actual, std::size_t offset) {
    Finding finding;
    finding.expected = "a text";
    finding.expected_bytes = std::move(expected);
    finding.actual_bytes = std::move(actual);
    finding.offset = offset;
    return comparison(finding, false);
}

TEST(Comparison, PutsTheCaretUnderTheDifference) {
    EXPECT_EQ(compared("Hello", "Hallo", 1),
              "  expected 5: \"Hello\"\n"
              "  actual   5: \"Hallo\"\n"
              "                ^ 61 where 65 was expected\n"
              "  hex from offset 0\n"
              "    expected  48 65 6c 6c 6f\n"
              "    actual    48 61 6c 6c 6f\n"
              "                 ^^\n");
}

TEST(Comparison, GivesAnEscapeAsManyCaretsAsItHasColumns) {
    EXPECT_THAT(compared("ab", "a\x1b", 1), HasSubstr("\"a\\x1b\"\n"
                                                      "                ^^^^ 1b"));
}

TEST(Comparison, CountsACharacterAsOneColumn) {
    EXPECT_THAT(compared("é: não", "é: nãO", 7), HasSubstr("\"é: nãO\"\n"
                                                           "                    ^ 4f"));
}

TEST(Comparison, PointsAtTheWholeCharacterThatHoldsTheOctet) {
    // é is c3 a9, è is c3 a8: they differ in their second octet.
    EXPECT_THAT(compared("aé", "aè", 2), HasSubstr("\"aè\"\n"
                                                   "                ^ a8 where a9 was expected"));
}

TEST(Comparison, KnowsThatAnEscapeDependsOnItsNeighbour) {
    // A NUL before a digit is \x00, elsewhere \0.
    const std::string nul(1, '\0');
    EXPECT_THAT(compared(nul + "1", nul + "2", 1), HasSubstr("\"\\x002\"\n"
                                                             "                   ^ 32"));
}

TEST(Comparison, PointsAtTheEndOfWhatIsTooShort) {
    EXPECT_THAT(compared("Hello\n", "Hello", 5), HasSubstr("\"Hello\"\n"
                                                           "                    ^ 1 octet missing: 0a"));
}

TEST(Comparison, ShowsNoCaretUnderNothing) {
    EXPECT_EQ(compared("Hello", "", 0), "  expected 5: \"Hello\"\n  actual   0: \"\"\n");
}

TEST(Comparison, CountsWhatItLeavesOutOutsideOfTheQuotes) {
    std::string expected(2000, 'a');
    auto actual = expected;
    actual[1003] = '\n';
    EXPECT_THAT(
        compared(expected, actual, 1003),
        HasSubstr(
            "  actual   2,000: … 979 octets … \"aaaaaaaaaaaaaaaaaaaaaaaa\\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" "
            "… 957 octets …\n"
            "                                                          ^^ 0a where 61 was expected\n"
            "  hex from offset 995\n"));
}

TEST(Comparison, ShowsDotsOfTheDataInsideTheQuotes) {
    EXPECT_THAT(compared("… 5 octets …", "… 6 octets …", 4), StartsWith("  expected 16: \"… 5 octets …\"\n"));
}

TEST(Comparison, ShowsAtMostEightOctetsBeforeAndSixteenAfter) {
    const std::string actual = "0123456789abcdefghijklmnopqrstuvwxyz";
    auto expected = actual;
    expected[10] = '!';
    EXPECT_THAT(compared(expected, actual, 10),
                HasSubstr("  hex from offset 2\n"
                          "    expected  32 33 34 35 36 37 38 39 21 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70\n"
                          "    actual    32 33 34 35 36 37 38 39 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70\n"
                          "                                      ^^\n"));
}

TEST(Comparison, DescribesWhatIsNoExactText) {
    Finding finding;
    finding.expected = "/[0-9]+/";
    finding.actual_bytes = "12x";
    finding.offset = 2;
    EXPECT_THAT(comparison(finding, false), StartsWith("  expected:   /[0-9]+/\n"
                                                       "  actual   3: \"12x\"\n"
                                                       "                 ^ does not fit\n"));
}

TEST(Comparison, IsEmptyWhereNothingIsCompared) {
    EXPECT_EQ(comparison(Finding{}, false), "");
}

TEST(Comparison, ColoursOnlyTheCarets) {
    Finding finding;
    finding.expected_bytes = "a";
    finding.actual_bytes = "b";
    EXPECT_THAT(comparison(finding, true), HasSubstr("\x1b[31m^ 62 where 61 was expected\x1b[0m\n"));
}

}  // namespace
}  // namespace parley
