#include "parley/report/text_lines.h"

#include <gmock/gmock.h>

#include "parley/report/terminal.h"

namespace parley {
namespace {

using testing::ElementsAre;

TEST(Wrapped, IsOneLineWhereItFits) {
    EXPECT_THAT(wrapped("", 5), ElementsAre(""));
    EXPECT_THAT(wrapped("ab cd", 5), ElementsAre("ab cd"));
    EXPECT_THAT(wrapped(R"("a\nb")", 6), ElementsAre(R"("a\nb")"));
}

TEST(Wrapped, BreaksAfterASpace) {
    EXPECT_THAT(wrapped("one two three", 8), ElementsAre("one two ", "three"));
    EXPECT_THAT(wrapped("a bcdefghij", 8), ElementsAre("a bcdefg", "hij")) << "not so early that a line is half empty";
}

TEST(Wrapped, BreaksAfterANewlineThatIsSpelledOut) {
    EXPECT_THAT(wrapped(R"("GET / HTTP/1.0\r\nHost: x\r\n\r\n")", 20),
                ElementsAre(R"("GET / HTTP/1.0\r\n)", R"(Host: x\r\n)", R"(\r\n")"));
    EXPECT_THAT(wrapped(R"(/[^\n]+/ + "0123456789")", 15), ElementsAre(R"(/[^\n]+/ + )", R"("0123456789")"))
        << "within quotes only";
    EXPECT_THAT(wrapped(R"("a" + /[^\n]+\n/ + "b")", 16), ElementsAre(R"("a" + /[^\n]+\n/)", R"( + "b")"));
}

TEST(Wrapped, KeepsEscapeSequencesAndCharactersWhole) {
    EXPECT_THAT(wrapped(R"(abc\x1bdef)", 5), ElementsAre("abc", R"(\x1bd)", "ef"));
    EXPECT_THAT(wrapped(R"(abcd\"e)", 5), ElementsAre("abcd", R"(\"e)"));
    EXPECT_THAT(wrapped("日本語日", 5), ElementsAre("日本", "語日"));
}

TEST(Described, LeavesOutWhatDoesNotFitAndSaysSo) {
    std::string text;
    while (text.size() < 1000) text += "ab";
    const Value value{{Literal{text}}, {}};
    const auto lines = described(value, 30, 2);
    ASSERT_LE(lines.size(), 2U);
    for (const auto& line : lines) EXPECT_LE(columns_of(line), 30U);
    EXPECT_TRUE(lines.back().ends_with("octets more")) << lines.back();
}

TEST(Described, CutsWhatHasTooManyParts) {
    Value value;
    for (int i = 0; i < 20; ++i) {
        value.append(Literal{"abc"});
        value.append(Pattern{"[0-9]+"});
    }
    const auto lines = described(value, 30, 2);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_LE(columns_of(lines[1]), 30U);
    EXPECT_TRUE(lines[1].ends_with(" …")) << lines[1];
}

}  // namespace
}  // namespace parley
