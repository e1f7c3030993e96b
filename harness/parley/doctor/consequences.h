// What parley will do on a machine, because of what it has and lacks.
#pragma once

#include <string>
#include <vector>

#include "parley/doctor/feature.h"

namespace parley {

struct Consequences {
    std::string isolation;   ///< of cells, where it is left to parley: `namespace` or `shared`; `none`: nothing runs
    bool contained = false;  ///< whether programs on trial can be kept from the machine's files and processes
    std::vector<std::string> unsupported;  ///< what is told to be `unsupported`, as phrases
    bool anything_runs() const { return isolation != "none"; }
    /// As sentences, one a line.
    std::vector<std::string> sentences() const;
};

Consequences consequences(const std::vector<Examined>& all);

}  // namespace parley
