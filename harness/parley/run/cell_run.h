// One cell, from its namespaces to its observation.
//
//   make namespaces ─▶ relay listens ─▶ start server and clients ─▶ watch ─▶ look once more ─▶ end everything
//
// Watching ends when nothing more can happen, when all wait for each other, or when time is up.
#pragma once

#include <memory>

#include "parley/base/asio.h"
#include "parley/run/workshop.h"
#include "parley/scenario/plan.h"
#include "parley/wire/observation.h"

namespace parley {

class CellRun {
public:
    CellRun(Workshop& workshop, const Cell& cell);
    ~CellRun();

    /// Runs it. Afterwards nothing of it is left: no process, namespace or descriptor. What the harness itself fails at
    /// is told in the observation (Ending::broken).
    asio::awaitable<Observation> run();

    /// Makes run() come to its end soon, with Ending::interrupted.
    void interrupt();

private:
    class Stage;
    std::unique_ptr<Stage> stage_;
};

}  // namespace parley
