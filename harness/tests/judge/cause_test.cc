// The mistakes that findings are explained by, each with the evidence that points to it, and what looks like it.
#include "parley/judge/cause.h"

#include <gmock/gmock.h>
#include <signal.h>

#include "parley/judge/octet_causes.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using namespace made;
using namespace std::string_literals;

std::string cause_of(const Scenario& wanted, const Observation& seen) {
    const auto verdict = judge(wanted, seen);
    if (verdict.findings.empty()) return "no finding";
    const auto cause = likely_cause(wanted, seen, verdict.findings.front());
    return cause ? cause->code : "none";
}

/// The cause where the server says `actual` in place of `expected`.
std::string instead_of(const Bytes& expected, const Bytes& actual) {
    return cause_of(scenario({turn(Who::client, "?"), turn(Who::server, expected)}),
                    observation({says(Side::client, "?"), says(Side::server, actual), ends(Side::server)}));
}

struct Case {
    const char* cause;
    Bytes expected, actual;
};

Bytes escaped_nuls(int count) {
    Bytes out;
    for (int i = 0; i < count; ++i) out += "\\x00";
    return out;
}

void expect_causes(const std::vector<Case>& cases) {
    for (const auto& [cause, expected, actual] : cases) {
        EXPECT_EQ(instead_of(expected, actual), cause) << quoted(expected) << " " << quoted(actual);
    }
}

TEST(Causes, AreReadFromWhatIsSentBesideTheText) {
    expect_causes({
        {"terminator-sent", "Ok", "Ok\0"s},
        {"terminator-sent", "Ok\n", "Ok\n\0"s},
        {"terminator-sent", "Thu Jan  1 00:00:00 2026", "Thu Jan  1 00:00:00 2026\n\0"s},
        {"whole-buffer", "Ok", "Ok"s + Bytes(254, '\0')},
        {"whole-buffer", "Ok", "Ok\0"s + Bytes(1021, 'x')},
        {"whole-buffer", "Ok", "Ok"s + Bytes(298, '\0')},
        {"zero-octets", "Ok then", "Ok \0\0\0then\0"s},
        {"size-of-a-pointer", "Sou o Servidor.", "Sou o Se"},
        {"size-of-a-pointer", "Ok", "Ok"s + Bytes(6, '\0')},
        {"length-prefix", "Ok", "\0\2Ok"s},
        {"length-prefix", "Ok", "\2\0\0\0Ok"s},
        {"length-prefix", "Ok", "\2\0\0\0"s},
        {"length-prefix", "Oi, sou eu!", "\13Oi, sou eu!"},
        {"length-prefix", "Oi, sou eu!", "\13Oi, sou eu"},
        {"length-prefix", "Ok", "\1\0\0\0\2\0\0\0Ok"s},
        {"length-prefix", "Oi, sou eu!", "\1\0\0\0\13\0\0\0Oi,"s},
        {"java-object", "Ok", "\xac\xed\0\5t\0\2Ok"s},
        {"object-named", "Echo ==>b'Hi'", "Echo ==>[B@1e9320b2"},
        {"object-named", "Echo ==>b'Hi'", "Echo ==>[object Object]"},
        {"object-named", "Echo ==>b'Hi'", "Echo ==><socket object at 0x7f3a>"},
        {"buffer-unfilled", "Echo ==>b'Hello'", "Echo ==>b'" + escaped_nuls(5) + "'"},
        {"whole-buffer", "Echo ==>b'Hello'", "Echo ==>b'Hello" + escaped_nuls(251) + "'"},
        {"text-before", "Ok", "Informe a mensagem: Ok"},
        {"text-before", "Ok", "Bem-vindo!\nOk"},
        {"text-around", "Ok", "'Ok'"},
        {"said-again", "Ok", "OkOk"},
        {"said-again", "Ok", "OkOkOk"},
    });
}

TEST(Causes, AreReadFromWhereTheTextEnds) {
    expect_causes({
        {"cut-at-nul", "a\0b"s, "a"},
        {"cut-at-nul", "b'a\\x00b'", "b'a'"},
        {"cut-at-blank", "Oi, sou eu\n", "Oi,"},
        {"newline-missing", "line\n", "line"},
        {"newline-twice", "line\n", "line\n\n"},
        {"newline-added", "line", "line\n"},
        {"newline-added", "line", "line\r\n"},
        {"line-ends", "a\nb\n", "a\r\nb\r\n"},
        {"line-ends", "a\r\nb\r\n", "a\nb\n"},
        {"blanks", "a: b", "a:b"},
        {"blanks", "a:b", "a: b"},
        {"line-ends", "b'a\\r\\nb\\r\\n'", "b'a\\nb\\n'"},
        {"line-ends", "b'a\\n'", "b'a\\r\\n'"},
        {"blanks", "b'\\n'", "b''"},
        {"blanks", "b'\\r\\n'", "b''"},
        {"blanks", "Ok", "Ok"s + Bytes(28, ' ')},
        {"blanks", "b'Ok'", "b'Ok"s + Bytes(28, ' ') + "'"},
        {"blanks", "at 12", "at  12"},
        {"cut-at-blank", "Oi, sou eu\n", "Oi,\n"},
        {"last-octet-missing", "Echo ==>b'Hi'", "Echo ==>b'Hi"},
    });
}

TEST(Causes, AreReadFromTheEncoding) {
    expect_causes({
        {"latin-1", "Agora é", "Agora \xe9"},
        {"low-octets", "Agora é 日😀\n", "Agora \xe9 \xe5=\0\n"s},
        {"question-marks", "Agora é", "Agora ?"},
        {"encoded-twice", "Agora é", "Agora Ã©"},
        {"characters-counted", "ééé fim", "ééé "},
        {"characters-counted", "é😀 fim", "é😀 "},
        {"question-marks", "😀", "?"},
        {"wide-characters", "Ok", "\0O\0k"s},
        {"wide-characters", "Ok", "O\0k\0"s},
        {"wide-characters", "Sou o S", "\0S\0o\0u\0"s},
        {"wide-characters", "é!", "\xff\xfe\xe9\0!\0"s},
        {"wide-characters", "😀", "\xd8\x3d\xde\x00"s},
        {"accents-missing", "Agora é", "Agora e"},
        {"letter-case", "Sou o Servidor", "Sou o servidor"},
        {"encoded-twice", "é", "\xc3\x83"},
        {"encoded-twice", "é", "\xc3\x83\xc2"},
        {"encoded-twice", "Agora é:", "Agora \xc3\x83\xc2\xa9"},
        {"byte-order-mark", "Agora é",
         "\xef\xbb\xbf"
         "Agora é"},
        {"byte-order-mark", "Agora é",
         "\xef\xbb\xbf"
         "Agor"},
        {"decomposed", "Agora é, aí não", "Agora e\u0301, ai\u0301 na\u0303o"},
        {"decomposed", "Ç", "C\u0327"},
    });
}

