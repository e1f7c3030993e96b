#include "parley/report/terminal_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report_samples.h"

namespace parley {
namespace {

using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* erase = "\r\x1b[K";

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

/// A report into a file in memory, with a clock that the test moves.
class TerminalReportTest : public testing::Test {
protected:
    TerminalReport report(Terminal terminal = {}) {
        return {file_.get(), terminal, [](const CellResult&) { return std::string("why it failed\n"); },
                [this] { return now_; }};
    }

    MemoryFile file_;
    std::chrono::steady_clock::time_point now_;
    Cell cell_ = sample_cell("echo/a", "c", "cpp");
};

TEST_F(TerminalReportTest, IsSilentOfWhatPassesUntilTheEnd) {
    TerminalReport log = report();
    log.begin(1);
    log.started(cell_);
    log.finished(passed(cell_));
    EXPECT_EQ(file_.contents(), "");
    now_ += milliseconds(1500);
    log.end(false);
    EXPECT_EQ(file_.contents(),
              "echo     server\n"
              "client   cpp\n"
              "c        ✓ 1/1\n"
              "\n"
              "1 cell: 1 passed, 0 failed, 0 unsupported, 0 could not run in 1.5 s\n");
}

TEST_F(TerminalReportTest, ShowsTheMatrixBehindTheOtherTables) {
    TerminalReport log = report();
    const Cell crossing = tagged(sample_cell("cross/a", "c", "cpp", "date-client"), "matrix");
    log.begin(2);
    log.finished(passed(crossing));
    log.finished(passed(cell_));
    log.end(false);
    EXPECT_EQ(file_.contents(),
              "echo     server\n"
              "client   cpp\n"
              "c        ✓ 1/1\n"
              "\n"
              "matrix  server\n"
              "        echo\n"
              "client  cpp\n"
              "date/c  ✓ no connection\n"
              "\n"
              "2 cells: 2 passed, 0 failed, 0 unsupported, 0 could not run in 0.0 s\n");
}

TEST_F(TerminalReportTest, TellsAFailureWhenItHappens) {
    TerminalReport log = report();
    log.begin(2);
    log.finished(failed(cell_));
    EXPECT_EQ(file_.contents(), "FAILED echo/a:c:cpp\nwhy it failed\n\n");
}

TEST_F(TerminalReportTest, TellsWhatCouldNotRunAndInWhichRepetition) {
    TerminalReport log = report();
    log.begin(2);
    CellResult second = could_not_run(cell_);
    second.repetition = 1;
    log.finished(second);
    EXPECT_THAT(file_.contents(), StartsWith("COULD NOT RUN echo/a:c:cpp (repetition 2)\nwhy"));
}

TEST_F(TerminalReportTest, TellsWhyCellsAreUnsupported) {
    TerminalReport log = report();
    log.begin(1);
    log.finished(unsupported(cell_, "needs java (package default-jre-headless)"));
    log.end(false);
    EXPECT_THAT(file_.contents(), HasSubstr("\n\n1 cell needs java (package default-jre-headless)\n1 cell: 0 passed"));
}

TEST_F(TerminalReportTest, TellsOfKnownFailuresAtTheEnd) {
    TerminalReport log = report({.live = false, .colour = true});
    log.begin(1);
    log.finished(known_failure(cell_, "it is slow"));
    EXPECT_EQ(file_.contents(), "");
    log.end(false);
    EXPECT_THAT(file_.contents(),
                EndsWith("\n\n1 known failure: it is slow\n\x1b[32m1 cell: 0 passed, 0 failed, 1 known "
                         "failure, 0 unsupported, 0 could not run in 0.0 s\x1b[0m\n"));
}

TEST_F(TerminalReportTest, TellsHowManyCellsAnInterruptedRunLeft) {
    TerminalReport log = report();
    log.begin(10);
    log.finished(passed(cell_));
    log.end(true);
    EXPECT_THAT(file_.contents(), HasSubstr("\ninterrupted: 9 of 10 cells were not run\n1 cell: 1 passed"));
}

TEST_F(TerminalReportTest, TellsHowManyCellsARunThatStoppedEarlyLeft) {
    TerminalReport log = report();
    log.begin(10);
    log.finished(failed(cell_));
    log.end(false);
    EXPECT_THAT(file_.contents(), HasSubstr("\nstopped early: 9 of 10 cells were not run\n"));
}

TEST_F(TerminalReportTest, ExplainsABoundedNumberOfFailures) {
    TerminalReport log = report();
    log.begin(2000);
    for (int i = 0; i < 2000; ++i) log.finished(failed(cell_));
    EXPECT_EQ(count(file_.contents(), "why it failed"), TerminalReport::explained_failures);
    EXPECT_EQ(count(file_.contents(), "FAILED"), 2000U);
    EXPECT_THAT(file_.contents(), EndsWith("\nFAILED echo/a:c:cpp: the server's octet 24 differs\n"));
}

TEST_F(TerminalReportTest, LetsNoMessageMoveTheCursor) {
    TerminalReport log = report();
    CellResult result = failed(cell_);
    result.verdict.findings[0].message = "a\x1b[2J";
    log.begin(2000);
    for (int i = 0; i < 2000; ++i) log.finished(result);
    EXPECT_THAT(file_.contents(), EndsWith(": a\\x1b[2J\n"));
}

TEST_F(TerminalReportTest, ShowsWhatIsGoingOnOnATerminal) {
    TerminalReport live = report({.live = true, .colour = false});
    live.begin(184);
    live.started(cell_);
    EXPECT_EQ(file_.contents(), std::string(erase) + "  0/184  echo/a:c:cpp");
}

TEST_F(TerminalReportTest, RedrawsAtMostTenTimesASecond) {
    TerminalReport live = report({.live = true, .colour = false});
    live.begin(1000);
    for (int i = 0; i < 1000; ++i, now_ += milliseconds(1)) {
        live.started(cell_);
        live.finished(passed(cell_));
        live.tick();
    }
    EXPECT_EQ(count(file_.contents(), erase), 10U);
}

TEST_F(TerminalReportTest, NamesTheCellThatRunsAfterAQuickOne) {
    TerminalReport live = report({.live = true, .colour = false});
    const Cell slow = sample_cell("echo/slow", "c", "c");
    live.begin(3);
    live.started(cell_);
    live.finished(passed(cell_));
    live.started(slow);
    EXPECT_THAT(file_.contents(), EndsWith("0/3  echo/a:c:cpp"));
    now_ += milliseconds(100);
    live.tick();
    EXPECT_THAT(file_.contents(), EndsWith("1/3  echo/slow:c:c"));
}

TEST_F(TerminalReportTest, ShowsTheNextCellAndNotTheGapBeforeIt) {
    TerminalReport live = report({.live = true, .colour = false});
    const Cell next = sample_cell("echo/next", "c", "c");
    live.begin(2);
    live.started(cell_);
    now_ += milliseconds(100);
    live.finished(passed(cell_));
    live.started(next);
    EXPECT_THAT(file_.contents(), EndsWith("1/2  echo/next:c:c"));
}

TEST_F(TerminalReportTest, CountsTheLastCellsWhenNoneIsLeftToStart) {
    TerminalReport live = report({.live = true, .colour = false});
    live.begin(1);
    live.started(cell_);
    now_ += milliseconds(100);
    live.finished(passed(cell_));
    EXPECT_THAT(file_.contents(), EndsWith("1/1"));
}

TEST_F(TerminalReportTest, PutsAFailureAboveTheProgressLine) {
    TerminalReport live = report({.live = true, .colour = true});
    live.begin(2);
    live.finished(passed(cell_));
    live.finished(failed(cell_));
    EXPECT_THAT(file_.contents(), EndsWith(std::string(erase) + "\x1b[31mFAILED\x1b[0m echo/a:c:cpp\n"
                                                                "why it failed\n\n2/2  1 failed"));
}

TEST_F(TerminalReportTest, LeavesNoProgressLineBehind) {
    TerminalReport live = report({.live = true, .colour = true});
    live.begin(1);
    live.finished(passed(cell_));
    live.end(false);
    EXPECT_THAT(file_.contents(), HasSubstr(std::string("1/1") + erase + "echo     server\n"));
    EXPECT_THAT(file_.contents(), EndsWith("in 0.0 s\x1b[0m\n"));
}

}  // namespace
}  // namespace parley
