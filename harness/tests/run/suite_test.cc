#include "parley/run/suite.h"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <map>

#include "made_cell.h"

namespace parley {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using testing::VariantWith;

// Cells of one kind, and what the suite tells of them.
class Suites : public CellTest {
protected:
    void SetUp() override {
        CellTest::SetUp();
        made.server({"listen", "5050", "accept", "send", "x", "recv-end"}).client({"connect", "5050", "recv", "1"});
    }
    Suite::Events events() {
        return {[this](const Cell&) { most_at_once = std::max(most_at_once, ++at_once); },
                [this](const Cell& cell, int repetition, const Observation& observation) {
                    if (cell.unsupported.empty()) --at_once;
                    endings.push_back(observation.ending);
                    ++of_repetition[repetition];
                    if (on_finish) on_finish();
                }};
    }
    void run_suite(Suite& suite) {
        bool done = false;
        asio::co_spawn(context, suite.run(), [&](const std::exception_ptr& trouble) {
            EXPECT_FALSE(trouble);
            done = true;
        });
        run_until(done);
    }

    int at_once = 0, most_at_once = 0;
    std::vector<Ending> endings;
    std::map<int, int> of_repetition;
    std::function<void()> on_finish;
};

TEST_F(Suites, RunNoMoreCellsAtATimeThanJobs) {
    const std::vector<Cell> cells(7, made.cell());
    Suite suite(*workshop, cells, 1, 3, events());
    run_suite(suite);
    EXPECT_EQ(most_at_once, 3);
    EXPECT_EQ(at_once, 0);
    EXPECT_THAT(endings, SizeIs(7));
    EXPECT_THAT(endings, Each(Ending::complete));
}

// One cell looks for what it has left behind while another's program has already ended and is not yet known.
TEST_F(Suites, KeepTheProgramsOfCellsApartThatEndAtOnce) {
    MadeCell brief;
    brief.client({"exit", "7"});
    const std::vector<Cell> cells(200, brief.cell());
    auto telling = events();
    telling.finished = [this](const Cell&, int, const Observation& observation) {
        EXPECT_EQ(observation.ending, Ending::complete) << observation.trouble;
        EXPECT_THAT(observation.clients,
                    ElementsAre(Field(&ProgramObservation::state, VariantWith<Exited>(Exited{7}))));
        --at_once;
    };
    Suite suite(*workshop, cells, 1, 8, telling);
    run_suite(suite);
    EXPECT_EQ(at_once, 0);
}

TEST_F(Suites, RunEachCellAsOftenAsIsAsked) {
    const std::vector<Cell> cells(3, made.cell());
    Suite suite(*workshop, cells, 4, 2, events());
    run_suite(suite);
    EXPECT_EQ(of_repetition, (std::map<int, int>{{0, 3}, {1, 3}, {2, 3}, {3, 3}}));
}

TEST_F(Suites, ReportUnsupportedCellsWithoutStartingThem) {
    std::vector<Cell> cells(2, made.cell());
    cells[0].unsupported = "needs javac";
    Suite suite(*workshop, cells, 1, 1, events());
    run_suite(suite);
    EXPECT_THAT(endings, SizeIs(2));
    EXPECT_EQ(most_at_once, 1);
}

TEST_F(Suites, OfNoCellsAreDoneAtOnce) {
    const std::vector<Cell> none;
    Suite suite(*workshop, none, 3, 2, events());
    run_suite(suite);
    EXPECT_THAT(endings, IsEmpty());
}

TEST_F(Suites, StartNoMoreCellsOnceTheyAreStopped) {
    const std::vector<Cell> cells(10, made.cell());
    Suite suite(*workshop, cells, 1, 2, events());
    on_finish = [&] { suite.stop(false); };
    run_suite(suite);
    EXPECT_THAT(endings, SizeIs(2));  // the one that finished first, and the one beside it
    EXPECT_THAT(endings, Each(Ending::complete));
}

TEST_F(Suites, EndWhatRunsWhenTheyAreStoppedAtOnce) {
    made.scenario.time_limit = std::chrono::minutes(1);
    made.scenario.server->argv = Steps{"listen", "5050", "accept", "spin"};
    const std::vector<Cell> cells(10, made.cell());
    Suite suite(*workshop, cells, 1, 2, events());
    asio::post(context, [&] { suite.stop(true); });
    run_suite(suite);
    EXPECT_THAT(endings, SizeIs(testing::Le(2)));
    EXPECT_THAT(endings, Each(Ending::interrupted));
}

// ---- cells that wait by nature

// Three of them among three others; `started` spells the order in which the suite begins them.
class SuitesThatWait : public Suites {
protected:
    void SetUp() override {
        Suites::SetUp();
        pausing.server({"listen", "5050", "accept", "send", "x", "recv-end"})
            .scripted_client()
            .exchange({{Who::client, Pause{std::chrono::milliseconds(1)}, {}}});
        for (int pair = 0; pair < 3; ++pair) cells.insert(cells.end(), {made.cell(), pausing.cell()});
    }
    Suite::Events events() {
        auto told = Suites::events();
        told.started = [this, count = told.started](const Cell& cell) {
            count(cell);
            const bool waits = waits_by_nature(*cell.scenario);
            started += waits ? 'w' : '.';
            waiting += waits;
            most_waiting = std::max(most_waiting, waiting);
        };
        told.finished = [this, count = told.finished](const Cell& cell, int repetition, const Observation& seen) {
            waiting -= waits_by_nature(*cell.scenario);
            count(cell, repetition, seen);
        };
        return told;
    }

    MadeCell pausing;
    std::vector<Cell> cells;
    std::string started;
    int waiting = 0, most_waiting = 0;
};

TEST_F(SuitesThatWait, RunOneAtATimeInTheGivenOrderWithOneJob) {
    Suite suite(*workshop, cells, 2, 1, events());
    run_suite(suite);
    EXPECT_EQ(started, ".w.w.w.w.w.w");
    EXPECT_EQ(most_at_once, 1);
}

TEST_F(SuitesThatWait, RunBesideThoseThatWork) {
    Suite suite(*workshop, cells, 1, 2, events());
    run_suite(suite);
    EXPECT_EQ(started.substr(0, 4), ".w.w");
    EXPECT_EQ(most_at_once, 4);
    EXPECT_EQ(most_waiting, 2);
}

TEST_F(SuitesThatWait, RunSoManyAtATimeAsJobs) {
    std::erase_if(cells, [](const Cell& cell) { return !waits_by_nature(*cell.scenario); });
    Suite suite(*workshop, cells, 1, 3, events());
    run_suite(suite);
    EXPECT_EQ(most_waiting, 3);
}

TEST_F(SuitesThatWait, RunEachCellAsOftenAsIsAsked) {
    Suite suite(*workshop, cells, 3, 4, events());
    run_suite(suite);
    EXPECT_EQ(of_repetition, (std::map<int, int>{{0, 6}, {1, 6}, {2, 6}}));
    EXPECT_THAT(endings, Each(Ending::complete));
}

}  // namespace
}  // namespace parley
