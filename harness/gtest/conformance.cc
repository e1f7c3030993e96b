// Every cell of the suite as a GoogleTest, so that CTest, an IDE and --gtest_filter see each.
//
// A cell `echo/two-messages:python:cpp` is the test `echo/two_messages.python_to_cpp`: GoogleTest's filters give `-`
// and
// `:` meanings of their own.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <exception>
#include <span>
#include <string_view>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/judge/judge.h"
#include "parley/process/descriptor_limit.h"
#include "parley/report/explain.h"
#include "parley/run/cell_run.h"
#include "parley/run/command_line.h"
#include "parley/run/project.h"

namespace parley {
namespace {

constexpr const char* build = PARLEY_BUILD_DIR;
constexpr const char* scenarios = PARLEY_SOURCE_DIR "/scenarios";
Isolation isolation = Isolation::namespaces;

Observation observe(const Cell& cell) {
    asio::io_context loop{1};
    Workshop workshop(loop.get_executor(), build, 1, isolation);
    CellRun cell_run(workshop, cell);
    Observation observation;
    asio::co_spawn(loop, cell_run.run(), [&](const std::exception_ptr& trouble, Observation seen) {
        if (trouble) std::rethrow_exception(trouble);
        observation = std::move(seen);
    });
    loop.run();
    return observation;
}

class CellTest : public testing::Test {
public:
    explicit CellTest(const Cell& cell) : cell_(cell) {}

    void TestBody() override {
        if (!cell_.unsupported.empty()) GTEST_SKIP() << cell_.unsupported;
        const auto observation = observe(cell_);
        const auto verdict = judge(cell_, observation);
        if (verdict.kind == Verdict::Kind::unsupported) GTEST_SKIP() << verdict.reason;
        if (verdict.kind == Verdict::Kind::known_failure) GTEST_SKIP() << "known failure: " << verdict.reason;
        ExplainOptions how;
        how.repeat_command = format("parley run --filter '{}'", cell_.name());
        EXPECT_EQ(name(verdict.kind), name(Verdict::Kind::passed)) << explain(cell_, observation, verdict, how);
    }

private:
    const Cell& cell_;
};

std::string without_dashes(std::string text) {
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

std::string test_name(const Cell& cell) {
    const auto player = [&cell](Side side) {
        const auto name = cell.player_name(side);
        return name == "-" ? "none" : name;
    };
    return format("{}_to_{}", player(Side::client), player(Side::server));
}

void register_cells(const Project& project) {
    for (const auto& cell : project.cells)
        testing::RegisterTest(without_dashes(cell.scenario->name).c_str(), without_dashes(test_name(cell)).c_str(),
                              nullptr, nullptr, cell.scenario->file.c_str(), 1,
                              [&cell]() -> testing::Test* { return new CellTest(cell); });
}

}  // namespace
}  // namespace parley

/// What stands behind --isolation=.
std::string asked_isolation(int argc, char** argv) {
    constexpr std::string_view option = "--isolation=";
    for (const std::string_view word : std::span(argv, static_cast<std::size_t>(argc)))
        if (word.starts_with(option)) return std::string(word.substr(option.size()));
    return "auto";
}

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    parley::raise_descriptor_limit();
    parley::Selection everything;
    everything.paths = {parley::scenarios};
    const auto project =
        parley::load_project(everything, std::string(parley::scenarios) + "/implementations.json", parley::build);
    for (const auto& diagnostic : project->diagnostics) std::fprintf(stderr, "%s\n", diagnostic.str().c_str());
    if (!project->diagnostics.empty()) return 2;
    if (!testing::GTEST_FLAG(list_tests)) parley::isolation = parley::choose_isolation(asked_isolation(argc, argv));
    if (parley::isolation == parley::Isolation::shared) parley::note_fixed_ports(project->cells, parley::build);
    parley::register_cells(*project);
    return RUN_ALL_TESTS();
}
