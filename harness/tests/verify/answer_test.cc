// What the author of a wrong program reads, whole, in both languages. The observations in answers/ are of programs of
// corpus.json (record_answers.py); verdict and answer are made of them anew.
#include "parley/verify/answer.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <list>
#include <set>

#include "parley/judge/cause.h"
#include "parley/report/json_fields.h"
#include "parley/report/observation_json.h"
#include "parley/report/one_line.h"
#include "parley/scenario/reader.h"
#include "tests/base/in_portuguese.h"
#include "tests/report/golden.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string scenarios_folder = PARLEY_SOURCE_DIR "/scenarios";
const std::string folder = PARLEY_SOURCE_DIR "/harness/tests/verify/answers/";

class AnyMachine : public Machine {
public:
    bool has(const Need&) const override { return true; }
    bool sets_clocks() const override { return true; }
};

const Catalogue& catalogue() {
    static std::vector<Diagnostic> diagnostics;
    static const auto read = read_catalogue(scenarios_folder + "/implementations.json", diagnostics);
    return read;
}

Scenario shipped_scenario(const std::string& name) {
    auto file = name;
    while (!fs::exists(format("{}/{}.json", scenarios_folder, file))) file.erase(file.rfind('/'));
    std::vector<Diagnostic> diagnostics;
    for (auto& scenario :
         read_scenarios(format("{}/{}.json", scenarios_folder, file), file, catalogue(), diagnostics)) {
        if (scenario.name == name) return scenario;
    }
    throw std::runtime_error("there is no scenario " + name);
}

/// A verification as it was seen once.
class Seen {
public:
    explicit Seen(const std::string& path) {
        const auto root = read_json_file(path);
        const auto& role = catalogue().roles.at(text(member(root, "role")));
        submission.role = role.name;
        submission.side = role.side;
        for (const auto& word : elements(member(root, "command"))) submission.command.push_back(text(word));
        level_ = level_named(text(member(root, "level")));
        const auto& scenarios = elements(member(root, "scenarios"));
        trials.list.reserve(scenarios.size());
        for (const auto& each : scenarios) add(each);
    }

    Submission submission;
    Trials trials;
    std::vector<TrialResult> results;

    std::string answer() const {
        AnswerOptions options;
        options.repeat_command = [this](const TrialResult& result) {
            const auto level = level_ == Level::wire ? "" : format(" --level {}", name(level_));
            return format("parley verify {}{} --only {} -- {}", submission.role, level, result.trial->scenario->name,
                          joined(submission.command, " "));
        };
        return parley::answer(trials, results, submission, 1234ms, options);
    }

private:
    void add(const JsonValue& each) {
        auto& trial = trials.list.emplace_back();
        auto held = with_submission(shipped_scenario(text(member(each, "scenario"))), submission, catalogue(), level_);
        trial.scenario = std::make_shared<const Scenario>(std::get<Scenario>(std::move(held)));
        trial.cells = plan({trial.scenario}, catalogue(), AnyMachine());
        auto& result = results.emplace_back();
        result.trial = &trial;
        for (const auto& seen : elements(member(each, "cells"))) {
            const auto cell = std::ranges::find(trial.cells, text(member(seen, "cell")), &Cell::name);
            if (cell == trial.cells.end()) throw std::runtime_error("there is no cell " + text(member(seen, "cell")));
            CellResult ran{&*cell, 0, observation_from_json(member(seen, "observation")), {}};
            ran.verdict = judge_submission(*cell, ran.observation, submission.side);
            result.cells.push_back(std::move(ran));
        }
    }

    Level level_ = Level::wire;
};

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".json") all.push_back(entry.path().stem());
    std::ranges::sort(all);
    return all;
}

class Answer : public testing::TestWithParam<std::string> {};

TEST_P(Answer, IsThatOfTheFile) {
    expect_golden(Seen(folder + GetParam() + ".json").answer(), folder + GetParam() + ".en.txt");
}

TEST_P(Answer, IsTheSameInPortuguese) {
    const InPortuguese language;
    if (!language.holds) GTEST_SKIP() << "built without gettext";
    expect_golden(Seen(folder + GetParam() + ".json").answer(), folder + GetParam() + ".pt-BR.txt");
}

INSTANTIATE_TEST_SUITE_P(Verify, Answer, testing::ValuesIn(names()), [](const auto& tested) { return tested.param; });

TEST(Answers, TellWhatWasLeftOutAndHowToTryIt) {
    Trials trials;
    trials.left_out = {{NotHeld::arguments, 1}, {NotHeld::port, 2}, {NotHeld::host, 1}};
    EXPECT_THAT(answer(trials, {}, {"echo-client", Side::client, {"x"}, "/"}, 1s, {}),
                testing::HasSubstr("\n2 more scenarios give another port: put {port} into the command to try them.\n"
                                   "1 more scenario gives another host: put {host} into the command to try it.\n"
                                   "1 more scenario gives arguments of its own: put {args} into the command to try "
                                   "it.\n"));
}

TEST(Answers, AreAboutMistakesOfManyKinds) {
    std::set<std::string> kinds;
    for (const auto& name : names()) {
        const Seen seen(folder + name + ".json");
        const auto* failure = first_failure(seen.results);
        ASSERT_TRUE(failure) << name;
        const auto& [cell, repetition, observation, verdict] = *failure->telling();
        const auto cause = likely_cause(*cell->scenario, observation, verdict.findings.front());
        const auto kind = format("{} {}", parley::name(verdict.findings.front().code), cause ? cause->code : "");
        kinds.insert(kind);
    }
    EXPECT_GE(kinds.size(), 25U);
}

}  // namespace
}  // namespace parley
