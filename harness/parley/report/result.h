// What is known of a cell once it has run.
#pragma once

#include <functional>
#include <string>

#include "parley/judge/verdict.h"
#include "parley/scenario/plan.h"
#include "parley/wire/observation.h"

namespace parley {

struct CellResult {
    const Cell* cell =
        nullptr;         ///< never null in a result that is reported; owned by the plan, which outlives the reports
    int repetition = 0;  ///< of `--repeat`: counts from 0
    Observation observation;  ///< says nothing where the verdict is `unsupported`
    Verdict verdict;
};

/// The text that explains a failure to a person, several lines. It begins with what is wrong: the reports tell of which
/// cell, and the verdict, themselves.
using Explain = std::function<std::string(const CellResult&)>;

}  // namespace parley
