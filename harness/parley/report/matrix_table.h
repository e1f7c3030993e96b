// All clients × all servers: what came of each pair.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>

#include "parley/report/result.h"
#include "parley/report/text_table.h"

namespace parley {

/// What programs that met made of it: `bytes` (the conversation came to its end), `silence` (so it did, and nobody said
/// anything), `reset`, `deadlock`, `time up`, or `no connection`. As for the judge, a reset after a side's own end of
/// stream is none.
std::string outcome_of(const Observation& observation);

/// Shows the cells of scenarios with the tag `matrix`, whatever their conversations, as one table:
///
///     matrix        server
///                   message              ctime
///     client        c         cpp        python    cpp
///     message/c     ✓ bytes   ✓ bytes    ✓ reset   ✓ reset
///     echo/python   ✓ bytes   ✗ bytes    ✓ reset   – unsupported
///
/// A field holds the outcome; of several cells how many passed, and which outcomes there were how often. Programs stand
/// in the catalogue's order.
class MatrixTable {
public:
    /// Whether it is the place for `cell`.
    static bool shows(const Cell& cell);
    void add(const CellResult& result);
    /// Ends with a newline; empty where there is nothing to show.
    std::string render(bool colour) const;

private:
    struct Heading {
        std::size_t place = 0;  ///< in the catalogue; those that are not in it come last
        std::string conversation, language;
        std::string label;  ///< both: `message/cpp`
        friend auto operator<=>(const Heading&, const Heading&) = default;
    };
    struct Tally {
        Counts counts;
        std::map<std::string, std::size_t> outcomes;
    };

    static Heading heading(const Cell& cell, Side side);
    static Field field(const Tally& tally);

    Grid<Heading, Tally> fields_;
};

}  // namespace parley
