#include "parley/record/scenario_json.h"

#include <gtest/gtest.h>

#include "parley/scenario/reader.h"
#include "tests/judge/made.h"
#include "tests/scenario/reading.h"

namespace parley {
namespace {

using namespace made;

TEST(ScenarioJson, LooksAsAPersonWouldWriteIt) {
    auto wanted = scenario({turn(Who::client, "x"), turn(Who::server, StreamEvent::reset)});
    wanted.about = "The server leaves with a question unread.";
    wanted.port = 7000;
    wanted.server->expect.exit = 0;
    wanted.clients[0].argv = {"{host}", "{port}", "x"};
    wanted.clients[0].expect.exit = 1;
    wanted.clients[0].expect.out = text("");
    wanted.clients[0].expect.err = text("The connection was reset by the server, which is not there any more.\n");
    EXPECT_EQ(file_text(wanted), R"({
  "about": "The server leaves with a question unread.",
  "port": 7000,
  "server": {"role": "echo-server", "expect": {"exit": 0}},
  "client": {
    "role": "echo-client",
    "argv": ["{host}", "{port}", "x"],
    "expect": {
      "exit": 1,
      "stdout": "",
      "stderr": "The connection was reset by the server, which is not there any more.\n"
    }
  },
  "exchange": [
    {"client": "x"},
    {"server": {"event": "reset"}}
  ]
}
)");
}

TEST(ScenarioJson, NamesItsSchemaFirst) {
    EXPECT_TRUE(file_text(scenario({}), "../schema/s.json")
                    .starts_with("{\n  \"$schema\": \"../schema/s.json\",\n  \"about\": "));
}

TEST(ScenarioJson, TellsClientsThatAreTheSameOnce) {
    auto wanted = scenario({turn(Who::server, "Hi"), turn(Who::both, StreamEvent::end)});
    wanted.clients.assign(3, wanted.clients[0]);
    const auto same = to_json(wanted);
    EXPECT_EQ(same.at("client").dump(), R"({"role":"echo-client","times":3})");
    EXPECT_EQ(same.at("exchange").size(), 2U);
    wanted.clients[2].expect.exit = 1;
    const auto other = to_json(wanted);
    EXPECT_FALSE(other.contains("exchange"));
    EXPECT_EQ(other.at("clients").size(), 2U);
    EXPECT_EQ(other.at("clients")[0].at("times"), 2);
    EXPECT_EQ(other.at("clients")[1].at("exchange").size(), 2U);
}

/// What is read again from what is written is written the same: nothing is lost on the way.
void expect_kept(const Scenario& wanted, const Catalogue& catalogue) {
    const auto written = file_text(wanted);
    std::vector<Diagnostic> diagnostics;
    const auto read = read_scenarios_text(written, wanted.file, wanted.name, catalogue, diagnostics);
    for (const auto& diagnostic : diagnostics) ADD_FAILURE() << diagnostic.str() << "\n" << written;
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(file_text(read[0]), written);
    EXPECT_EQ(read[0].clients.size(), wanted.clients.size());
}

TEST(ScenarioJson, KeepsAllThatAScenarioCanSay) {
    const auto reading = read_text(R"({
        "about": "x", "tags": ["a", "b"], "port": 7000, "time_limit": 0.5,
        "server": {"command": ["python3", "s.py"], "needs": [{"path": "python3", "package": "python3"}],
                   "env": {"TZ": "America/Sao_Paulo"}, "expect": {"running": true, "stdout": {"regex": "x*"}}},
        "clients": [
          {"scripted": true, "exchange": [
            {"server": {"capture": "id", "as": {"any": 4}}}, {"client": {"event": "pause", "seconds": 0.25}},
            {"client": [{"captured": "id"}, {"hex": "00ff"}], "pieces_of": 1}, {"client": {"event": "end"}},
            {"server": {"time": "java-date", "zone": "BRT"}}, {"server": {"event": "reset"}}]},
          {"idle": true, "times": 2},
          {"role": "talk-client", "argv": [], "host": "127.0.0.2", "port": 81, "stdin": {"repeat": "x", "times": 100}, "expect": {"exit": 3}}],
        "at_once": true, "exchange": [{"both": {"event": "end"}}], "outcome": "deadlock"})");
    ASSERT_EQ(reading.mistakes, std::vector<std::string>());
    expect_kept(reading.scenario, test_catalogue());
    const auto json = to_json(reading.scenario);
    for (const char* key : {"tags", "port", "time_limit", "server", "clients", "at_once", "outcome"})
        EXPECT_TRUE(json.contains(key)) << key;
    EXPECT_EQ(json.at("clients")[0].at("exchange").dump(),
              R"([{"server":{"capture":"id","as":{"any":4}}},{"client":{"event":"pause","seconds":0.25}},)"
              R"({"client":[{"captured":"id"},{"hex":"00 ff"}],"pieces_of":1},{"client":{"event":"end"}},)"
              R"({"server":{"time":"java-date","zone":"BRT"}},{"server":{"event":"reset"}}])");
    EXPECT_EQ(
        to_json(read_text(R"({"about": "x", "server": {"role": "talk-server", "port_in_use": true}})").scenario).dump(),
        R"({"about":"x","server":{"role":"talk-server","port_in_use":true}})");
}

TEST(ScenarioJson, KeepsTheScenariosOfTheSuite) {
    std::vector<Diagnostic> diagnostics;
    const std::string folder = PARLEY_SOURCE_DIR "/scenarios";
    const auto catalogue = read_catalogue(folder + "/implementations.json", diagnostics);
    int kept = 0;
    for (const auto& file : find_scenario_files({folder})) {
        for (const auto& scenario : read_scenarios(file, "suite", catalogue, diagnostics)) {
            if (!scenario.other_ways.empty()) continue;
            expect_kept(scenario, catalogue);
            ++kept;
        }
    }
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_GT(kept, 50);
}

}  // namespace
}  // namespace parley