TEST(Causes, AreReadFromHowOctetsAreShown) {
    expect_causes({
        {"signed-octets", "b'\\xe9\\x01'", "b'\\xffffffe9\\x01'"},
        {"octal-escapes", "b'\\xe9\\n'", "b'\\351\\n'"},
        {"letter-case", "b'\\xe9'", "b'\\xE9'"},
        {"not-escaped", "b'\\xe9\\\\'", "b'\xe9\\'"},
        {"quotes", "b'it'", "b\"it\""},
        {"quotes", "b\"it's\"", "b'it\\'s'"},
        {"quotes", "b'it\\'s \"so\"'", "b'it's \"so\"'"},
        {"not-shown-as-bytes", "Echo ==>b'it'", "Echo ==>it"},
        {"not-shown-as-bytes", "Echo ==>b'\\xe9'", "Echo ==>é"},
        {"not-shown-as-bytes", "Echo ==>b'it'", "Echo ==>'it'"},
        {"not-shown-as-bytes", "Echo ==>b'\\xc3\\xa9'", "Echo ==>'é'"},
        {"characters-for-octets", "b'\\xc3\\xa7\\xc3\\xa3o\\n'", "b'\\xe7\\xe3o\\n'"},
        {"characters-for-octets", "b'\\xc3\\xa9\\xe2\\x82\\xac'", "b'\\xe9\\u20ac'"},
        {"characters-for-octets", "b'\\xc3\\xa9\\xe2\\x82\\xac'", "b'\\xe9\\x20ac'"},
        {"encoded-twice", "b'\\xc3\\xa9'", "b'\\xc3\\x83\\xc2\\xa9'"},
        {"one-digit", "b'\\x00\\xe9\\x0b'", "b'\\x0\\xe9\\xb'"},
        {"whole-buffer", "b'Hi'", "b'Hi"s + escaped_nuls(30) + "'"},
        {"whole-buffer", "b'Hi'", "b'Hi"s + Bytes(30, '\0') + "'"},
    });
}

TEST(Causes, SeeWhatDecodingPutInPlaceOfOctets) {
    expect_causes({
        {"decoded", "a\xff\xfe!", "a\xef\xbf\xbd\xef\xbf\xbd!"},
        {"decoded", "a\xff\xfe!", "a\xef\xbf\xbd!"},
        {"decoded", "é\xc3", "é\xef\xbf\xbd"},
        {"decoded", "Echo ==>b'\\xff'", "Echo ==>b'\\xef\\xbf\\xbd'"},
        {"none", "a\xff!", "b\xef\xbf\xbd!"},
        {"none", "a\xff!", "a\xef\xbf\xbd?"},
        {"none", "aé!", "a\xef\xbf\xbd!"},
    });
}

TEST(Causes, AreNotGuessed) {
    expect_causes({
        {"none", "Ok", "Ko"},
        {"none", "Ok", "Ok!"},
        {"none", "Ok", "OkO"},
        {"none", "k", "kk"},
        {"none", "Ok", "Ok\0\0"s},
        {"none", "Sou o Servidor.", "Sou o S"},
        {"none", "Ok", "\0\3Ok"s},
        {"none", "Ok", "\0O"s},
        {"none", "line\n", "lin"},
        {"none", "Ok", "\xff\xfeOk"s},
        {"none", "b'it'", "b'ti'"},
        {"none", "b'\\xe9'", "b'\\xe8'"},
        {"none", "a: b", "a; b"},
        {"none", "Agora é", "Agora a"},
        {"none", "Echo ==>b'Hi'", "Echo ==>b'H''i'"},
        {"none", "b'Hi'", "b'Hi\\x00\\x00'"},
        {"none", "b'Hi'", "b'Hi"s + escaped_nuls(30)},
        {"none", "b'\\x0c'", "b'\\xd'"},
        {"none", "b'\\xc3\\xa7'", "b'\\xe8'"},
        {"none", "b'\\xc3'", "b'\\xc4'"},
        {"none", "Oi, sou eu", "Oi,\n"},
        {"none", "Oi, sou eu\n", "Oi\n"},
        {"none", "k!", "k"},
        {"none", "é", "\xc3\x84"},
        {"none", "ã!", "Ã"},
        {"blanks", "00:00:00 2026", "00:00:00  2026"},
        {"none",
         "\xef\xbb\xbf"
         "Ok",
         "\xef\xbb\xbf"
         "Ko"},
        {"none", "Agora é", "Agora e\u0300"},
        {"none", "Thu Jan  1 00:00:00 2026", "Thu Jan 1 00:00:00 2026"},
    });
}

/// The cause where a client prints `actual` in place of `expected`.
std::string printed_instead_of(const Bytes& expected, const Bytes& actual) {
    auto wanted = scenario({turn(Who::server, "Ok")});
    wanted.clients[0].expect.out = Value{{Literal{expected}}, {}};
    auto seen = observation({says(Side::server, "Ok"), ends(Side::server)});
    seen.clients[0].out = printed(actual);
    return cause_of(wanted, seen);
}

TEST(Causes, AreReadFromWhatIsPrinted) {
    const std::vector<Case> cases{
        {"newline-missing", "Ok\n", "Ok"},
        {"newline-added", "Ok", "Ok\n"},
        {"newline-twice", "Ok\n", "Ok\n\n"},
        {"newline-twice", "a\nb\n", "a\n\nb\n\n"},
        {"line-ends", "a\nb\n", "a\r\nb\r\n"},
        {"blanks", "a b\n", "a  b\n"},
        {"blanks", "Ok\n", "Ok" + Bytes(30, ' ') + "\n"},
        {"text-before", "Ok\n", "Mensagem: Ok\n"},
        {"text-before", "Ok\n", "Conectado.\nOk\n"},
        {"text-before", "Oi\nOk\n", "Recebido: Oi\nRecebido: Ok\n"},
        {"text-after", "Ok\n", "Ok\nFim.\n"},
        {"text-around", "Ok\n", "<Ok>\n"},
        {"shown-as-bytes", "Ok\n", "b'Ok'\n"},
        {"shown-as-bytes", "Agora é\n", "b'Agora \\xc3\\xa9'\n"},
        {"shown-as-bytes", "Agora é\n", "b'Agora \\xc3\\xa9\\n'\n"},
        {"shown-as-bytes", "Oi\nit's\n", "b'Oi'\nb\"it's\"\n"},
        {"whole-buffer", "Ok\n", "Ok" + Bytes(30, '\0') + "\n"},
        {"whole-buffer", "Ok", "Ok" + Bytes(30, '\0')},
        {"zero-octets", "Ok\n", "Ok\0\n"s},
        {"zero-octets", "Ok\n", "Ok\n\0"s},
        {"said-again", "Ok\n", "Ok\nOk\n"},
        {"cut-at-blank", "Sou o Servidor.\n", "Sou\n"},
        {"byte-order-mark", "Ok\n", "\xef\xbb\xbfOk\n"},
        {"latin-1", "Agora é\n", "Agora \xe9\n"},
        {"not-shown-as-bytes", "b'Oi'\nb'Ok'\n", "Oi\nOk\n"},
        {"ntohs-missing", "from 40404\n", "from 54429\n"},
        {"ntohs-missing", "on\nfrom 1\n", "on\nfrom 256\n"},
        {"ntohs-missing", "from 54321\n", "from 12756\n"},
        {"none", "from 54321\n", "from 12757\n"},
        {"none", "from 40404\n", "from 54429!\n"},
        {"none", "from 70000\n", "from 28689\n"},
        {"none", "Oi\nOk\n", "A Oi\nok\n"},
        {"none", "Oi\nOk\n", "Oi\nKo\n"},
        {"none", "Oi\nOk\n", "Oi\n"},
        {"none", "Ok\n", "Okay\n"},
        {"none", "1\n", "11\n"},
        {"none", "Ok\n", "b'Ok\n"},
        {"none", "Ok\n", "b'Ko'\n"},
    };
    for (const auto& [cause, expected, actual] : cases) {
        EXPECT_EQ(printed_instead_of(expected, actual), cause) << quoted(expected) << " " << quoted(actual);
    }
}

