// Cases and ways: one file, many scenarios.
#include "parley/scenario/expansion.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/scenario/reading.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Bytes sent(const Scenario& scenario, std::size_t turn = 0) {
    const auto* literal = std::get<Value>(scenario.clients.at(0).exchange.at(turn).what).literal();
    return literal ? *literal : "no literal";
}

/// A scenario with a server and a client whose cases are `cases`, on the second line, and whose exchange is `turns`.
std::string with_cases(const std::string& cases, const std::string& turns) {
    return pair_with("\"cases\": {" + cases + "},\n\"exchange\": [" + turns + "]");
}

/// The same of ways.
std::string with_ways(const std::string& ways, const std::string& more = "") {
    return pair_with("\"either\": [" + ways + "]" + (more.empty() ? "" : ",\n" + more));
}

// ---- cases

TEST(Cases, MakeAScenarioEach) {
    const auto reading = read_text(with_cases(R"("one": {"n": 1, "text": "a"}, "three": {"n": 3, "text": "b"})",
                                              R"({"client": {"repeat": {"parameter": "text"},
                                                             "times": {"parameter": "n"}}})"));
    EXPECT_THAT(reading.mistakes, ElementsAre());
    ASSERT_EQ(reading.scenarios.size(), 2U);
    EXPECT_EQ(reading.scenarios[0].name, "f/one");
    EXPECT_EQ(sent(reading.scenarios[0]), "a");
    EXPECT_EQ(reading.scenarios[1].name, "f/three");
    EXPECT_EQ(sent(reading.scenarios[1]), "bbb");
}

TEST(Cases, FillInAnyKindOfValueAnywhere) {
    const auto reading =
        read_text(R"({"about": "x", "cases": {"a": {"args": ["1"], "status": 3, "zone": "UTC", "on": true}},
        "server": {"role": "talk-server", "argv": {"parameter": "args"}, "env": {"TZ": {"parameter": "zone"}}},
        "clients": [{"role": "talk-client", "times": 2, "expect": {"exit": {"parameter": "status"}}}],
        "at_once": {"parameter": "on"}})");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    EXPECT_THAT(*reading.scenario.server->argv, ElementsAre("1"));
    EXPECT_EQ(reading.scenario.clients.at(1).expect.exit, 3);
    EXPECT_TRUE(reading.scenario.at_once);
}

TEST(Cases, ReportAMistakeWhereTheTableMakesIt) {
    EXPECT_THAT(read_text(with_cases(R"("a": {"t": 1}, "b": {"t": {"hex": "0"}})", R"({"client": {"parameter": "t"}})"))
                    .mistakes,
                ElementsAre("2:22: a value is a string, an object or a list, not a number",
                            "2:45: an odd number of hexadecimal digits"));
}

TEST(Cases, ReportParametersThatDoNotFit) {
    EXPECT_THAT(
        read_text(with_cases(R"("a": {"text": "x"})", R"({"client": {"parameter": "txt"}})")).mistakes,
        ElementsAre("2:17: nothing uses the parameter 'text'", "3:25: unknown parameter 'txt'; did you mean 'text'?"));
    EXPECT_THAT(read_text(with_cases(R"("a": {"t": "x"}, "b": {"t": "x", "u": "y"})",
                                     R"({"client": [{"parameter": "t"}, {"parameter": "u"}]})"))
                    .mistakes,
                ElementsAre("2:11: the case 'a' lacks the parameter 'u', which 'b' has",
                            "3:46: unknown parameter 'u'; did you mean 't'?"));
    EXPECT_THAT(read_text(exchange_of(R"({"client": {"parameter": "t"}})")).mistakes,
                ElementsAre("2:25: a parameter takes 'cases' that give it a value"));
}

TEST(Cases, ReportMisspeltKeysInTheirPlaces) {
    EXPECT_THAT(read_text(with_cases(R"("a": {"n": 3})", R"({"client": {"repeat": "x", "times": {"paramter": "n"}}})"))
                    .mistakes,
                ElementsAre("3:51: unknown key 'paramter'; did you mean 'parameter'?"));
    EXPECT_THAT(
        read_text(pair_with("\"case\": {\"a\": {\"t\": \"x\"}},\n\"exchange\": [{\"client\": {\"parameter\": \"t\"}}]"))
            .mistakes,
        ElementsAre("2:1: unknown key 'case'; did you mean 'cases'?",
                    "3:25: a parameter takes 'cases' that give it a value"));
}

TEST(Cases, TakeNoOtherObjectForAMisspeltOne) {
    for (const char* env : {R"({"parameters": "m"})", R"({"A": "n"})", R"({"parameters": "n", "A": "n"})"}) {
        const auto reading = read_text(format(R"({{"about": "x", "cases": {{"a": {{"n": "x"}}}},
"server": {{"role": "talk-server", "argv": [{{"parameter": "n"}}], "env": {}}}}})",
                                              env));
        EXPECT_THAT(reading.mistakes, ElementsAre()) << env;
    }
}

