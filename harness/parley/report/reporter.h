// Who is told of a run as it goes on.
#pragma once

#include <cstddef>

#include "parley/report/result.h"

namespace parley {

/// Receives begin() once, then started() and finished() of each cell (several may run at once; an unsupported cell
/// only finishes), then end() once. What a reporter keeps does not grow with the number of repetitions.
class Reporter {
public:
    virtual ~Reporter() = default;
    /// `total`: the results to come, repetitions counted.
    virtual void begin(std::size_t total) = 0;
    virtual void started(const Cell& cell) = 0;
    virtual void finished(const CellResult& result) = 0;
    /// Time has passed. Called about ten times a second while cells run, so that what is shown stays true of now.
    virtual void tick() {}
    /// Completes the report, also of a run that the user stopped. Throws SystemError where the report could not be
    /// written in whole.
    virtual void end(bool interrupted) = 0;
};

}  // namespace parley