/// What becomes of "Agora é:", the time, and a newline, 61 s after the beginning of 2026 in a zone three hours behind
/// UTC; the client came in the last second.
std::string instead_of_date(const Bytes& actual) {
    const Value date{{Literal{"Agora é:"}, TimeText{TimeText::Format::java_date, "BRT"}, Literal{"\n"}}, {}};
    auto seen = observation({says(Side::server, actual), ends(Side::server)});
    constexpr std::int64_t new_year = 1767225600;
    seen.clock = {new_year + 50, new_year + 61, -3 * 3600};
    seen.transcript.connections.front().came = new_year + 61;
    return cause_of(scenario({turn(Who::server, date)}), seen);
}

/// The cause where a server tells that in place of the time as ctime() does, from `epoch` to three seconds later, at
/// `utc_offset` seconds from UTC.
std::string instead_of_ctime(std::int64_t epoch, int utc_offset, const Bytes& actual) {
    const Value time{{TimeText{TimeText::Format::ctime, {}}}, {}};
    auto seen = observation({says(Side::server, actual), ends(Side::server)});
    seen.clock = {epoch, epoch + 3, utc_offset};
    seen.transcript.connections.front().came = epoch;
    return cause_of(scenario({turn(Who::server, time)}), seen);
}

TEST(Causes, SeeWhatTimeIsTold) {
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01:01 BRT 2025\n"), "no finding");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:00:51 BRT 2025\n"), "clock-at-start");
    EXPECT_EQ(instead_of_date("Agora é:Thu Jan 01 00:01:01 UTC 2026\n"), "other-zone");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 22:01:01 BRT 2025\n"), "other-zone");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:1:1 BRT 2025\n"), "time-format");
    EXPECT_EQ(instead_of_date("Agora é:2025-12-31T21:01:01\n"), "time-format");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01 BRT 2025\n"), "time-format");
    EXPECT_EQ(instead_of_date("1767225661"), "time-format");
    EXPECT_EQ(instead_of_date("\x3d\xb9\x55\x69"), "time-format");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 11:01:01 BRT 2024\n"), "none");
    EXPECT_EQ(instead_of_date("Agora é:muito tarde\n"), "none");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01:01 BRT 2025\nAdeus\n"), "none");
}

TEST(Causes, SeeAnHourOutOfTwelve) {
    constexpr std::int64_t afternoon = 1767362643, midnight = 1767312183;  // Fri Jan 2 2026, 14:04:03 and 00:03:03
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 09:01:01 BRT 2025\n"), "twelve-hours");
    EXPECT_EQ(instead_of_ctime(afternoon, 0, "Fri Jan  2 02:04:05 2026"), "twelve-hours");
    EXPECT_EQ(instead_of_ctime(midnight, 0, "Fri Jan  2 12:03:05 2026"), "twelve-hours");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 09:01:01 PM BRT 2025\n"), "twelve-hours");
    EXPECT_EQ(instead_of_ctime(midnight + 9 * 3600, 0, "Fri Jan  2 09:03:05 AM 2026"), "twelve-hours");
    EXPECT_EQ(instead_of_ctime(midnight + 9 * 3600, 0, "Fri Jan  2 09:03:05 PM 2026"), "time-format");
    EXPECT_EQ(instead_of_ctime(afternoon, 0, "Fri Jan  2 03:04:05 2026"), "other-zone");
    EXPECT_EQ(instead_of_ctime(afternoon, 0, "Sat Jan  3 02:04:05 2026"), "other-zone");
    EXPECT_EQ(instead_of_ctime(afternoon, 12 * 3600, "Fri Jan  2 14:04:05 2026"), "other-zone");
    EXPECT_EQ(instead_of_ctime(afternoon - 12 * 3600, 12 * 3600, "Fri Jan  2 02:04:05 2026"), "other-zone");
}

/// Whether the cause of a ctime() that is told so is sure.
std::optional<Cause::Sureness> sureness_of_ctime(std::int64_t epoch, const Bytes& actual) {
    const auto wanted = scenario({turn(Who::server, Value{{TimeText{TimeText::Format::ctime, {}}}, {}})});
    auto seen = observation({says(Side::server, actual), ends(Side::server)});
    seen.clock = {epoch, epoch + 3, 0};
    seen.transcript.connections.front().came = epoch;
    const auto cause = likely_cause(wanted, seen, judge(wanted, seen).findings.front());
    return cause ? std::optional(cause->sureness) : std::nullopt;
}

TEST(Causes, TakeNoOtherMistakeForAnotherZone) {
    constexpr std::int64_t then = 1795717514;  // Thu Nov 26 18:25:14 2026
    EXPECT_EQ(instead_of_ctime(then, 0, "Fri Nov 27 18:25:15 2026"), "another-day");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Nov 24 18:25:15 2026"), "another-day");
    EXPECT_EQ(instead_of_ctime(then, 0, "Thu Nov 26 18:10:15 2026"), "time-field");  // getMonth() counts from 0
    EXPECT_EQ(instead_of_ctime(then + 60, 0, "Thu Nov 26 18:11:15 2026"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Fri Nov 27 09:25:15 2026"), "none");  // 15 hours ahead
    EXPECT_EQ(instead_of_ctime(then, 0, "Thu Nov 26 19:25:15 2026"), "other-zone");
    EXPECT_EQ(sureness_of_ctime(then, "Thu Nov 26 19:25:15 2026"), Cause::Sureness::likely);
}

TEST(Causes, SeeHowATimeIsFilledUp) {
    constexpr std::int64_t then = 1767312183;  // Fri Jan  2 00:03:03 2026
    const auto padding = [](const Bytes& actual) {
        const Value time{{TimeText{TimeText::Format::ctime, {}}}, {}};
        auto seen = observation({says(Side::server, actual), ends(Side::server)});
        seen.clock = {then, then + 3, 0};
        seen.transcript.connections.front().came = then;
        const auto wanted = scenario({turn(Who::server, time)});
        const auto cause = likely_cause(wanted, seen, judge(wanted, seen).findings.front());
        return cause ? cause->text : "none";
    };
    for (const auto* actual : {"Fri Jan 02 00:03:05 2026", "Fri Jan 2 00:03:05 2026", "Fri Jan 2 0:3:5 2026"}) {
        EXPECT_THAT(padding(actual), testing::HasSubstr("below 10")) << actual;
    }
    EXPECT_THAT(padding("02/01/2026 00:03:05"), testing::HasSubstr("another form"));
    EXPECT_EQ(instead_of_ctime(then, 0, "Fri Jan  2 00:03:05  2026"), "blanks");
}

TEST(Causes, SeeAFieldOfATime) {
    constexpr std::int64_t then = 1770733463;  // Tue Feb 10 14:24:23 2026
    EXPECT_EQ(instead_of_ctime(then, 0, "Mon Feb 10 14:24:25 2026"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Jan 10 14:24:25 2026"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 09 14:24:25 2026"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:02:25 2026"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:24:00 2026"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:24:25 0126"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:24:25 126"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:24:25 1970"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 24:24:25 2026"), "time-field");
    EXPECT_EQ(instead_of_date("Agora é:Thu Dec 31 21:01:01 BRT 2025\n"), "time-field");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01:01 UTC 2025\n"), "time-field");
    EXPECT_EQ(instead_of_date("Agora é:Wed Nov 31 21:01:01 BRT 2025\n"), "time-field");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:12:01 BRT 2025\n"), "time-field");
    EXPECT_EQ(instead_of_ctime(then, 0, "Mon Jan 10 14:24:25 2026"), "none");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:24:57 2026"), "none");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:31:25 2026"), "none");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue Feb 10 14:24:25 20260"), "none");
}

