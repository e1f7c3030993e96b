// How many cells came out how.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "parley/report/result.h"

namespace parley {

/// Results counted by verdict.
struct Counts {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t known_failures = 0;
    std::size_t unsupported = 0;
    std::size_t could_not_run = 0;

    void add(Verdict::Kind kind);
    std::size_t total() const { return passed + failed + known_failures + unsupported + could_not_run; }
    /// Whether any verdict is not as a user wants it.
    bool trouble() const { return failed + could_not_run > 0; }
};

/// The counts of a run, and why cells are unsupported.
class Summary {
public:
    void add(const Verdict& verdict);
    const Counts& counts() const { return counts_; }

    /// `184 cells: 180 passed, 3 failed, 1 unsupported, 0 could not run in 12.3 s`, without a newline. Known failures
    /// are counted where there are any.
    std::string line(std::chrono::duration<double> elapsed) const;
    /// A line for each reason why cells are unsupported or known to fail: `12 cells need java (package default-jdk)`,
    /// `2 known failures: the port buffers its output`.
    std::string reasons() const;

private:
    Counts counts_;
    std::map<std::pair<Verdict::Kind, std::string>, std::size_t> reasons_;
};

/// `1 known failure`, `2 known failures`.
std::string known_failures(std::size_t count);

/// Whether a person has to be told why: the verdict is `failed` or `could_not_run`.
bool is_trouble(const Verdict& verdict);

/// The cell's name as people read it: what stands in a language's place is translated (`yours`).
std::string shown_name(const Cell& cell);

/// The first finding's sentence; of a verdict without findings its name.
std::string headline(const Verdict& verdict);

}  // namespace parley
