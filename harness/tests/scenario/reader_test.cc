#include "parley/scenario/reader.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "tests/scenario/reading.h"

namespace parley {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(Reader, ReadsEveryKey) {
    const auto reading = read_text(R"({
        "$schema": "x.json",
        "about": "everything",
        "tags": ["slides", "more"],
        "port": 80,
        "time_limit": 2.5,
        "server": {"role": "talk-server", "argv": ["{port}"], "stdin": "in", "env": {"TZ": "America/Sao_Paulo", "A": ""},
                   "expect": {"running": true, "stdout": "out", "stderr": {"regex": "e+"}}},
        "client": {"role": "talk-client", "argv": [], "host": "127.0.0.2", "port": 81, "expect": {"exit": 3},
                   "verify": "advice", "times": 2},
        "at_once": true,
        "exchange": [{"client": "x"}],
        "outcome": "deadlock"
    })");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    const auto& scenario = reading.scenario;
    EXPECT_EQ(scenario.name, "f");
    EXPECT_EQ(scenario.file, "f.json");
    EXPECT_EQ(scenario.about, "everything");
    EXPECT_THAT(scenario.tags, ElementsAre("slides", "more"));
    EXPECT_EQ(scenario.port, 80);
    EXPECT_EQ(scenario.time_limit.count(), 2500);
    EXPECT_EQ(scenario.time_zone, "America/Sao_Paulo");
    EXPECT_TRUE(scenario.at_once);
    EXPECT_EQ(scenario.outcome, Outcome::deadlock);
    const auto& server = *scenario.server;
    EXPECT_EQ(server.role, "talk-server");
    EXPECT_THAT(*server.argv, ElementsAre("{port}"));
    EXPECT_EQ(server.input, "in");
    EXPECT_THAT(server.env, ElementsAre(Pair("A", ""), Pair("TZ", "America/Sao_Paulo")));
    EXPECT_TRUE(server.expect.running);
    EXPECT_EQ(server.expect.running_position, (Position{8, 42}));
    EXPECT_EQ(*server.expect.out->literal(), "out");
    EXPECT_EQ(server.expect.err->describe(), "/e+/");
    ASSERT_EQ(scenario.clients.size(), 2U);
    EXPECT_EQ(scenario.clients[1].expect.exit, 3);
    EXPECT_EQ(scenario.clients[1].verified, Verified::advice);
    EXPECT_EQ(scenario.clients[1].argv->size(), 0U);
    EXPECT_EQ(scenario.clients[1].host, "127.0.0.2");
    EXPECT_EQ(scenario.clients[1].port, 81);
    EXPECT_EQ(scenario.clients[1].exchange.size(), 1U);
}

TEST(Reader, LeavesDefaultsWhereNothingIsSaid) {
    const auto reading = read_text(pair_with(""));
    EXPECT_THAT(reading.mistakes, ElementsAre());
    EXPECT_FALSE(reading.scenario.server->argv);
    EXPECT_FALSE(reading.scenario.server->expect.exit);
    EXPECT_FALSE(reading.scenario.server->expect.running);
    EXPECT_EQ(reading.scenario.server->verified, Verified::held);
    EXPECT_FALSE(reading.scenario.port);
    EXPECT_EQ(reading.scenario.time_zone, "UTC");
    EXPECT_EQ(reading.scenario.time_limit.count(), 5000);
    EXPECT_EQ(reading.scenario.outcome, Outcome::complete);
}

TEST(Reader, GivesClientsTheirOwnExchangeOrTheSharedOne) {
    const auto reading = read_text(R"({"about": "x", "server": {"role": "talk-server"}, "exchange": [{"client": "x"}],
        "clients": [{"role": "talk-client", "exchange": []}, {"idle": true}, {"role": "talk-client", "times": 2}]})");
    EXPECT_THAT(reading.mistakes, ElementsAre("1:64: an idle client sends nothing")) << "it shares the exchange";
    const auto& clients = reading.scenario.clients;
    ASSERT_EQ(clients.size(), 4U);
    EXPECT_TRUE(clients[0].exchange.empty());
    EXPECT_TRUE(clients[1].player == Player::idle);
    EXPECT_EQ(clients[3].exchange.size(), 1U);
}

