#include "parley/scenario/match.h"

#include <gtest/gtest.h>

namespace parley {

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest looks for this name.
void PrintTo(const Match& found, std::ostream* out) {
    *out << (found.matches      ? "matches"
             : found.incomplete ? "incomplete"
             : found.surplus    ? "surplus"
                                : "differs")
         << " at " << found.offset;
}

bool operator==(const Match& a, const Match& b) {
    return a.matches == b.matches && a.incomplete == b.incomplete && a.surplus == b.surplus &&
           (a.matches || a.offset == b.offset);
}

namespace {

const Match matches{.matches = true};
Match differs_at(std::size_t offset) {
    return {.offset = offset};
}
Match incomplete_at(std::size_t offset) {
    return {.offset = offset, .incomplete = true};
}
Match surplus_at(std::size_t offset) {
    return {.offset = offset, .surplus = true};
}

/// 2026-11-22 09:41:07 UTC, for three seconds.
constexpr Clock morning{1795340467, 1795340469, 0};

Match against(std::vector<ValuePart> parts, std::string_view actual, const Clock& clock = morning) {
    return match({std::move(parts), {}}, actual, clock);
}

TEST(LiteralMatch, NeedsEveryOctet) {
    const Literal expected{"Hello"};
    EXPECT_EQ(against({expected}, "Hello"), matches);
    EXPECT_EQ(against({expected}, "Hallo"), differs_at(1));
    EXPECT_EQ(against({expected}, "Hal"), differs_at(1));
    EXPECT_EQ(against({expected}, "Hel"), incomplete_at(3));
    EXPECT_EQ(against({expected}, ""), incomplete_at(0));
    EXPECT_EQ(against({expected}, std::string_view("Hello\0", 6)), surplus_at(5));
}

TEST(LiteralMatch, OfNothingTakesNothing) {
    EXPECT_EQ(against({}, ""), matches);
    EXPECT_EQ(against({}, "x"), surplus_at(0));
}

TEST(PatternMatch, FindsTheFirstOctetThatDoesNotFit) {
    const Pattern digits{"[0-9]{2,4}"};
    EXPECT_EQ(against({digits}, "123"), matches);
    EXPECT_EQ(against({digits}, "1x"), differs_at(1));
    EXPECT_EQ(against({digits}, "1"), incomplete_at(1));
    EXPECT_EQ(against({digits}, "12345"), surplus_at(4));
}

TEST(PatternMatch, TakesLiteralsLiterallyAndAlternativesTogether) {
    const std::vector<ValuePart> parts{Literal{"a.(b"}, Pattern{"x|yy"}, Literal{"\n*"}};
    EXPECT_EQ(against(parts, "a.(byy\n*"), matches);
    EXPECT_EQ(against(parts, "a.(bx\n*"), matches);
    EXPECT_EQ(against(parts, "aX(bx\n*"), differs_at(1));
    EXPECT_EQ(against(parts, "a.(bxx\n*"), differs_at(5));
    EXPECT_EQ(against(parts, "a.(byy\n"), incomplete_at(7));
}

TEST(TimeMatch, TakesEverySecondOfTheCell) {
    const TimeText ctime{TimeText::Format::ctime, "UTC"};
    EXPECT_EQ(against({ctime}, "Sun Nov 22 09:41:07 2026"), matches);
    EXPECT_EQ(against({ctime}, "Sun Nov 22 09:41:09 2026"), matches);
    EXPECT_EQ(against({ctime}, "Sun Nov 22 09:41:06 2026"), differs_at(18));
    EXPECT_EQ(against({ctime}, "Sun Nov 22 09:41:10 2026"), differs_at(17));
    EXPECT_EQ(against({ctime}, "Sun Nov 22 09:41:07 2026\n"), surplus_at(24));
}

TEST(TimeMatch, TakesTheZoneOfThePrograms) {
    const TimeText date{TimeText::Format::java_date, "BRT"};
    const Clock in_brazil{morning.began, morning.ended, -3 * 3600};
    const std::vector<ValuePart> parts{Literal{"Agora é:"}, date, Literal{"\n"}};
    EXPECT_EQ(against(parts, "Agora é:Sun Nov 22 06:41:08 BRT 2026\n", in_brazil), matches);
    EXPECT_EQ(against(parts, "Agora é:Sun Nov 22 09:41:08 BRT 2026\n", in_brazil), differs_at(21));
    EXPECT_EQ(against(parts, "Agora ?:Sun Nov 22 06:41:08 BRT 2026\n", in_brazil), differs_at(6));
}

TEST(AnyMatch, TakesSoManyOctetsWhateverTheyAre) {
    const std::vector<ValuePart> parts{Literal{"<"}, AnyOctets{3}, Literal{">"}};
    EXPECT_EQ(against(parts, std::string_view("<\0\n\xff>", 5)), matches);
    EXPECT_EQ(against(parts, "<>>>>"), matches);
    EXPECT_EQ(against(parts, "<abcd"), differs_at(4));
    EXPECT_EQ(against(parts, "<ab"), incomplete_at(3));
    EXPECT_EQ(against({AnyOctets{2}}, "abc"), surplus_at(2));
}

TEST(PortMatch, TakesAnyPortWhereNoneIsKnown) {
    const std::vector<ValuePart> parts{Literal{":"}, ClientPort{}, Literal{"\n"}};
    EXPECT_EQ(against(parts, ":1\n"), matches);
    EXPECT_EQ(against(parts, ":65535\n"), matches);
    EXPECT_EQ(against(parts, ":655350\n"), differs_at(6));
    EXPECT_EQ(against(parts, ":\n"), differs_at(1));
    EXPECT_EQ(against(parts, ":40"), incomplete_at(3));
}

TEST(Captures, KeepWhatTheirPartsMatch) {
    const std::vector<ValuePart> parts{Literal{"id="}, CaptureBegin{"id"},   Pattern{"[0-9]+"}, Literal{"!"},
                                       CaptureEnd{},   CaptureBegin{"rest"}, AnyOctets{2},      CaptureEnd{}};
    const auto found = against(parts, "id=42!(\n");
    EXPECT_EQ(found, matches);
    EXPECT_EQ(found.captured, (Captures{{"id", "42!"}, {"rest", "(\n"}}));
    EXPECT_TRUE(against(parts, "id=x").captured.empty());
}

TEST(Captures, MayLieInEachOther) {
    const auto found = against(
        {CaptureBegin{"all"}, Literal{"a"}, CaptureBegin{"b"}, Pattern{"b+"}, CaptureEnd{}, CaptureEnd{}}, "abb");
    EXPECT_EQ(found.captured, (Captures{{"all", "abb"}, {"b", "bb"}}));
}

TEST(Captures, AreRecalledInTheSameValue) {
    const std::vector<ValuePart> parts{CaptureBegin{"a-1"}, Pattern{"[a-z]+"}, CaptureEnd{},
                                       Literal{" "},        Recall{"a-1"},     Literal{"1"}};
    EXPECT_EQ(against(parts, "ab ab1"), matches);
    EXPECT_EQ(against(parts, "ab ac1"), differs_at(4));
}

TEST(Captures, OfGroupsInExpressionsCountForNothing) {
    const std::vector<ValuePart> parts{Pattern{"(x)(y)"}, CaptureBegin{"z"}, Pattern{"(z)z"}, CaptureEnd{}};
    EXPECT_EQ(against(parts, "xyzz").captured, (Captures{{"z", "zz"}}));
}

TEST(Recall, OfWhatIsNotKnownMatchesAnything) {
    EXPECT_EQ(against({Literal{"a"}, Recall{"lost"}, Literal{"b"}}, "a\n?b"), matches);
}

TEST(Length, IsKnownWhereNoPatternIsInvolved) {
    EXPECT_EQ(length_of({{Literal{"ab"}}, {}}), 2u);
    EXPECT_EQ(length_of({{Literal{"ab"}, TimeText{}}, {}}), 26u);
    EXPECT_EQ(length_of({{TimeText{TimeText::Format::java_date, "GMT-03:00"}}, {}}), 34u);
    EXPECT_EQ(length_of({{CaptureBegin{"x"}, Literal{"ab"}, AnyOctets{4}, CaptureEnd{}}, {}}), 6u);
    EXPECT_EQ(length_of({{Literal{"ab"}, Pattern{"c"}}, {}}), std::nullopt);
    EXPECT_EQ(length_of({{Literal{"ab"}, Recall{"c"}}, {}}), std::nullopt);
    EXPECT_EQ(length_of({{Literal{"ab"}, ClientPort{}}, {}}), std::nullopt);
}

}  // namespace
}  // namespace parley