TEST(Causes, SeeNamesInAnotherLanguage) {
    constexpr std::int64_t then = 1770733463;  // Tue Feb 10 14:24:23 2026
    EXPECT_EQ(instead_of_ctime(then, 0, "Ter Feb 10 14:24:25 2026"), "other-language");
    EXPECT_EQ(instead_of_ctime(then, 0, "ter fev 10 14:24:25 2026"), "other-language");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue fév. 10 14:24:25 2026"), "other-language");
    EXPECT_EQ(instead_of_date("Agora é:Qua Dez 31 21:01:01 BRT 2025\n"), "other-language");
    EXPECT_EQ(instead_of_ctime(1767708000, 0, "ter jan  6 14:00:01 2026"), "other-language");
    EXPECT_EQ(instead_of_ctime(then, 0, "tue feb 10 14:24:25 2026"), "letter-case");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tuesday Feb 10 14:24:25 2026"), "time-format");
    EXPECT_EQ(instead_of_ctime(then, 0, "Tue 02 10 14:24:25 2026"), "time-format");
    EXPECT_EQ(instead_of_ctime(then, 0, "Ter Jan 10 14:24:25 2026"), "time-format");
}

TEST(Causes, SeeAClockThatNobodyRead) {
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:00:00 BRT 1969\n"), "clock-not-read");
    EXPECT_EQ(instead_of_date("Agora é:Thu Jan 01 00:00:00 UTC 1970\n"), "clock-not-read");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "Thu Jan  1 00:00:00 1970"), "clock-not-read");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "Thu Jan  1 09:06:07 1970"), "clock-not-read");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "Mon Jan 19 19:52:13 1970"), "clock-not-read");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "Wed Jan 21 11:52:13 1970"), "seconds-for-milliseconds");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "Mon Mar  5 19:52:13 1973"), "none");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "Nascido em 1970"), "none");
}

TEST(Causes, SeeMistakesInTheTextAroundATime) {
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01:01 BRT 2025"), "newline-missing");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01:01 BRT 2025\r\n"), "line-ends");
    EXPECT_EQ(instead_of_date("Agora \xe9:Wed Dec 31 21:01:01 BRT 2025\n"), "latin-1");
    EXPECT_EQ(instead_of_date("Agora é:Wed Dec 31 21:01:01 BRT 2025\n\0"s), "terminator-sent");
    EXPECT_EQ(instead_of_date("\xef\xbb\xbf"
                              "Agora é:Wed Dec 31 21:01:01 BRT 2025\n"),
              "byte-order-mark");
    EXPECT_EQ(instead_of_date("Agora é: Wed Dec 31 21:01:01 BRT 2025\n"), "blanks");
    EXPECT_EQ(instead_of_date("Agora éWed Dec 31 21:01:01 BRT 2025\n"), "none");
    EXPECT_EQ(instead_of_date("Agora sao:Wed Dec 31 21:01:01 BRT 2025\n"), "none");
}

TEST(Causes, SeeATextThatLiesOneOctetFurtherOn) {
    EXPECT_EQ(instead_of("Sou o Servidor.", "\0Sou o Servidor"s), "shifted");
    EXPECT_EQ(instead_of_ctime(1770733463, 0, "\0Tue Feb 10 14:24:25 202"s), "shifted");
    EXPECT_EQ(instead_of("Ok!", "xOk"), "none");
    EXPECT_EQ(instead_of("aaaaaa", "aaaaa"), "last-octet-missing");
}

TEST(Causes, SeeWhatALongerMessageLeftBehind) {
    const auto wanted = scenario({turn(Who::client, "a"), turn(Who::server, "[a long one]"), turn(Who::client, "b"),
                                  turn(Who::server, "[short]")});
    const auto replies = [&](const Bytes& second) {
        return observation({says(Side::client, "a"), says(Side::server, "[a long one]"), says(Side::client, "b"),
                            says(Side::server, second)});
    };
    EXPECT_EQ(cause_of(wanted, replies("[short] one]")), "stale-octets");
    EXPECT_EQ(cause_of(wanted, replies("[short]xxxxx")), "none");
}

TEST(Causes, ReadTheSignal) {
    auto seen = observation({says(Side::server, "Echo"), ends(Side::client)});
    seen.server->state = Signaled{SIGPIPE};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "broken-pipe");
    seen.transcript.events.push_back(says(Side::server, "Echo"));
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "end-ignored");
    seen = observation({says(Side::client, "Hello world!"), ends(Side::server), ends(Side::client)});
    seen.server->state = Signaled{SIGPIPE};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "listener-used");
    seen = Observation{};
    seen.server = program({"server"}, Running{});
    seen.server->listens = {"0.0.0.0:5050"};
    seen.port = 5050;
    seen.clients = {program({"client"}, Signaled{SIGPIPE})};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "not-connected");
    seen = observation({});
    seen.server->state = Signaled{SIGSEGV};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "memory");
    seen.server->err = printed("==7==ERROR: AddressSanitizer failed\nReserveShadowMemoryRange failed while\n");
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "sanitizer");
    seen.server->err = {};
    seen.server->state = Signaled{SIGTERM};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "none");
}