TEST(Reader, ReportsEveryMistakeInTheOrderOfTheFile) {
    EXPECT_THAT(read_text(R"({"tags": "x",
        "sever": 1,
        "port": 0,
        "client": {"rolle": "talk-client", "expect": {"exit": "0"}}})")
                    .mistakes,
                ElementsAre("1:1: missing key 'about'", "1:10: 'tags' is a list, not a string",
                            "2:9: unknown key 'sever'; did you mean 'server'?",
                            "3:17: 'port' is a whole number from 1 to 65535, not 0",
                            "4:19: missing key 'role' or 'command'; 'scripted' lets the harness play this side",
                            "4:20: unknown key 'rolle'; did you mean 'role'?",
                            "4:63: 'exit' is a whole number from 0 to 255, not a string"));
}

TEST(Reader, TellsAThousandMistakesAtMost) {
    std::string tags;
    for (int i = 0; i < 3000; ++i) tags += i ? ", 0" : "0";
    const auto mistakes = read_text(pair_with("\"tags\": [" + tags + "]")).mistakes;
    ASSERT_EQ(mistakes.size(), 1000U);
    EXPECT_EQ(mistakes.front(), "2:10: a tag is a string, not a number");
    EXPECT_EQ(mistakes.back(), "2:3007: a tag is a string, not a number; beyond 1000 mistakes none is told");
}

TEST(Reader, ReportsWhatIsNoJson) {
    EXPECT_THAT(read_text("{\n\"about\" 1}").mistakes, ElementsAre("2:9: found '1'; expected ':' after the key"));
    EXPECT_THAT(read_text("[]").mistakes, ElementsAre("1:1: a scenario is an object, not a list"));
    EXPECT_THAT(read_text(pair_with("\"$schema\": 1")).mistakes,
                ElementsAre("2:12: '$schema' is a string, not a number"));
}

TEST(Reader, ListsTheKeysThatThereAreWhereNoneIsNear) {
    EXPECT_THAT(read_text(pair_with("\"colour\": 1")).mistakes,
                ElementsAre("2:1: unknown key 'colour'; there are 'about', 'tags', 'port', 'time_limit', 'cases', "
                            "'either', 'server', 'client', 'clients', 'exchange', 'at_once', 'outcome'"));
}

TEST(Reader, NamesUnknownAndUnfitRoles) {
    const auto mistakes = [](const std::string& server, const std::string& client) {
        return read_text(R"({"about": "x", "server": {"role": ")" + server + R"("},
"client": {"role": ")" + client +
                         R"("}})")
            .mistakes;
    };
    EXPECT_THAT(
        mistakes("tlak-server", "x"),
        ElementsAre("1:35: unknown role 'tlak-server'; did you mean 'talk-server'?",
                    "2:20: unknown role 'x'; there are 'mute-server', 'other-client', 'talk-client', 'talk-server'"));
    EXPECT_THAT(mistakes("talk-client", "talk-server"),
                ElementsAre("1:35: the role 'talk-client' is a client's, not a server's",
                            "2:20: the role 'talk-server' is a server's, not a client's"));
    EXPECT_THAT(mistakes("mute-server", "talk-client"), ElementsAre("1:35: no program plays the role 'mute-server'"));
}

TEST(Reader, WantsSomebodyToRun) {
    EXPECT_THAT(read_text(R"({"about": "x"})").mistakes,
                ElementsAre("1:1: a scenario has a server, a client, or both"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "clients": []})").mistakes,
                ElementsAre("1:62: 'clients' names nobody; a scenario without clients leaves it out"));
}

TEST(Reader, WantsASentence) {
    EXPECT_THAT(read_text(R"({"about": "", "server": {"role": "talk-server"}})").mistakes,
                ElementsAre("1:11: 'about' says in a sentence what the scenario shows"));
}

