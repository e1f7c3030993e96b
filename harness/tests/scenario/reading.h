// Scenarios from texts, for the tests of the reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parley/base/format.h"
#include "parley/scenario/reader.h"

namespace parley {

/// Roles for tests: `talk` on both sides, each in Python and C++, and `mute-server`, which nobody plays.
inline Catalogue test_catalogue() {
    Catalogue catalogue;
    catalogue.roles["talk-server"] = {"talk-server", Side::server, "", 5050, {}};
    catalogue.roles["talk-client"] = {"talk-client", Side::client, "", 5050, {}};
    catalogue.roles["other-client"] = {"other-client", Side::client, "", 6060, {}};
    catalogue.roles["mute-server"] = {"mute-server", Side::server, "", 7070, {}};
    for (const char* role : {"talk-server", "talk-client", "other-client"}) {
        catalogue.implementations.push_back({role, "python", true, {"python3"}, {{"python3", "python3"}}});
        catalogue.implementations.push_back({role, "cpp", false, {"{build}/x"}, {}});
    }
    return catalogue;
}

struct Reading {
    std::vector<Scenario> scenarios;
    Scenario scenario;                  ///< the first
    std::vector<std::string> mistakes;  ///< `line:col: message`
};

inline Reading read_text(const std::string& text) {
    std::vector<Diagnostic> diagnostics;
    Reading reading;
    reading.scenarios = read_scenarios_text(text, "f.json", "f", test_catalogue(), diagnostics);
    if (!reading.scenarios.empty()) reading.scenario = reading.scenarios.front();
    for (const auto& diagnostic : diagnostics)
        reading.mistakes.push_back(diagnostic.str().substr(sizeof "f.json:" - 1));
    return reading;
}

/// A scenario with a server, a client and `more`.
inline std::string pair_with(std::string_view more) {
    return format(R"({{"about": "x", "server": {{"role": "talk-server"}}, "client": {{"role": "talk-client"}}{}{}}})",
                  more.empty() ? "" : ",\n", more);
}

/// One whose exchange is `turns`, on the second line.
inline std::string exchange_of(std::string_view turns) {
    return pair_with(format("\"exchange\": [{}]", turns));
}

}  // namespace parley
