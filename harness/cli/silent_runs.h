// Cells run without a word: whoever asks gets what was seen.
#pragma once

#include <boost/asio/io_context.hpp>
#include <vector>

#include "parley/run/workshop.h"
#include "parley/scenario/plan.h"
#include "parley/wire/observation.h"

namespace parley {

/// The user stopped it.
struct Interrupted {};

class SilentRuns {
public:
    /// In private network namespaces where the machine allows them, else on its own loopback.
    SilentRuns();

    /// What was seen of each of `cells`, in their order, all `repetitions` of one after the other. Throws Interrupted.
    std::vector<Observation> run(const std::vector<Cell>& cells, int repetitions = 1);

private:
    asio::io_context loop_{1};
    Workshop workshop_;
};

}  // namespace parley
