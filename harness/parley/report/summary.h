// How many cells came out how.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include "parley/report/result.h"

namespace parley {

/// Results counted by verdict.
struct Counts {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t unsupported = 0;
    std::size_t could_not_run = 0;

    void add(Verdict::Kind kind);
    std::size_t total() const { return passed + failed + unsupported + could_not_run; }
    /// Whether any verdict is not as a user wants it.
    bool trouble() const { return failed + could_not_run > 0; }
};

/// The counts of a run, and why cells are unsupported.
class Summary {
public:
    void add(const Verdict& verdict);
    const Counts& counts() const { return counts_; }

    /// `184 cells: 180 passed, 3 failed, 1 unsupported, 0 could not run in 12.3 s`, without a newline.
    std::string line(std::chrono::duration<double> elapsed) const;
    /// A line for each reason: `12 cells need java (package default-jre-headless)`.
    std::string unsupported() const;

private:
    Counts counts_;
    std::map<std::string, std::size_t> reasons_;
};

/// Whether a person has to be told why: the verdict is `failed` or `could_not_run`.
bool is_trouble(const Verdict& verdict);

/// The first finding's sentence; of a verdict without findings its name.
std::string headline(const Verdict& verdict);

}  // namespace parley