TEST(Causes, SeeAServerThatReadsOn) {
    auto seen = observation({says(Side::client, "Hello world!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "reads-on");
    seen.server->waits = {{"node", "epoll_pwait", 5, "", true}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "reads-on");
}

// Its event loop waits for other things besides.
TEST(Causes, SeeNothingInAnEventLoopThatHasAnsweredBefore) {
    auto seen = observation({says(Side::client, "Hello world!"), says(Side::server, "Echo ==>b'Hello world!'"),
                             says(Side::client, "Again!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.server->waits = {{"node", "epoll_pwait", 5, "", true}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "none");
}

TEST(Causes, SeeWhatIsWaitedForInVain) {
    auto seen = observation({});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "nothing-sent");
    EXPECT_EQ(cause_of(scenario({turn(Who::server, "Ok")}), seen), "reads-first");
    seen = observation({says(Side::client, "Hello world!"), says(Side::server, "Echo ==>b'Hello world!'"),
                        says(Side::client, "Again!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.server->waits = {{"python3", "accept4", 3, "listening on 0.0.0.0:5050", true}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "one-reply");
}

TEST(Causes, SeeALoopThatWaitsForNothing) {
    auto seen = observation({says(Side::client, "Hello world!")});
    seen.ending = Ending::deadline;
    both_receive(seen);
    seen.server->waits.clear();
    seen.server->process = 17;
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "busy-loop");
    auto said = two_messages_said();
    said.pop_back();
    seen.transcript.events = observation(said).transcript.events;
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "end-ignored");
}

TEST(Causes, SeeAStreamThatNobodyEnds) {
    auto said = two_messages_said();
    said.pop_back();
    auto seen = observation(said);
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "unclosed");
    seen.ending = Ending::deadlock;
    seen.server->waits = {{"python3", "recvfrom", 4, "connected to 127.0.0.1:40404", true}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "none");
}

/// The cause where the server ended with that complaint before it listened.
std::string cause_of_complaint(const Bytes& complaint) {
    Observation seen;
    seen.port = 5050;
    seen.server = program({"server"}, Exited{1});
    seen.server->err = printed(complaint);
    seen.clients = {program({"client"}, Running{})};
    return cause_of(scenario(two_messages()), seen);
}

TEST(Causes, AreReadFromTheComplaint) {
    EXPECT_EQ(cause_of_complaint("bind: Cannot assign requested address\n"), "foreign-address");
    EXPECT_EQ(cause_of_complaint("OSError: [Errno 98] Address already in use\n"), "port-twice");
    EXPECT_EQ(cause_of_complaint("accept: Operation not supported\n"), "datagram-socket");
    EXPECT_EQ(cause_of_complaint("accept: Invalid argument\n"), "listen-missing");
    EXPECT_EQ(cause_of_complaint("Exception in thread \"main\" java.lang.Error: no\n\tat Server.main\n"),
              "uncaught-exception");
    EXPECT_EQ(cause_of_complaint("  File \"a.py\", line 3\nSyntaxError: invalid syntax\n"), "syntax-error");
    EXPECT_EQ(cause_of_complaint("uso: servidor porta\n"), "none");
}

/// The cause where the client never reached the server, and ended with that complaint.
std::string cause_of_client_complaint(const Bytes& complaint, bool opened) {
    auto seen = observation({});
    seen.transcript = {};
    seen.clients[0].state = Exited{1};
    seen.clients[0].err = printed(complaint);
    seen.clients[0].opened_connection = opened;
    return cause_of(scenario(two_messages()), seen);
}

TEST(Causes, AreReadFromTheComplaintOfAClient) {
    EXPECT_EQ(cause_of_client_complaint("connect: Connection refused\n", true), "refused");
    EXPECT_EQ(cause_of_client_complaint("read: Connection refused\n", false), "datagram-socket");
    EXPECT_EQ(cause_of_client_complaint("connect: Network is unreachable\n", false), "foreign-address");
    EXPECT_EQ(cause_of_client_complaint("recv: Transport endpoint is not connected\n", false), "not-connected");
    EXPECT_EQ(cause_of_client_complaint("sem conexao\n", true), "refused");
    EXPECT_EQ(cause_of_client_complaint("", false), "none");
}

TEST(Causes, SeeASocketThatIsNoStream) {
    auto seen = observation({});
    seen.transcript = {};
    seen.clients[0].state = Running{};
    seen.clients[0].opened_connection = false;
    seen.clients[0].waits = {{"client", "recvfrom", 3, "connected to 127.0.0.1:5050", true}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "datagram-socket");
}

TEST(Causes, SeeAServersSocketThatIsNoStream) {
    Observation seen;
    seen.port = 5050;
    seen.server = program({"server"}, Running{});
    seen.clients = {program({"client"}, Running{})};
    seen.server->waits = {{"server", "recvfrom", 3, "unconnected, bound to 0.0.0.0:5050", true}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "datagram-socket");
    seen.server->waits[0].call = "poll";
    EXPECT_NE(cause_of(scenario(two_messages()), seen), "datagram-socket");
}

TEST(Causes, SeeTheListenerInUse) {
    auto seen = observation({says(Side::client, "Hello world!"), ends(Side::server)});
    seen.server->state = Exited{1};
    seen.server->err = printed("recv: Transport endpoint is not connected\n");
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "listener-used");
}

TEST(Causes, SeeWhereAServerListens) {
    auto seen = observation({});
    seen.transcript = {};
    seen.server->listens = {"[::]:5050 v6only"};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "ipv6-only");
    seen.server->listens = {"0.0.0.0:47635"};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "htons-missing");
    seen.server->listens = {"0.0.0.0:8080"};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "other-port");
    seen.server->listens = {"0.0.0.0:41783"};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "port-not-bound");
    seen.server->listens = {"127.0.0.2:5050"};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "other-address");
}

TEST(Causes, SeeBothSend) {
    auto seen = observation({says(Side::client, "Hello world!"), says(Side::server, "Ec")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.clients[0].waits[0].call = seen.server->waits[0].call = "sendto";
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "both-send");
}

TEST(Causes, SeeAServerThatLeavesTooSoon) {
    EXPECT_EQ(cause_of(scenario(two_messages()),
                       observation({says(Side::client, "Hello world!"), says(Side::server, "Echo ==>b'Hello world!'"),
                                    ends(Side::server), says(Side::client, "Again!"), ends(Side::client)})),
              "one-reply");
    EXPECT_EQ(cause_of(scenario(two_messages()),
                       observation({says(Side::client, "Hello world!"), says(Side::server, "Echo ==>b'Hello world!'"),
                                    says(Side::client, "Again!"), resets(Side::server)})),
              "one-reply");
    EXPECT_EQ(
        cause_of(scenario(two_messages()), observation({says(Side::client, "Hello world!"), resets(Side::server)})),
        "unread-input");
    EXPECT_EQ(
        cause_of(scenario({turn(Who::client, "Hello"), turn(Who::server, "Hi"), turn(Who::both, StreamEvent::end)}),
                 observation({says(Side::client, "Hello"), says(Side::server, "Hi"), resets(Side::server)})),
        "unread-input");
    EXPECT_EQ(cause_of(scenario(two_messages()), observation({says(Side::client, "Hello world!"), ends(Side::server)})),
              "closed-in-silence");
    EXPECT_EQ(cause_of(scenario(two_messages()), observation({says(Side::client, "Hello world!"), ends(Side::server),
                                                              says(Side::client, "Again!")})),
              "closed-in-silence");
}

TEST(Causes, AreReadFromWhatTheProgramSaysThatItWasDenied) {
    auto seen = observation({says(Side::client, "Hello world!"), ends(Side::server)});
    const std::vector<std::pair<const char*, const char*>> cases{
        {"ERRO: aceite: Invalid argument\n", "argument-refused"},
        {"recv: Bad file descriptor\n", "descriptor-closed"},
        {"Traceback (most recent call last):\nOSError: [Errno 30] Read-only file system: 'log'\n", "read-only"},
        {"memfd_create: Function not implemented\n", "call-denied"},
        {"Traceback (most recent call last):\nModuleNotFoundError: No module named 'x'\n", "module-missing"},
        {"nothing of the kind\n", "closed-in-silence"},
    };
    for (const auto& [said, cause] : cases) {
        seen.server->err = printed(said);
        EXPECT_EQ(cause_of(scenario(two_messages()), seen), cause) << said;
    }
}

TEST(Causes, SeeAnErrorThatIsNone) {
    auto seen = observation({ends(Side::client)});
    seen.clients[0].err = printed("ERRO: conexão: Success\n");
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "no-error");
    seen.clients[0].err = printed("connect: Success\nwaiting\n");
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "closed-in-silence");
    seen.clients[0].err = printed("connect: Success\n");
    seen.clients[0].state = Running{};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "closed-in-silence");
}

TEST(Causes, SeeAResetThatNothingUnreadExplains) {
    const auto wanted = scenario({turn(Who::server, "Ok"), turn(Who::both, StreamEvent::end)});
    auto seen = observation({says(Side::server, "Ok"), resets(Side::server)});
    EXPECT_EQ(cause_of(wanted, seen), "reset-asked-for");
    seen.server->state = Signaled{SIGKILL};
    EXPECT_NE(cause_of(wanted, seen), "reset-asked-for");
}