TEST(Cases, AreANamedTable) {
    for (const char* cases : {"{}", "[]", "1"}) {
        EXPECT_THAT(read_text(pair_with(std::string("\"cases\": ") + cases)).mistakes,
                    ElementsAre("2:10: 'cases' is an object of 1 to 1000 named cases"))
            << cases;
    }
    EXPECT_THAT(read_text(pair_with(R"("cases": {"A b": {}})")).mistakes,
                ElementsAre("2:11: a case's name is made of a to z, 0 to 9 and '-'"));
    EXPECT_THAT(read_text(pair_with(R"("cases": {"a": 1})")).mistakes,
                ElementsAre("2:16: a case is an object of parameters, not a number"));
}

TEST(Cases, DoNotGrowWithoutBound) {
    std::string cases, turns;
    for (int i = 0; i < 1000; ++i) cases += format(R"({}"c{}": {{}})", i ? "," : "", i);
    turns = R"({"client": ")" + std::string(100'000, 'x') + "\"}";
    EXPECT_THAT(read_text(with_cases(cases, turns)).mistakes,
                ElementsAre("2:10: the cases make more than 64 MiB of the scenario"));
    const auto big = R"("a": {"t": ")" + std::string(1 << 20, 'x') + "\"}";
    turns = R"({"client": [)";
    for (int i = 0; i < 100; ++i) turns += format(R"({}{{"parameter": "t"}})", i ? "," : "");
    EXPECT_THAT(read_text(with_cases(big, turns + "]}")).mistakes, testing::Not(testing::IsEmpty()));
}

TEST(Cases, HaveOneBudgetTogether) {
    std::string cases;
    for (int i = 0; i < 100; ++i) cases += format(R"({}"c{}": {{"n": 1000000}})", i ? "," : "", i);
    EXPECT_THAT(read_text(with_cases(cases, R"({"client": {"repeat": "x", "times": {"parameter": "n"}}})")).mistakes,
                testing::Contains("3:36: the file's values hold more than 64 MiB"));
}

TEST(Cases, GiveNoWholeScenario) {
    EXPECT_THAT(read_text(R"({"parameter": "all", "cases": {"a": {"all": {"about": "x"}}}})").mistakes,
                testing::Contains(HasSubstr("1:2: unknown key 'parameter'")));
}

TEST(Cases, ListFewOfManyParameters) {
    std::string parameters;
    for (int i = 0; i < 30; ++i) parameters += format(R"({}"p{}{}": 1)", i ? ", " : "", i, std::string(9, 'x'));
    const auto mistakes =
        read_text(with_cases("\"a\": {" + parameters + "}", R"({"client": {"parameter": "?"}})")).mistakes;
    ASSERT_THAT(mistakes.back(), testing::ContainsRegex("^3:25: unknown parameter '\\?'; there are '.*', …$"));
    EXPECT_EQ(std::count(mistakes.back().begin(), mistakes.back().end(), '\''), 2 * 21);
}

// ---- ways

TEST(Ways, AreLaidOverTheScenario) {
    const auto reading = read_text(with_ways(R"({"about": "the reply wins", "exchange": [{"server": "a"}]},
        {"about": "the reset wins", "exchange": [{"server": {"event": "reset"}}],
         "client": {"expect": {"exit": 1}}, "outcome": "deadlock"})"));
    EXPECT_THAT(reading.mistakes, ElementsAre());
    const auto& scenario = reading.scenario;
    EXPECT_EQ(scenario.way, "the reply wins");
    EXPECT_EQ(sent(scenario), "a");
    EXPECT_FALSE(scenario.clients.at(0).expect.exit);
    ASSERT_EQ(scenario.other_ways.size(), 1U);
    const auto& other_way = scenario.other_ways[0];
    EXPECT_EQ(other_way.way, "the reset wins");
    EXPECT_EQ(other_way.about, "x");
    EXPECT_EQ(other_way.clients.at(0).role, "talk-client");
    EXPECT_EQ(other_way.clients.at(0).expect.exit, 1);
    EXPECT_EQ(other_way.outcome, Outcome::deadlock);
}

TEST(Ways, PutTheirValuesInPlaceOfTheScenarios) {
    const auto reading =
        read_text(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"role": "talk-client",
        "expect": {"exit": 0, "stdout": {"regex": "a"}}}, "either": [
        {"client": {"expect": {"stdout": {"hex": "00"}}}},
        {"client": {"expect": {"stdout": {"times": 2}}}}, {}]})");
    EXPECT_THAT(reading.mistakes, ElementsAre("4:42: missing key 'repeat', which 'times' goes with"));
    EXPECT_EQ(*reading.scenario.clients.at(0).expect.out->literal(), std::string(1, '\0'));
    EXPECT_EQ(reading.scenario.clients.at(0).expect.exit, 0) << "the way says nothing of it";
}

