#include "parley/process/shell_words.h"

#include <gmock/gmock.h>

#include "parley/base/error.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;

TEST(SplitWords, SplitsAtWhiteSpace) {
    EXPECT_THAT(split_words(" ./server \t -p {port}\n"), ElementsAre("./server", "-p", "{port}"));
    EXPECT_THAT(split_words("  "), IsEmpty());
}

TEST(SplitWords, KeepsTogetherWhatIsQuoted) {
    EXPECT_THAT(split_words(R"('a b' "c d"e\ f '')"), ElementsAre("a b", "c de f", ""));
    EXPECT_THAT(split_words(R"('$x \n "' "it's \"\$5\" \n")"), ElementsAre(R"($x \n ")", R"(it's "$5" \n)"));
}

TEST(SplitWords, ReadsBackWhatShellLineWrites) {
    const std::vector<std::string> words{"plain", "",   "a b", "it's", "$HOME", "`x`",
                                         "\"",    "\\", "*",   "a;b",  "a\nb",  "é"};
    EXPECT_EQ(split_words(shell_line(words)), words);
}

TEST(SplitWords, RefusesAQuoteThatIsNotClosed) {
    EXPECT_THAT([] { split_words("a 'b"); }, ThrowsMessage<UsageError>(HasSubstr("\"'\" is not closed")));
}

TEST(SplitWords, RefusesWhatOnlyAShellDoes) {
    for (const char* line : {"a | b", "a >b", "a;b", "a & b", "echo $HOME", "\"$HOME\"", "`a`", "(a)"})
        EXPECT_THAT([=] { split_words(line); }, ThrowsMessage<UsageError>(HasSubstr("is for a shell"))) << line;
    EXPECT_THAT(split_words(R"('a | b' \$HOME)"), ElementsAre("a | b", "$HOME"));
}

}  // namespace
}  // namespace parley
