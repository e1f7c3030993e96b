// The run as JUnit XML, which CI servers show.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "parley/base/file_descriptor.h"
#include "parley/report/reporter.h"

namespace parley {

/// One `testsuite` a scenario, one `testcase` a cell (all its repetitions together: the first trouble is told, with
/// how often there was any, and the times are added up), written by end(), sorted by name.
///
/// A failed cell is a `failure`, one that could not run an `error`, an unsupported one and a known failure `skipped`.
/// Octets that XML 1.0 cannot hold show as `\xNN`. Of at most 1,000 cells the explanation and what the programs printed
/// are kept.
class JUnitReport : public Reporter {
public:
    /// `file` is opened for writing by the caller, early, and `path` names it in errors.
    JUnitReport(FileDescriptor file, std::string path, Explain explain);
    void begin(std::size_t total) override;
    void started(const Cell&) override {}
    void finished(const CellResult& result) override;
    void end(bool interrupted) override;

    static constexpr std::size_t kept_explanations = 1000;

    struct Case {
        Verdict::Kind kind = Verdict::Kind::passed;  ///< of the first repetition that was no pass
        double seconds = 0;
        std::size_t repetitions = 0;
        std::size_t troubles = 0;
        std::string code;         ///< of the first trouble's first finding
        std::string message;      ///< its sentence, or why the cell is skipped
        std::string explanation;  ///< of the first trouble
        std::string consoles;     ///< what the programs printed then
    };
    struct Suite {
        std::string file;
        std::int64_t began = 0;  ///< seconds since the epoch
        std::map<std::string, Case> cases;
    };

private:
    void keep_trouble(Case& cell, const CellResult& result);

    FileDescriptor file_;
    std::string path_;
    Explain explain_;
    std::int64_t began_ = 0;
    std::size_t explanations_ = 0;
    std::map<std::string, Suite> suites_;
};

}  // namespace parley
