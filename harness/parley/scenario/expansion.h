// One file, many scenarios: a table of cases, and the several ways in which a conversation may go.
//
//     file ── cases ──▶ one text a case, its parameters filled in ── either ──▶ one text a way, laid over the rest
//
// Both work on JSON, before anything is read as a scenario: so whatever a scenario can say, a case and a way can.
#pragma once

#include <string>
#include <vector>

#include "parley/json/document.h"
#include "parley/scenario/budget.h"
#include "parley/scenario/object_reader.h"

namespace parley {

/// The text of one scenario of a file.
struct CaseText {
    std::string name;  ///< of the case; empty where the file has no table of cases
    JsonValue root;
};

/// `root` once for each of its `cases`, with every `{"parameter": …}` replaced by what the case gives it. A replaced
/// value keeps the place where it stands in the table. Without `cases`, `root` as it is. A text with a parameter that
/// is not known is reported and left out: what else is wrong with it would only follow from that. What the texts take
/// up comes from `budget`.
std::vector<CaseText> expand_cases(JsonValue root, Budget& budget, MistakeList& mistakes);

/// One of the ways in which a conversation may go.
struct WayText {
    std::string about;  ///< when it goes this way; may be empty
    JsonValue root;
};

/// `root` once for each element of its `either`, which is laid over it: what it says of the server, the clients and
/// what is expected of them joins what `root` says of them, everything else stands in place of what `root` has. Without
/// `either`, `root` as it is. What the texts take up comes from `budget`.
std::vector<WayText> expand_ways(JsonValue root, Budget& budget, MistakeList& mistakes);

}  // namespace parley