TEST(Causes, SeeAClientThatLeavesBeforeTheAnswer) {
    const auto wanted =
        scenario({turn(Who::client, "Hello"), turn(Who::server, "Echo"), turn(Who::both, StreamEvent::end)});
    EXPECT_EQ(cause_of(wanted, observation({says(Side::client, "Hello"), ends(Side::client), says(Side::server, "Echo"),
                                            resets(Side::client)})),
              "closed-early");
    EXPECT_EQ(cause_of(wanted, observation({ends(Side::client), says(Side::server, "Echo"), resets(Side::client)})),
              "closed-in-silence");
}

TEST(Causes, SeeThatWhatWasLeftOfAReplyWasTakenForTheNext) {
    auto seen = observation({says(Side::client, "Hello world!"), says(Side::server, "Echo ==>b'Hello world!'"),
                             says(Side::client, "Again!"), ends(Side::client), says(Side::server, "Echo ==>b'Again!'"),
                             resets(Side::client)});
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "closed-early");
    seen.clients[0].out = printed("Received: Echo ==>b'Hello \nReceived: world!'\n");
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "short-buffer");
    seen.clients[0].out = printed("Received: Echo ==>b'Hello world!'\n");
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "closed-early");
}

TEST(Causes, SeeAServerThatServesOneClient) {
    auto wanted = scenario(two_messages());
    wanted.clients.push_back(wanted.clients.front());
    auto seen = observation(two_messages_said());
    seen.clients.push_back(seen.clients.front());
    seen.transcript.connections.push_back({1});
    seen.transcript.events.push_back(connects(Side::client, 1));
    seen.server->state = Exited{0};
    EXPECT_EQ(cause_of(wanted, seen), "one-client");
    seen.server->state = Exited{1};
    EXPECT_EQ(cause_of(wanted, seen), "none");
    seen.server->err = printed("accept: Interrupted system call\n");
    EXPECT_EQ(cause_of(wanted, seen), "interrupted-call");
    seen.server->err = printed("Traceback (most recent call last):\nIndexError: index out of range\n");
    EXPECT_EQ(cause_of(wanted, seen), "uncaught-exception");
}

TEST(Causes, SeeWhoSpeaksTooSoon) {
    const auto wanted = scenario({turn(Who::client, "Oi"), turn(Who::server, "Recebi."), turn(Who::client, "Tchau"),
                                  turn(Who::server, "Adeus.")});
    EXPECT_EQ(cause_of(wanted, observation({says(Side::server, "Recebi."), says(Side::client, "Oi")})), "speaks-first");
    EXPECT_EQ(cause_of(wanted, observation({says(Side::server, "Bem-vindo!"), says(Side::client, "Oi")})),
              "speaks-first");
    EXPECT_EQ(cause_of(wanted, observation({says(Side::client, "OiTchau")})), "one-send");
    EXPECT_EQ(cause_of(wanted, observation({says(Side::client, "Oi"), says(Side::client, "Tchau")})), "does-not-wait");
    const auto silent = scenario({turn(Who::server, "Recebi.")});
    EXPECT_EQ(cause_of(silent, observation({says(Side::client, "hora?"), says(Side::server, "Recebi.")})),
              "nothing-to-say");
    EXPECT_EQ(cause_of(silent, observation({says(Side::server, "Recebi."), says(Side::client, "hora?")})),
              "nothing-to-say");
}

TEST(Causes, SeeOctetsSentForCharacters) {
    const auto wanted = scenario(
        {turn(Who::client, "é"), turn(Who::server, "Echo"), turn(Who::client, "!"), turn(Who::server, "Echo")});
    EXPECT_EQ(cause_of(wanted, observation({says(Side::client, "\xc3"), says(Side::server, "E"),
                                            says(Side::client, "\xa9"), says(Side::server, "E")})),
              "octets-for-characters");
}

TEST(Causes, SeeABufferThatIsTooSmallForTheMessage) {
    const auto wanted = scenario({turn(Who::client, "Hello world!"), turn(Who::server, "[Hello world!]")});
    EXPECT_EQ(cause_of(wanted, observation({says(Side::client, "Hello world!"), says(Side::server, "[Hello worl][d!]"),
                                            ends(Side::server)})),
              "short-buffer");
}

TEST(Causes, SeeAMessageThatIsAnsweredInPieces) {
    EXPECT_EQ(instead_of("Echo ==>b'Hello world!'", "Echo ==>b'Hello worl'Echo ==>b'd!'"), "in-pieces");
    EXPECT_EQ(instead_of("Echo ==>b'\\xff\\xff\\xff'", "Echo ==>b'\\xff'Echo ==>b'\\xff'Echo ==>b'\\xff'"),
              "in-pieces");
    EXPECT_EQ(instead_of("Echo: Hello world!", "Echo: HelloEcho:  worldEcho: !"), "in-pieces");
    // The other side takes as many octets as the reply should have, and may leave before the rest comes.
    EXPECT_EQ(instead_of("Echo ==>b'Hello world!'", "Echo ==>b'Hello wor'Echo ==>b'l"), "in-pieces");
    EXPECT_NE(instead_of("Echo ==>b'Hi'", "Echo ==>b'Hi'Echo ==>b''"), "in-pieces");
    EXPECT_NE(instead_of("Echo ==>b'Hi'", "Echo ==>b'Hi'Echo ==>b'Hi'"), "in-pieces");
    EXPECT_NE(instead_of("Echo ==>b'Hi'", "Echo ==>b'Hi'Echo ==>b'Ho'"), "in-pieces");
    EXPECT_NE(instead_of("Echo ==>b'Hi'", "Echo ==>b''Echo ==>b'Hi'"), "in-pieces");
    EXPECT_NE(instead_of("aaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"), "in-pieces");
}

/// The cause where the server puts `taken` into brackets in place of the client's `request`.
std::string repeated_as(const Bytes& request, const Bytes& taken) {
    return cause_of(scenario({turn(Who::client, request), turn(Who::server, "[" + request + "]")}),
                    observation({says(Side::client, request), says(Side::server, "[" + taken + "]")}));
}

TEST(Causes, SeeWhereARequestIsCut) {
    EXPECT_EQ(repeated_as("Hello world!", "Hello wor"), "short-buffer");
    EXPECT_EQ(repeated_as("Hello world!", "Hello world"), "last-octet-missing");
    EXPECT_EQ(repeated_as("Hello world!", "Hello"), "cut-at-blank");
    EXPECT_EQ(repeated_as("Hello my world!", "Hello my"), "short-buffer");
    EXPECT_EQ(repeated_as("Hello world!", "Hello world?"), "none");
}

TEST(Causes, SeeWhereATextIsCut) {
    const Bytes aaa(300, 'a');
    for (const std::size_t cut : {127U, 128U, 80U, 100U, 255U}) {
        EXPECT_EQ(instead_of(aaa + "\n", aaa.substr(0, cut)), "short-buffer") << cut;
    }
    EXPECT_EQ(instead_of(aaa + "\n", aaa.substr(0, 80) + "\n"), "short-buffer");
    EXPECT_EQ(instead_of("Sou o Servidor. Recebi", "Sou o Serv"), "short-buffer");
    EXPECT_EQ(instead_of(aaa + "\n", aaa.substr(0, 120)), "none");
    EXPECT_EQ(instead_of("Thu Nov 26 18:25:14 2026", "Thu Nov 26"), "none");  // ends with a word
    EXPECT_EQ(instead_of("abcdefghijkl", "abcdefg"), "none");
}

