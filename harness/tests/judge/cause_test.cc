// The mistakes that findings are explained by, each with the evidence that points to it, and what looks like it.
#include "parley/judge/cause.h"

#include <gmock/gmock.h>
#include <signal.h>

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

TEST(Causes, AreReadFromTheOctets) {
    const std::vector<Case> cases{
        {"terminator-sent", "Ok", "Ok\0"s},
        {"terminator-sent", "Ok\n", "Ok\n\0"s},
        {"whole-buffer", "Ok", "Ok"s + Bytes(254, '\0')},
        {"whole-buffer", "Ok", "Ok\0"s + Bytes(1021, 'x')},
        {"size-of-a-pointer", "Sou o Servidor.", "Sou o Se"},
        {"cut-at-nul", "a\0b"s, "a"},
        {"newline-missing", "line\n", "line"},
        {"newline-twice", "line\n", "line\n\n"},
        {"line-ends", "a\nb\n", "a\r\nb\r\n"},
        {"line-ends", "a\r\nb\r\n", "a\nb\n"},
        {"latin-1", "Agora é", "Agora \xe9"},
        {"question-marks", "Agora é", "Agora ?"},
        {"characters-counted", "ééé fim", "ééé "},
        {"length-prefix", "Ok", "\0\2Ok"s},
        {"wide-characters", "Ok", "\0O\0k"s},
        {"java-object", "Ok", "\xac\xed\0\5t\0\2Ok"s},
        {"text-before", "Ok", "Informe a mensagem: Ok"},
    };
    for (const auto& [cause, expected, actual] : cases) {
        EXPECT_EQ(instead_of(expected, actual), cause) << quoted(expected) << " " << quoted(actual);
    }
}

TEST(Causes, AreNotGuessed) {
    const std::vector<Case> cases{
        {"none", "Ok", "Ko"},      {"none", "Ok", "Ok!"},
        {"none", "Ok", "Ok\0\0"s}, {"none", "Sou o Servidor.", "Sou o S"},
        {"none", "Ok", "\0\3Ok"s}, {"none", "Agora é", "Agora e"},
        {"none", "line\n", "lin"}, {"none", "Ok", "\xff\xfeOk"s},
    };
    for (const auto& [cause, expected, actual] : cases) {
        EXPECT_EQ(instead_of(expected, actual), cause) << quoted(expected) << " " << quoted(actual);
    }
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
    auto seen = observation({});
    seen.server->state = Signaled{SIGPIPE};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "broken-pipe");
    seen.server->state = Signaled{SIGSEGV};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "memory");
    seen.server->state = Signaled{SIGTERM};
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "none");
}

TEST(Causes, SeeAServerThatReadsOn) {
    auto seen = observation({says(Side::client, "Hello world!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    EXPECT_EQ(cause_of(scenario(two_messages()), seen), "reads-on");
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
    EXPECT_EQ(
        cause_of(scenario(two_messages()), observation({says(Side::client, "Hello world!"), resets(Side::server)})),
        "unread-input");
}

TEST(Causes, SeeThatPiecesWereTakenForMessages) {
    auto wanted = scenario({turn(Who::client, "Hello\n"), turn(Who::server, "Ok")});
    const auto seen = observation({says(Side::client, "Hel"), says(Side::server, "Ok"), says(Side::client, "lo\n")});
    EXPECT_EQ(cause_of(wanted, seen), "none");
    wanted.clients[0].exchange[0].pieces_of = 1;
    EXPECT_EQ(cause_of(wanted, seen), "one-recv");
}

}  // namespace
}  // namespace parley