TEST(Reader, KeepsThePartsConsistent) {
    EXPECT_THAT(read_text(pair_with("\"clients\": [{\"role\": \"talk-client\"}]")).mistakes,
                ElementsAre("2:12: 'clients' stands in place of 'client', not beside it"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "exchange": []})").mistakes,
                ElementsAre("1:1: missing key 'client' or 'clients', whose exchange it is"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server", "port_in_use": true},
        "client": {"role": "talk-client"}})")
                    .mistakes,
                ElementsAre("1:65: a server whose port is in use meets no clients"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"role": "talk-client"},
        {"idle": true}, {"role": "other-client"}]})")
                    .mistakes,
                ElementsAre("2:25: all clients have one role: 'talk-client', not 'other-client'"));
    EXPECT_THAT(read_text(R"({"about": "x", "clients": [{"role": "talk-client"}, {"role": "\n\u001b"}]})").mistakes,
                testing::Contains(R"(1:53: all clients have one role: 'talk-client', not '\n\x1b')"));
    EXPECT_THAT(read_text(pair_with("\"at_once\": true")).mistakes,
                ElementsAre("2:12: 'at_once' takes more clients than one"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "at_once": true})").mistakes,
                ElementsAre("1:1: missing key 'clients', who start 'at_once'"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "outcome": "deadlock"})").mistakes,
                ElementsAre("1:1: missing key 'client': a deadlock takes two"));
    EXPECT_THAT(read_text(pair_with("\"outcome\": \"dead\"")).mistakes,
                ElementsAre("2:12: unknown outcome 'dead'; there is 'deadlock'"));
}

TEST(Reader, KeepsASingleClientsExchangeBesideIt) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"},
"client": {"role": "talk-client", "exchange": []}})")
                    .mistakes,
                ElementsAre(AllOf(HasSubstr("2:35: unknown key 'exchange'"), HasSubstr("'role', 'argv'"))));
}

TEST(Reader, GivesAnIdleClientNoProgram) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"},
"clients": [{"idle": true, "role": "talk-client"}]})")
                    .mistakes,
                ElementsAre("2:28: unknown key 'role'; there are 'scripted', 'idle', 'exchange', 'times'"));
}

TEST(Reader, KnowsScriptsAndTheirLimits) {
    EXPECT_THAT(
        read_text(R"({"about": "x", "server": {"scripted": true}, "client": {"role": "talk-client"}})").mistakes,
        ElementsAre());
    EXPECT_THAT(
        read_text(R"({"about": "x", "server": {"scripted": true}, "client": {"scripted": true}, "port": 1})").mistakes,
        ElementsAre("1:1: nobody is tested: a scenario has a program on one side at least"));
    EXPECT_THAT(read_text(R"({"about": "x", "client": {"scripted": true}})").mistakes,
                ElementsAre("1:1: a script needs a server and a client"));
    EXPECT_THAT(
        read_text(
            R"({"about": "x", "server": {"scripted": true, "role": "talk-server"}, "client": {"role": "talk-client"}})")
            .mistakes,
        ElementsAre("1:45: unknown key 'role'; there is 'scripted'"));
}

TEST(Reader, TakesACommandInPlaceOfARole) {
    const auto reading = read_text(R"({"about": "x", "port": 6379, "client": {"scripted": true},
"server": {"command": ["/usr/bin/redis-server", "--port", "{port}"], "needs": [{"path": "redis-server", "package": "redis"}]}})");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    const auto& own = reading.scenario.server->own;
    ASSERT_TRUE(own);
    EXPECT_EQ(own->language, "redis-server");
    EXPECT_THAT(own->command, ElementsAre("/usr/bin/redis-server", "--port", "{port}"));
    EXPECT_EQ(own->needs.at(0).package, "redis");
}

TEST(Reader, WantsThePortOfACommand) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"command": ["x"]}})").mistakes,
                ElementsAre("1:1: 'port' says on which port a 'command' listens, or to which it connects"));
    EXPECT_THAT(
        read_text(R"({"about": "x", "server": {"command": ["x"]}, "client": {"role": "talk-client"}})").mistakes,
        ElementsAre());
    EXPECT_THAT(read_text(R"({"about": "x", "port": 1, "server": {"command": [], "role": "talk-server", "argv": []}})")
                    .mistakes,
                ElementsAre("1:49: 'command' names no program", "1:61: 'command' stands in place of 'role'",
                            "1:84: 'argv' is a role's; a 'command' has its arguments in it"));
}

