// Expected bytes: what a scenario says that a side sends, prints or is given.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "parley/base/bytes.h"
#include "parley/json/document.h"

namespace parley {

/// Exactly these octets.
struct Literal {
    Bytes bytes;
    friend bool operator==(const Literal&, const Literal&) = default;
};

/// A time of day between the beginning and the end of the cell, in the programs' time zone.
struct TimeText {
    enum class Format {
        ctime,      ///< `Sun Nov  2 09:41:00 2026`: C's asctime() without its newline; Python's time.ctime()
        java_date,  ///< `Sun Nov 02 09:41:00 UTC 2026`: java.util.Date.toString()
    };
    Format format = Format::ctime;
    std::string zone = "UTC";  ///< of java_date: the zone's name in the text
    friend bool operator==(const TimeText&, const TimeText&) = default;
};

/// Octets that a regular expression (Perl syntax, on bytes) matches.
struct Pattern {
    std::string expression;
    friend bool operator==(const Pattern&, const Pattern&) = default;
};

using ValuePart = std::variant<Literal, TimeText, Pattern>;

/// Parts that follow one another. Neighbouring literals are joined by the reader, so that plain bytes are one part.
struct Value {
    std::vector<ValuePart> parts;
    Position position;  ///< in the scenario file

    /// The octets, where the value leaves no choice; nullptr otherwise. No parts at all is the empty literal.
    const Bytes* literal() const;
    /// What is expected, as one line for a person: `"Echo ==>b'" + /[0-9]+/ + ctime`.
    std::string describe() const;
};

/// Why `expression` is no regular expression; empty where it is one.
std::string pattern_error(const std::string& expression);

}  // namespace parley
