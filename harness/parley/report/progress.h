// What is going on now, in one line.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "parley/report/summary.h"

namespace parley {

/// Which cells run and how many are done.
class Progress {
public:
    void begin(std::size_t total) { total_ = total; }
    void started(const Cell& cell) { running_.push_back(&cell); }
    void finished(const Cell& cell, Verdict::Kind kind);
    const Counts& counts() const { return counts_; }
    std::size_t total() const { return total_; }
    bool nothing_to_start() const { return counts_.total() + running_.size() >= total_; }

    /// ` 57/184  3 failed  echo/two-messages:python:cpp and 3 more`, in at most `columns` columns.
    std::string line(std::size_t columns) const;

private:
    std::size_t total_ = 0;
    Counts counts_;
    std::vector<const Cell*> running_;  ///< in the order in which they started
};

/// Lets something through at most ten times a second.
class Throttle {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    /// Whether `now` is long enough after the last time that this was true; true the first time.
    bool admits(TimePoint now);

private:
    std::optional<TimePoint> last_;
};

}  // namespace parley