TEST(Reader, LetsConsolesRecallWhatTheConversationCaptured) {
    const auto console = [](const std::string& name, const std::string& clients) {
        return read_text(R"({"about": "x", "exchange": [{"server": {"capture": "id", "as": {"any": 2}}}],
"server": {"role": "talk-server", "expect": {"stdout": {"captured": ")" +
                         name + R"("}}},
)" + clients + "}")
            .mistakes;
    };
    EXPECT_THAT(console("id", R"("client": {"role": "talk-client", "expect": {"stdout": {"captured": "id"}}})"),
                ElementsAre());
    EXPECT_THAT(console("it", R"("client": {"role": "talk-client"})"),
                ElementsAre("2:69: unknown capture 'it'; did you mean 'id'?"));
    EXPECT_THAT(console("id", R"("clients": [{"role": "talk-client", "times": 2}])"),
                ElementsAre("2:69: nothing was captured before this, so 'id' is not known"));
}

TEST(Reader, RefusesAnEndBesideRunning) {
    EXPECT_THAT(
        read_text(R"({"about": "x", "server": {"role": "talk-server", "expect": {"exit": 0, "running": true}}})")
            .mistakes,
        ElementsAre("1:83: a program that has ended is not 'running'"));
}

TEST(Reader, RefusesFlagsThatSayFalse) {
    EXPECT_THAT(read_text(pair_with("\"at_once\": false")).mistakes,
                ElementsAre("2:12: 'at_once' is true or left out"));
    EXPECT_THAT(read_text(pair_with("\"at_once\": 1")).mistakes, ElementsAre("2:12: 'at_once' is true, not a number"));
}

TEST(Reader, KnowsWhatEachPartIsHeldTo) {
    const auto reading = read_text(R"({"about": "x", "server": {"role": "talk-server", "verify": "never"},
"cases": {"a": {"v": "held"}, "b": {"v": "advice"}, "c": {"v": "never"}},
"clients": [{"role": "talk-client", "verify": {"parameter": "v"}}, {"role": "talk-client"}]})");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    ASSERT_EQ(reading.scenarios.size(), 3U);
    EXPECT_EQ(reading.scenarios[0].server->verified, Verified::never);
    EXPECT_EQ(reading.scenarios[0].clients[0].verified, Verified::held);
    EXPECT_EQ(reading.scenarios[1].clients[0].verified, Verified::advice);
    EXPECT_EQ(reading.scenarios[2].clients[0].verified, Verified::never);
    EXPECT_EQ(reading.scenarios[2].clients[1].verified, Verified::held);
}

TEST(Reader, HoldsProgramsAloneToAScenario) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server", "verify": "nevr"},
"clients": [{"scripted": true, "verify": "held"},
{"idle": true, "verify": "held"}]})")
                    .mistakes,
                ElementsAre("1:60: unknown verify 'nevr'; did you mean 'never'?",
                            "2:32: unknown key 'verify'; there are 'scripted', 'idle', 'exchange', 'times'",
                            "3:16: unknown key 'verify'; there are 'scripted', 'idle', 'exchange', 'times'"));
}

TEST(Reader, SetsTheClockOfAServer) {
    const auto reading =
        read_text(R"({"about": "x", "server": {"role": "talk-server", "clock": "1970-01-02 00:00:01"}})");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    EXPECT_EQ(reading.scenario.server->clock, 86401);
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server", "clock": "noon"}})").mistakes,
                ElementsAre("1:59: 'clock' is a moment (UTC) like '2026-03-05 09:41:00', not 'noon'"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"role": "talk-client",
"clock": "1970-01-02 00:00:01"}})")
                    .mistakes,
                ElementsAre(HasSubstr("2:1: unknown key 'clock'")));
}

TEST(Reader, WantsExactBytesForStdin) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server", "stdin": {"regex": "x"}}})").mistakes,
                ElementsAre("1:59: 'stdin' is what the program is given: exact bytes, no pattern and no time"));
}

TEST(Reader, RefusesWhatNoProgramCanBeGiven) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server", "argv": ["a\u0000", 1],
"env": {"A=B": "x", "": "x", "C": "\u0000", "D": null}}})")
                    .mistakes,
                ElementsAre("1:59: an element of 'argv' cannot hold a NUL character",
                            "1:70: an element of 'argv' is a string, not a number",
                            "2:9: the name of a variable is not empty and holds no '='",
                            "2:21: the name of a variable is not empty and holds no '='",
                            "2:35: the value of a variable cannot hold a NUL character",
                            "2:50: the value of a variable is a string, not null"));
}

