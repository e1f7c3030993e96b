#include "parley/report/summary.h"

#include <gtest/gtest.h>

#include "parley/report/timestamp.h"
#include "report_samples.h"

namespace parley {
namespace {

using std::chrono::milliseconds;

Summary summary_of(const std::vector<CellResult>& results) {
    Summary summary;
    for (const CellResult& result : results) summary.add(result.verdict);
    return summary;
}

TEST(Summary, CountsEveryVerdict) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    EXPECT_EQ(summary_of({passed(cell), passed(cell), failed(cell), could_not_run(cell), unsupported(cell, "why")})
                  .line(milliseconds(12345)),
              "5 cells: 2 passed, 1 failed, 1 unsupported, 1 could not run in 12.3 s");
}

TEST(Summary, CountsOneCellInTheSingular) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    EXPECT_EQ(summary_of({passed(cell)}).line(milliseconds(40)),
              "1 cell: 1 passed, 0 failed, 0 unsupported, 0 could not run in 0.0 s");
}

TEST(Summary, CountsKnownFailuresWhereThereAreAny) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    EXPECT_EQ(summary_of({passed(cell), known_failure(cell, "why"), known_failure(cell, "why")}).line(milliseconds(40)),
              "3 cells: 1 passed, 0 failed, 2 known failures, 0 unsupported, 0 could not run in 0.0 s");
    EXPECT_EQ(summary_of({known_failure(cell, "why")}).line(milliseconds(40)),
              "1 cell: 0 passed, 0 failed, 1 known failure, 0 unsupported, 0 could not run in 0.0 s");
}

TEST(Summary, TakesAKnownFailureForNoTrouble) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    EXPECT_FALSE(summary_of({known_failure(cell, "why")}).counts().trouble());
    EXPECT_FALSE(is_trouble(known_failure(cell, "why").verdict));
}

TEST(Summary, TellsEachReasonOnce) {
    const Cell cell = sample_cell("echo/a", "c", "c");
    const std::string java = "needs java (package default-jre-headless)";
    EXPECT_EQ(summary_of({unsupported(cell, java), unsupported(cell, "needs go (package golang)"),
                          unsupported(cell, java), unsupported(cell, "no IPv6 here"), known_failure(cell, "it is slow"),
                          known_failure(cell, "it is slow")})
                  .reasons(),
              "2 known failures: it is slow\n"
              "1 cell needs go (package golang)\n"
              "2 cells need java (package default-jre-headless)\n"
              "1 cell unsupported: no IPv6 here\n");
}

TEST(Timestamp, IsIso8601InUtc) {
    EXPECT_EQ(utc_timestamp(0), "1970-01-01T00:00:00");
    EXPECT_EQ(utc_timestamp(1'709'210'096), "2024-02-29T12:34:56");
}

}  // namespace
}  // namespace parley
