#include "parley/base/language.h"

#include <gtest/gtest.h>

#include <map>

#include "parley/base/excerpt.h"
#include "tests/base/in_portuguese.h"

namespace parley {
namespace {

Language with(const std::map<std::string, std::string>& environment) {
    return preferred_language([&](const char* name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::string() : found->second;
    });
}

TEST(PreferredLanguage, IsPortugueseInItsLocales) {
    for (const auto* locale : {"pt", "pt_BR", "pt_BR.UTF-8", "pt_BR.iso88591", "pt_BR@euro"})
        EXPECT_EQ(with({{"LANG", locale}}), Language::portuguese) << locale;
}

TEST(PreferredLanguage, IsEnglishElsewhere) {
    EXPECT_EQ(with({}), Language::english);
    for (const auto* locale : {"", "C", "POSIX", "C.UTF-8", "en_US.UTF-8", "de_DE.UTF-8", "pt_PT.UTF-8", "ptx"})
        EXPECT_EQ(with({{"LANG", locale}}), Language::english) << locale;
}

TEST(PreferredLanguage, IsThatOfTheVariableThatComesFirst) {
    EXPECT_EQ(with({{"LC_ALL", "pt_BR.UTF-8"}, {"LC_MESSAGES", "C"}, {"LANG", "en_US.UTF-8"}}), Language::portuguese);
    EXPECT_EQ(with({{"LC_MESSAGES", "pt_BR.UTF-8"}, {"LANG", "en_US.UTF-8"}}), Language::portuguese);
    EXPECT_EQ(with({{"LC_ALL", "de_DE.UTF-8"}, {"LANG", "pt_BR.UTF-8"}}), Language::english);
    EXPECT_EQ(with({{"LC_ALL", ""}, {"LANG", "pt_BR.UTF-8"}}), Language::portuguese);
}

TEST(PreferredLanguage, FollowsTheListOfLanguagesOutsideTheCLocale) {
    EXPECT_EQ(with({{"LANG", "en_US.UTF-8"}, {"LANGUAGE", "pt_BR:en"}}), Language::portuguese);
    EXPECT_EQ(with({{"LANG", "pt_BR.UTF-8"}, {"LANGUAGE", "de:en_GB:pt"}}), Language::english);
    EXPECT_EQ(with({{"LANG", "pt_BR.UTF-8"}, {"LANGUAGE", "de:fr"}}), Language::english);
    EXPECT_EQ(with({{"LANG", "C"}, {"LANGUAGE", "pt_BR"}}), Language::english);
    EXPECT_EQ(with({{"LANGUAGE", "pt_BR"}}), Language::english);
}

TEST(Texts, StandAsInTheSource) {
    EXPECT_STREQ(tr("the server"), "the server");
    EXPECT_EQ(told("{}'s turn {}", "the server", 2), "the server's turn 2");
    EXPECT_EQ(octets(1), "1 octet");
    EXPECT_EQ(with_decimal_mark("1.5"), "1.5");
}

TEST(Texts, StayEnglishWithoutACatalogue) {
    EXPECT_FALSE(set_language(Language::portuguese, "/nonexistent"));
    EXPECT_STREQ(tr("the server"), "the server");
    EXPECT_EQ(octets(1003), "1,003 octets");
}

TEST(Texts, FallBackOnTheSourceWhereATranslationDoesNotFit) {
    const int count = 3;
    EXPECT_EQ(format_or<const int>("{} of them", "{1} delas", count), "3 of them");
    EXPECT_EQ(format_or<const int>("{} of them", "{", count), "3 of them");
    EXPECT_EQ(format_or<const int>("{} of them", "{0} delas, {0}", count), "3 delas, 3");
}

using InBrazil = PortugueseTest;

TEST_F(InBrazil, TextsAreTranslated) {
    EXPECT_STREQ(tr("the server"), "o servidor");
    EXPECT_STREQ(tr(""), "");
    EXPECT_STREQ(tr("no such text"), "no such text");
}

TEST_F(InBrazil, WordsHaveAnotherOrderAndDrawInPrepositions) {
    EXPECT_EQ(told("{}'s turn {}", "o servidor", 2), "o turno 2 do servidor");
    EXPECT_EQ(told("{} sent its turn {} without waiting for {}", "o cliente 2", 3, "o turno 2 do servidor"),
              "o cliente 2 enviou seu turno 3 sem esperar pelo turno 2 do servidor");
}

TEST_F(InBrazil, NumbersAgree) {
    EXPECT_EQ(octets(0), "0 bytes");
    EXPECT_EQ(octets(1), "1 byte");
    EXPECT_EQ(octets(2), "2 bytes");
    EXPECT_EQ(octets(1003), "1.003 bytes");
    EXPECT_EQ(with_decimal_mark("1.5 s"), "1,5 s");
    EXPECT_EQ(excerpt("abcd", 3), "\"abc\" e mais 1 byte");
}

TEST_F(InBrazil, ErrorsOfTheSystemAreTranslated) {
    EXPECT_STREQ(error_text(ENOENT), "arquivo ou diretório inexistente");
}

TEST_F(InBrazil, EnglishComesBack) {
    set_language(Language::english, {});
    EXPECT_EQ(octets(1003), "1,003 octets");
}

}  // namespace
}  // namespace parley