TEST(Reader, BoundsNumbers) {
    EXPECT_THAT(read_text(pair_with("\"time_limit\": 0")).mistakes,
                ElementsAre("2:15: 'time_limit' is a number from 0.001 to 3600, not 0"));
    EXPECT_THAT(read_text(pair_with("\"time_limit\": 1e300")).mistakes, testing::SizeIs(1));
    EXPECT_THAT(read_text(pair_with("\"time_limit\": \"5\"")).mistakes, testing::SizeIs(1));
    EXPECT_THAT(read_text(pair_with("\"port\": 65536")).mistakes,
                ElementsAre("2:9: 'port' is a whole number from 1 to 65535, not 65536"));
    EXPECT_THAT(read_text(pair_with("\"port\": 80.5")).mistakes,
                ElementsAre("2:9: 'port' is a whole number from 1 to 65535, not a number"));
    EXPECT_EQ(read_text(pair_with("\"port\": 80.0")).scenario.port, 80);
}

TEST(Reader, BoundsTheNumberOfClients) {
    const auto reading = read_text(R"({"about": "x", "server": {"role": "talk-server"},
"clients": [{"role": "talk-client", "times": 1000}, {"role": "talk-client"}]})");
    EXPECT_THAT(reading.mistakes, ElementsAre("2:53: more than 1000 clients"));
    EXPECT_EQ(reading.scenario.clients.size(), 1000U);
}

TEST(Reader, BoundsWhatItsClientsHoldTogether) {
    const auto with = [](const std::string& more, const std::string& value) {
        return read_text(R"({"about": "x", "server": {"role": "talk-server"},
"client": {"role": "talk-client", "times": 1000)" +
                         more + R"(}, "exchange": [{"client": )" + value + "}]}")
            .mistakes;
    };
    const auto* much = R"({"repeat": "x", "times": 1000000})";
    const auto refusal = ElementsAre("2:11: the file's values hold more than 64 MiB");
    EXPECT_THAT(with("", much), refusal);
    EXPECT_THAT(with("", R"([{"repeat": {"any": 1}, "times": 999}, {"repeat": {"any": 1}, "times": 999}])"), refusal);
    EXPECT_THAT(with(format(R"(, "expect": {{"stdout": {}}})", much), R"("x")"), refusal);
    EXPECT_THAT(with(format(R"(, "argv": ["{}"])", std::string(100'000, 'x')), R"("x")"), refusal);
}

TEST(Reader, RefusesTagsTwiceEmptyAndTooMany) {
    EXPECT_THAT(read_text(pair_with(R"("tags": ["a", "", "a"])")).mistakes,
                ElementsAre("2:15: an empty tag", "2:19: the tag 'a' stands here twice"));
    std::string tags;
    for (int i = 0; i < 100; ++i) tags += format("\"{}\",", i);
    EXPECT_THAT(read_text(pair_with("\"tags\": [" + tags + "\"100\"]")).mistakes,
                ElementsAre("2:9: more than 100 tags"));
}

TEST(Reader, ReadsFilesAndKeepsEarlierDiagnostics) {
    const auto path =
        (std::filesystem::path(testing::TempDir()) / format("parley_reader_test.{}.json", getpid())).string();
    std::ofstream(path) << "{}";
    std::vector<Diagnostic> diagnostics{{"zzz", {9, 9}, "earlier"}};
    const auto scenario = read_scenarios(path, "a/b", test_catalogue(), diagnostics).at(0);
    std::filesystem::remove(path);
    EXPECT_EQ(scenario.name, "a/b");
    EXPECT_EQ(scenario.file, path);
    ASSERT_EQ(diagnostics.size(), 3U);
    EXPECT_EQ(diagnostics[0].message, "earlier");
    EXPECT_EQ(diagnostics[1].str(), path + ":1:1: a scenario has a server, a client, or both");
    EXPECT_THROW(read_scenarios(path, "a/b", test_catalogue(), diagnostics), UsageError);
}

}  // namespace
}  // namespace parley
