// What a program sent or printed, as a value that it sends or prints in another run as well.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "parley/scenario/value.h"
#include "parley/wire/observation.h"

namespace parley {

/// What differs from one run to the next.
struct Variables {
    Clock clock;
    std::set<std::string> numbers;  ///< ephemeral ports and ids of processes, in decimal
};

Variables variables_of(const Observation& observation);

/// `bytes`, in which the client's port stands for one of `ports`, any time of the run may stand for a time within the
/// clock, any number for one of those, and where an exception went in Python is nobody's business.
Value recorded_value(std::string_view bytes, const Variables& variables, const std::set<int>& ports);

}  // namespace parley