TEST(Ways, HaveOneBudgetWithTheCases) {
    std::string cases;
    for (int i = 0; i < 100; ++i) cases += format(R"({}"c{}": {{"t": ""}})", i ? "," : "", i);
    const auto turn = R"({"client": [{"parameter": "t"}, ")" + std::string(100'000, 'x') + "\"]}";
    EXPECT_THAT(read_text(with_cases(cases, turn)).mistakes, ElementsAre());
    EXPECT_THAT(read_text(with_cases(cases, turn + R"(], "either": [{}, {}, {}, {}, {}, {}, {})")).mistakes,
                ElementsAre(HasSubstr("the ways make more than 64 MiB of the scenario")));
}

TEST(Ways, ChangeClientsOneByOne) {
    const auto reading = read_text(R"({"about": "x", "server": {"role": "talk-server"},
        "clients": [{"role": "talk-client", "expect": {"exit": 0}}, {"role": "talk-client"}],
        "either": [{}, {"clients": [{}, {"expect": {"exit": 1}}]}]})");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    const auto& clients = reading.scenario.other_ways.at(0).clients;
    EXPECT_EQ(clients.at(0).expect.exit, 0);
    EXPECT_EQ(clients.at(1).expect.exit, 1);
}

TEST(Ways, SayWhatComesOfItAndNotWhatIsRun) {
    EXPECT_THAT(read_text(with_ways(R"({}, {"client": {"argv": []}, "port": 1})")).mistakes,
                ElementsAre("2:28: unknown key 'argv'; there is 'expect'",
                            "2:41: unknown key 'port'; there are 'about', 'exchange', 'outcome', 'server', 'client', "
                            "'clients'"));
}

TEST(Ways, ExpectNothingUnknown) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server", "expect": {"exit": 0}},
"either": [{}, {"server": {"expect": {"client": {}, "about": ""}}}]})")
                    .mistakes,
                ElementsAre("2:39: unknown key 'client'; there are 'exit', 'running', 'stdout', 'stderr'",
                            "2:53: unknown key 'about'; there are 'exit', 'running', 'stdout', 'stderr'"));
}

TEST(Ways, ReplaceNothingAllOfThem) {
    const auto reading =
        read_text(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"role": "talk-client",
"expect": {"exit": 3, "stdout": 7}},
"exchange": "nobody reads this",
"either": [{"exchange": [], "client": {"expect": {"exit": 0, "stdout": "a"}}},
           {"exchange": [], "client": {"expect": {"stdout": "b"}}}]})");
    EXPECT_THAT(reading.mistakes, ElementsAre("2:33: no way uses this: each puts something else in its place",
                                              "3:13: no way uses this: each puts something else in its place"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"role": "talk-client"},
{"role": "talk-client", "expect": 7}], "either": [{"clients": [{}, {"expect": {}}]}, {"clients": [{}, {"expect": {}}]}]})")
                    .mistakes,
                ElementsAre("2:35: no way uses this: each puts something else in its place"));
}

TEST(Ways, AreSeveral) {
    for (const char* ways : {"", "{}"}) {
        EXPECT_THAT(read_text(with_ways(ways)).mistakes,
                    ElementsAre("2:11: 'either' is a list of 2 to 16 ways in which it may go"));
    }
}

TEST(Ways, KnowTheScenariosParts) {
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"},
"either": [{}, {"client": {"expect": {}}}]})")
                    .mistakes,
                testing::Contains("2:27: the scenario has no 'client'"));
    EXPECT_THAT(read_text(R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"role": "talk-client"}],
"either": [{}, {"clients": [{}, {}]}]})")
                    .mistakes,
                ElementsAre("2:28: a way's 'clients' are those of the scenario, one by one; {} changes none"));
}

TEST(Ways, PlayOneScript) {
    const auto ways = [](const std::string& first, const std::string& second) {
        return read_text(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"scripted": true}, "either": [
{"exchange": [)" + first +
                         R"(]},
{"exchange": [)" + second +
                         "]}]}")
            .mistakes;
    };
    EXPECT_THAT(ways(R"({"client": "a"}, {"server": "b"})", R"({"client": "a"}, {"server": {"event": "reset"}})"),
                ElementsAre());
    EXPECT_THAT(ways(R"({"client": "a"}, {"server": "b"})", R"({"client": "c"}, {"server": "b"})"),
                ElementsAre("3:15: up to the last turn of a scripted side all ways are the same"));
    EXPECT_THAT(ways(R"({"server": "b"}, {"client": "a"})", R"({"server": "c"}, {"client": "a"})"),
                ElementsAre("3:15: up to the last turn of a scripted side all ways are the same"));
}

}  // namespace
}  // namespace parley
