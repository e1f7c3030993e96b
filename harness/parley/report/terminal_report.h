// What a person sees of a run, on a terminal or in a log.
#pragma once

#include <chrono>
#include <functional>

#include "parley/report/matrix_table.h"
#include "parley/report/output.h"
#include "parley/report/progress.h"
#include "parley/report/reporter.h"
#include "parley/report/table.h"
#include "parley/report/terminal.h"

namespace parley {

/// Tells each failure when it happens (cell and verdict, then the explanation) and at the end the tables, why cells are
/// unsupported or known to fail, and the summary as the last line. On a terminal the last line shows the progress
/// meanwhile.
///
/// Of all after the first 1,000 a line has to do. What cannot be written, because the reader has gone, is
/// dropped in silence: the exit status still tells.
class TerminalReport : public Reporter {
public:
    using Now = std::function<std::chrono::steady_clock::time_point()>;

    /// `descriptor` stays the caller's. What stdio still holds for it has to be flushed before begin().
    TerminalReport(int descriptor, Terminal terminal, Explain explain, Now now = &std::chrono::steady_clock::now);
    void begin(std::size_t total) override;
    void started(const Cell& cell) override;
    void finished(const CellResult& result) override;
    void tick() override { redraw(); }
    void end(bool interrupted) override;

    static constexpr std::size_t explained_failures = 1000;

private:
    void tell(const CellResult& result);
    void redraw();
    std::string erased() const;

    Output output_;
    int descriptor_;
    Terminal terminal_;
    Explain explain_;
    Now now_;
    std::chrono::steady_clock::time_point began_;
    Progress progress_;
    Throttle throttle_;
    Summary summary_;
    Table table_;
    MatrixTable matrix_;
};

}  // namespace parley