/// The sentence of the cause where the server says `actual` in place of `expected`.
std::string sentence_of(const Bytes& expected, const Bytes& actual) {
    const auto cause = cause_in_octets(expected, actual);
    return cause ? cause->text : "none";
}

TEST(Causes, SeeWhyANewlineMayBeMissing) {
    const Bytes aaa(253, 'a');
    EXPECT_EQ(sentence_of("line\n", "line"), "only the newline at the end is missing");
    EXPECT_THAT(sentence_of(aaa + "\n", aaa), testing::HasSubstr("one too small"));
    EXPECT_THAT(sentence_of("Agora é\n", "Agora é"), testing::HasSubstr("characters were counted"));
    EXPECT_EQ(sentence_of("Olá, você\n", "Olá, você"), "only the newline at the end is missing");
}

TEST(Causes, SeeATextThatWasTakenForAFormat) {
    const auto printed_in_place_of = [](const Bytes& expected, const Bytes& actual) {
        const auto cause = cause_in_print(expected, actual);
        return cause ? cause->code : "none";
    };
    EXPECT_EQ(printed_in_place_of("got: 10%d, 50%%\n", "got: 10-5741, 50%\n"), "format-string"s);
    EXPECT_EQ(printed_in_place_of("got: 50%%\n", "got: 50%\n"), "format-string"s);
    EXPECT_NE(printed_in_place_of("got: 10%d\n", "got: 12345\n"), "format-string"s);
}

TEST(Causes, CountTheBlanks) {
    EXPECT_THAT(sentence_of("a b", "a  b"), testing::HasSubstr("1 blank too many"));
    EXPECT_THAT(sentence_of("a b", "a   b"), testing::HasSubstr("2 blanks too many"));
    EXPECT_THAT(sentence_of("Ok", "Ok" + Bytes(28, ' ')), testing::HasSubstr("28 blanks follow"));
    EXPECT_THAT(sentence_of("a b c", "abc"), testing::HasSubstr("2 blanks or newlines are missing"));
    EXPECT_THAT(sentence_of("a b", "a\tb"), testing::HasSubstr("other blanks"));
    EXPECT_THAT(sentence_of("a: b\n", "a: \nb\n"), testing::HasSubstr("1 newline too many"));
    EXPECT_THAT(sentence_of("a\nb\n", "ab\n"), testing::HasSubstr("1 newline is missing"));
    EXPECT_THAT(sentence_of("b'a\\nb'", "b'a\\n\\nb'"), testing::HasSubstr("1 newline too many"));
    EXPECT_THAT(sentence_of("a\nb c", "a\n\nb  c"), testing::HasSubstr("2 blanks too many"));
}

/// Two clients at once, of whom one says a and the other b, each to get it back in brackets.
Scenario bracketed_at_once() {
    auto wanted = scenario({turn(Who::client, "a"), turn(Who::server, "[a]")});
    wanted.at_once = true;
    wanted.clients.push_back(wanted.clients.front());
    wanted.clients[1].exchange = {turn(Who::client, "b"), turn(Who::server, "[b]")};
    return wanted;
}

/// What they are told.
Observation told_to(const Bytes& first, const Bytes& second) {
    auto seen = observation({says(Side::client, "a"), says(Side::server, first)});
    seen.clients.push_back(seen.clients.front());
    connect(seen, 1);
    seen.transcript.events.push_back(says(Side::client, "b", 1));
    seen.transcript.events.push_back(says(Side::server, second, 1));
    return seen;
}

TEST(Causes, SeeWhatBelongsToAnotherClient) {
    EXPECT_EQ(cause_of(bracketed_at_once(), told_to("[b]", "[b]")), "cross-talk");
}

// The thread of the first answered from a buffer that the second had begun to fill.
TEST(Causes, SeeInOtherConnectionsWhatBelongsToAnotherClient) {
    EXPECT_EQ(cause_of(bracketed_at_once(), told_to("[?]", "[a]")), "cross-talk");
    EXPECT_NE(cause_of(bracketed_at_once(), told_to("[?]", "[b]")), "cross-talk");
}

// The first one's message was overwritten while the other's length stood already, or the other way round.
TEST(Causes, SeeAPartOfWhatAnotherClientSaid) {
    auto wanted = scenario({turn(Who::client, "the third"), turn(Who::server, "[the third]")});
    wanted.at_once = true;
    wanted.clients.push_back(wanted.clients.front());
    wanted.clients[1].exchange = {turn(Who::client, "first again"), turn(Who::server, "[first again]")};
    const auto seen_as = [&](const Bytes& reply) {
        auto seen = observation({says(Side::client, "the third"), says(Side::server, reply)});
        seen.clients.push_back(seen.clients.front());
        connect(seen, 1);
        seen.transcript.events.push_back(says(Side::client, "first again", 1));
        return cause_of(wanted, seen);
    };
    EXPECT_EQ(seen_as("[first aga]"), "cross-talk");
    EXPECT_NE(seen_as("[the thin]"), "cross-talk");  // too short to tell
    EXPECT_NE(seen_as("[e third]"), "cross-talk");   // its own
}

/// Two clients that a server tells something at once, the first of whom only sits there.
Scenario told_at_once() {
    auto wanted = scenario({turn(Who::server, "Ok")});
    wanted.at_once = true;
    wanted.clients.push_back(wanted.clients.front());
    wanted.clients[0].player = Player::idle;
    return wanted;
}

TEST(Causes, SeeAProcessThatOutlivesItsConnection) {
    auto said = two_messages_said();
    auto seen = observation(said);
    seen.ending = Ending::deadline;
    seen.clients[0].state = Running{};
    seen.clients[0].waits = {{"client", "clock_nanosleep", -1, "", false}};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "process-remains");
}

TEST(Causes, SayNothingOfSendWhereNobodySpeaks) {
    const auto wanted = scenario({turn(Who::client, StreamEvent::end), turn(Who::server, StreamEvent::end)});
    EXPECT_EQ(cause_of(wanted, observation({says(Side::client, "Hello"), ends(Side::client), ends(Side::server)})),
              "none");
}

TEST(Causes, SeeAReplyThatHoldsTheMessage) {
    const auto wanted = scenario({turn(Who::client, "Oi, servidor\n"), turn(Who::server, "Recebi sua mensagem.")});
    const auto reply = [&](const Bytes& bytes) {
        return cause_of(wanted, observation({says(Side::client, "Oi, servidor\n"), says(Side::server, bytes)}));
    };
    EXPECT_EQ(reply("Oi, servidor\n"), "message-in-reply");
    EXPECT_EQ(reply("Recebi sua mensagem.Oi, servidor"), "message-in-reply");
    EXPECT_EQ(reply("Recebi tua mensagem."), "none");
}

/// The cause where a client that heard those messages prints `out` in place of `wanted`, and `err`.
std::string instead_of_print(const Bytes& wanted, const Bytes& out, const Bytes& err = "") {
    auto asked = scenario({turn(Who::server, "a long message"), turn(Who::client, "?"), turn(Who::server, "short")});
    asked.clients[0].expect.out = text(wanted);
    auto seen =
        observation({says(Side::server, "a long message"), says(Side::client, "?"), says(Side::server, "short")});
    seen.clients[0].out = printed(out);
    seen.clients[0].err = printed(err);
    return cause_of(asked, seen);
}

