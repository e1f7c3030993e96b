// Whether octets are what a value describes, and where they first are not.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parley/scenario/value.h"
#include "parley/wire/observation.h"

namespace parley {

/// The result of holding octets against a value. Of `matches`, `incomplete` and `surplus` at most one holds; none of
/// them: the octet at `offset` is another one than expected.
struct Match {
    bool matches = false;
    /// Where not: the offset of the first octet that does not fit; actual.size() where all octets fit but more were
    /// expected.
    std::size_t offset = 0;
    /// All of `actual` fits, but the value needs more octets.
    bool incomplete = false;
    /// A true prefix of `actual`, actual[0, offset), is all that the value wants.
    bool surplus = false;
    /// Where it matches: what its captures kept.
    Captures captured = {};
};

/// Holds all of `actual` against `expected`. `clock` bounds the times of day that are accepted. What was captured
/// elsewhere is filled in before, by Value::with(), and the client's port by Value::with_ports(): what is not known
/// matches anything, and any port.
Match match(const Value& expected, std::string_view actual, const Clock& clock);

/// How many octets `expected` has, where that is the same for all that it describes.
std::optional<std::size_t> length_of(const Value& expected);

}  // namespace parley
