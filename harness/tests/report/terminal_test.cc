#include "parley/report/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "parley/base/error.h"
#include "parley/base/file_descriptor.h"
#include "parley/report/progress.h"
#include "report_samples.h"
#include "tests/base/in_portuguese.h"

namespace parley {
namespace {

/// The program's side of a pseudo-terminal.
struct PseudoTerminal {
    FileDescriptor master{checked(posix_openpt(O_RDWR | O_NOCTTY), "posix_openpt")};
    FileDescriptor slave;
    PseudoTerminal() {
        checked(grantpt(master.get()), "grantpt");
        checked(unlockpt(master.get()), "unlockpt");
        slave.reset(checked(open(ptsname(master.get()), O_RDWR | O_NOCTTY), "open", "pseudo-terminal"));
    }
};

class TerminalTest : public testing::Test {
protected:
    void SetUp() override {
        setenv("TERM", "xterm", 1);
        unsetenv("NO_COLOR");
    }
    PseudoTerminal terminal_;
};

TEST_F(TerminalTest, IsLiveAndColoured) {
    const Terminal terminal = Terminal::of(terminal_.slave.get());
    EXPECT_TRUE(terminal.live);
    EXPECT_TRUE(terminal.colour);
}

TEST_F(TerminalTest, HonoursNoColor) {
    setenv("NO_COLOR", "1", 1);
    const Terminal terminal = Terminal::of(terminal_.slave.get());
    EXPECT_TRUE(terminal.live);
    EXPECT_FALSE(terminal.colour);
}

TEST_F(TerminalTest, HonoursADumbTerminal) {
    setenv("TERM", "dumb", 1);
    const Terminal terminal = Terminal::of(terminal_.slave.get());
    EXPECT_FALSE(terminal.live);
    EXPECT_FALSE(terminal.colour);
}

TEST_F(TerminalTest, IsNoneInAFile) {
    const MemoryFile file;
    EXPECT_FALSE(Terminal::of(file.get()).live);
    EXPECT_EQ(width_of(file.get()), 80U);
}

TEST_F(TerminalTest, KnowsItsWidth) {
    const winsize size{.ws_row = 25, .ws_col = 132, .ws_xpixel = 0, .ws_ypixel = 0};
    checked(ioctl(terminal_.slave.get(), TIOCSWINSZ, &size), "ioctl");
    EXPECT_EQ(width_of(terminal_.slave.get()), 132U);
}

TEST_F(TerminalTest, WithoutAWidthIsTakenToHave80Columns) {
    const winsize size{};
    checked(ioctl(terminal_.slave.get(), TIOCSWINSZ, &size), "ioctl");
    EXPECT_EQ(width_of(terminal_.slave.get()), 80U);
}

TEST(Columns, AreOneOfMostCharacters) {
    EXPECT_EQ(columns_of("✓ é"), 3U);
    EXPECT_EQ(clipped("✓ é!", 3), "✓ é");
    EXPECT_EQ(clipped("✓ é", 3), "✓ é");
    EXPECT_EQ(clipped("✓ é", 0), "");
}

TEST(Columns, AreTwoOfAWideCharacterAndNoneOfACombiningOne) {
    EXPECT_EQ(columns_of("日本 😀"), 7U);
    EXPECT_EQ(columns_of("e\u0301\xff"), 2U);
    EXPECT_EQ(clipped("日本語", 5), "日本");
    EXPECT_EQ(clipped("e\u0301e", 1), "e\u0301");
}

TEST(Progress, NamesTheCellThatRunsForLongest) {
    const Cell slow = sample_cell("echo/slow", "c", "c");
    const Cell quick = sample_cell("echo/quick", "c", "c");
    Progress progress;
    progress.begin(184);
    progress.started(slow);
    progress.started(quick);
    EXPECT_EQ(progress.line(80), "  0/184  echo/slow:c:c and 1 more");
    progress.finished(slow, Verdict::Kind::failed);
    EXPECT_EQ(progress.line(80), "  1/184  1 failed  echo/quick:c:c");
    progress.finished(quick, Verdict::Kind::could_not_run);
    EXPECT_EQ(progress.line(80), "  2/184  1 failed  1 could not run");
    progress.finished(quick, Verdict::Kind::known_failure);
    EXPECT_EQ(progress.line(80), "  3/184  1 failed  1 known failure  1 could not run");
}

TEST(Progress, IsToldInTheLanguageOfTheAnswer) {
    const InPortuguese language;
    if (!language.holds) GTEST_SKIP() << "built without gettext";
    const Cell cell = sample_cell("echo/a", "python", "yours");
    Progress progress;
    progress.begin(4);
    progress.finished(cell, Verdict::Kind::failed);
    progress.finished(cell, Verdict::Kind::could_not_run);
    progress.started(cell);
    progress.started(cell);
    EXPECT_EQ(progress.line(80), "2/4  1 falhou  sem rodar: 1  echo/a:python:seu e mais 1");
}

TEST(Progress, KnowsARepetitionFromAnother) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    Progress progress;
    progress.begin(2);
    progress.started(cell);
    progress.started(cell);
    progress.finished(cell, Verdict::Kind::passed);
    EXPECT_EQ(progress.line(80), "1/2  echo/a:c:c");
}

TEST(Progress, FitsTheTerminal) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    Progress progress;
    progress.begin(2);
    progress.started(cell);
    EXPECT_EQ(progress.line(7), "0/2  ec");
}

}  // namespace
}  // namespace parley