TEST(Causes, SeeWhatIsPrintedToTheWrongStream) {
    EXPECT_EQ(instead_of_print("one\ntwo\n", "one\n", "two\n"), "printed-to-stderr");
    EXPECT_EQ(instead_of_print("one\n", "", "one\n"), "printed-to-stderr");
    EXPECT_EQ(instead_of_print("? one\n", "? ", "one\n"), "printed-to-stderr");
    EXPECT_NE(instead_of_print("one\ntwo\n", "one\n", "oops\n"), "printed-to-stderr");
}

TEST(Causes, SeeWhatIsPrintedOfALongerMessageBefore) {
    EXPECT_EQ(instead_of_print("a long message\nshort\n", "a long message\nshortg message\n"), "stale-octets");
    EXPECT_NE(instead_of_print("a long message\nshort\n", "a long message\nshort.\n"), "stale-octets");
}

TEST(Causes, SeeALoopAfterTheEndOfAnEarlierClient) {
    auto seen = observation({says(Side::client, "Hello world!"), ends(Side::client)});
    seen.ending = Ending::deadline;
    seen.server->process = 17;
    seen.clients.insert(seen.clients.begin(), seen.clients.front());
    seen.clients[1].state = Running{};
    connect(seen, 1);
    seen.transcript.connections[1].queued = true;
    seen.transcript.events.push_back(says(Side::client, "Hello world!", 1));
    auto wanted = scenario(two_messages());
    wanted.clients[0].exchange = {turn(Who::client, "Hello world!")};
    wanted.clients.push_back(scenario(two_messages()).clients[0]);
    EXPECT_EQ(cause_of(wanted, seen), "end-ignored");
}

TEST(Causes, SeeAServerThatDoesNotAccept) {
    auto seen = observation({says(Side::client, "Hello world!")});
    seen.transcript.connections[0].queued = true;
    seen.ending = Ending::deadline;
    both_receive(seen);
    seen.server->waits = {{"server", "pause", -1, "", false}};
    const auto wanted = scenario(two_messages());
    const auto text = [&] { return likely_cause(wanted, seen, judge(wanted, seen).findings.at(0)).value().text; };
    EXPECT_EQ(cause_of(wanted, seen), "not-accepted");
    EXPECT_THAT(text(), testing::HasSubstr("nobody"));
    connect(seen, 1);
    EXPECT_EQ(cause_of(wanted, seen), "not-accepted");
    EXPECT_THAT(text(), testing::HasSubstr("earlier client"));
    seen.server->waits[0].call = "pselect6";
    EXPECT_EQ(cause_of(wanted, seen), "not-accepted");
    EXPECT_THAT(text(), testing::HasSubstr("select()"));
    seen.transcript.connections[0].queued = false;
    EXPECT_NE(cause_of(wanted, seen), "not-accepted");
}

TEST(Causes, SeeAServerThatWaitsForOneOfManyClients) {
    auto seen = observation({says(Side::server, "Ok")});
    seen.clients.push_back(seen.clients.front());
    connect(seen, 1);
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.clients[1] = seen.clients[0];
    EXPECT_EQ(cause_of(told_at_once(), seen), "one-at-a-time");
}

TEST(Causes, SeeAClientThatTheServerLost) {
    auto seen = observation({});
    seen.clients.push_back(seen.clients.front());
    connect(seen, 1);
    seen.transcript.events.push_back(says(Side::server, "Ok", 1));
    EXPECT_EQ(cause_of(told_at_once(), seen), "descriptor-shared");
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.server->waits = {{"server", "accept", 3, "listening on 0.0.0.0:5050", true}};
    EXPECT_EQ(cause_of(told_at_once(), seen), "descriptor-shared");
    seen.server->waits.push_back({"server", "recvfrom", 4, "connected to 127.0.0.1:40404", true});
    EXPECT_NE(cause_of(told_at_once(), seen), "descriptor-shared");
    seen.server->waits.pop_back();
    seen.transcript.events.pop_back();
    EXPECT_EQ(cause_of(told_at_once(), seen), "unanswered");
}

TEST(Causes, SeeAServerThatGoesBackToAcceptWithoutAnAnswer) {
    const auto wanted = scenario({turn(Who::server, "Ok"), turn(Who::both, StreamEvent::end)});
    auto seen = observation({});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    EXPECT_NE(cause_of(wanted, seen), "unanswered");
    seen.server->waits = {{"server", "accept", 3, "listening on 0.0.0.0:5050", true}};
    EXPECT_EQ(cause_of(wanted, seen), "unanswered");
}

TEST(Causes, SeeAClientThatGetsTheRepliesOfOthers) {
    auto seen = observation({says(Side::server, "OkOk")});
    seen.clients.push_back(seen.clients.front());
    connect(seen, 1);
    EXPECT_EQ(cause_of(told_at_once(), seen), "descriptor-shared");
    seen.transcript.events.push_back(says(Side::server, "Ok", 1));
    EXPECT_EQ(cause_of(told_at_once(), seen), "said-again");
}

TEST(Causes, SeeWhatFollowsTheEnd) {
    auto exchange = two_messages();
    auto said = two_messages_said();
    said.insert(said.end() - 1, says(Side::server, "Echo ==>b''"));
    EXPECT_EQ(cause_of(scenario(exchange), observation(said)), "end-ignored");
}

TEST(Causes, SeeWhatIsSaidOnceMore) {
    const auto wanted = scenario({turn(Who::server, "Thu"), turn(Who::both, StreamEvent::end)});
    EXPECT_EQ(
        cause_of(wanted, observation({says(Side::server, "Thu"), ends(Side::client), says(Side::server, "ThuThu")})),
        "said-again");
    EXPECT_EQ(cause_of(wanted, observation({says(Side::server, "Thu"), ends(Side::client), says(Side::server, "Fri")})),
              "end-ignored");
}

TEST(Causes, SeeAConnectionForEachMessage) {
    auto seen = observation({says(Side::client, "Hello world!"), says(Side::server, "Echo ==>b'Hello world!'")});
    connect(seen, 0);
    seen.transcript.events.push_back(says(Side::client, "Again!", 1));
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "connection-for-each");
    seen.transcript.events.pop_back();
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "none");
}

TEST(Causes, SeeThatPiecesWereTakenForMessages) {
    auto wanted = scenario({turn(Who::client, "Hello\n"), turn(Who::server, "Ok")});
    const auto seen = observation({says(Side::client, "Hel"), says(Side::server, "Ok"), says(Side::client, "lo\n")});
    EXPECT_EQ(cause_of(wanted, seen), "none");
    wanted.clients[0].exchange[0].pieces_of = 1;
    EXPECT_EQ(cause_of(wanted, seen), "one-recv");
    auto line = scenario({turn(Who::server, "a line\n"), turn(Who::both, StreamEvent::end)});
    line.clients[0].exchange[0].pieces_of = 1;
    EXPECT_EQ(cause_of(line, observation({says(Side::server, "a"), ends(Side::client), says(Side::server, " line\n"),
                                          resets(Side::client)})),
              "one-recv");
    EXPECT_EQ(cause_of(line, observation({says(Side::server, "a l"), ends(Side::client), says(Side::server, "ine\n"),
                                          resets(Side::client)})),
              "stops-reading");
    EXPECT_EQ(cause_of(line, observation({ends(Side::client), says(Side::server, "a line\n"), resets(Side::client)})),
              "closed-early");
}

}  // namespace
}  // namespace parley
