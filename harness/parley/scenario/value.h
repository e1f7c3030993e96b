// Expected bytes: what a scenario says that a side sends, prints or is given.
#pragma once

#include <cstddef>
#include <map>
#include <set>
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

/// Any octets, so many.
struct AnyOctets {
    std::size_t count = 0;
    friend bool operator==(const AnyOctets&, const AnyOctets&) = default;
};

/// The port of the client's socket, in decimal, as the program sees it whose words these are (getpeername(2),
/// getsockname(2)).
struct ClientPort {
    friend bool operator==(const ClientPort&, const ClientPort&) = default;
};

/// What the parts from here to the CaptureEnd that belongs to it match is kept under `name`.
struct CaptureBegin {
    std::string name;
    friend bool operator==(const CaptureBegin&, const CaptureBegin&) = default;
};
struct CaptureEnd {
    friend bool operator==(const CaptureEnd&, const CaptureEnd&) = default;
};

/// The octets that were kept under `name`.
struct Recall {
    std::string name;
    friend bool operator==(const Recall&, const Recall&) = default;
};

using ValuePart = std::variant<Literal, TimeText, Pattern, AnyOctets, ClientPort, CaptureBegin, CaptureEnd, Recall>;

/// What was kept of one conversation, by name.
using Captures = std::map<std::string, Bytes>;

/// Parts that follow one another. Neighbouring literals are joined, so that plain bytes are one part.
struct Value {
    std::vector<ValuePart> parts;
    Position position;  ///< in the scenario file

    /// The octets, where the value leaves no choice; nullptr otherwise. No parts at all is the empty literal.
    const Bytes* literal() const;
    /// Adds a part, joined with the last one where both are literals.
    void append(const ValuePart& part);
    /// The value with each Recall that `captures` knows replaced by its octets.
    Value with(const Captures& captures) const;
    /// The value with each ClientPort replaced by one of `ports`; as it is where there are none.
    Value with_ports(const std::set<int>& ports) const;
    /// What is expected, as one line for a person: `"Echo ==>b'" + /[0-9]+/ + ctime`. Of literals of more than `most`
    /// octets only the first are shown.
    std::string describe(std::size_t most = Bytes::npos) const;
};

/// Why `expression` is no regular expression; empty where it is one.
std::string pattern_error(const std::string& expression);

}  // namespace parley
