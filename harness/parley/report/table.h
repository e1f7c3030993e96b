// Client × server: at a glance, who understands whom.
#pragma once

#include <compare>
#include <map>
#include <string>

#include "parley/report/text_table.h"

namespace parley {

/// `echo` of `echo-server`.
std::string conversation_of(const std::string& role);

/// Counts the results of each pair of implementations and shows them as a table for each conversation:
///
///     echo        server
///     client      cpp       python
///     cpp         ✓ 12/12   ✗ 11/12
///     python      ✓ 12/12   ✓ 11/12, 1 unsupported
///     alone       ✓ 1/1     ✓ 1/1
///
/// A field holds how many passed of how many there were. The conversation is the server role's (`echo` of
/// `echo-server`); a client of another conversation is called by both its names (`message/c`); `alone` is the row of
/// servers without clients and the column of clients without a server. Where neither side has a role the conversation
/// is the folder of the scenario.
class Table {
public:
    void add(const Cell& cell, Verdict::Kind kind);
    /// Each table ends with a newline, with an empty line between two.
    std::string render(bool colour) const;

private:
    /// A row's or a column's place and name: the conversation's own languages, then other clients, `alone` last.
    struct Heading {
        enum class Rank { own, other, alone };
        Rank rank = Rank::own;
        std::string label;
        friend auto operator<=>(const Heading&, const Heading&) = default;
    };
    using Fields = Grid<Heading, Counts>;

    static std::string render(const std::string& conversation, const Fields& fields, bool colour);
    static Heading heading(const std::string& conversation, const Cell& cell, Side side);

    std::map<std::string, Fields> conversations_;
};

}  // namespace parley
