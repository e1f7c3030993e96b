// A conversation as one draws it on a board: two life lines, what crosses between them, the calls beside them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parley/scenario/scenario.h"

namespace parley {

/// One step of a diagram, from the top.
struct DiagramRow {
    enum class Kind {
        joins,     ///< a side's life line begins; `text` stands in a box above it
        absent,    ///< the same, where there is nobody
        calls,     ///< nothing crosses; `text` stands between the lines
        connects,  ///< the client's SYN
        data,      ///< `text` is what crosses
        end,       ///< FIN
        reset,     ///< RST
        waits,     ///< as `calls`, for ever
        unknown,   ///< nothing is said of what happens here
        leaves,    ///< a side's life line ends; `text` stands in a box below it
    };
    Kind kind = Kind::calls;
    Who who = Who::client;          ///< whose doing it is; of `both` (of end, reset, waits) nothing tells the order
    std::vector<std::string> text;  ///< lines of at most `between_columns`, in boxes of at most `box_columns`
    std::string measure;            ///< on the arrow: `19 octets`
    std::string client_call, server_call;  ///< beside the life lines, at most `call_columns`: `bind :5050`
};

constexpr std::size_t diagram_columns = 100;
constexpr std::size_t between_columns = 70;
constexpr std::size_t box_columns = 44;
constexpr std::size_t call_columns = 11;

/// The rows drawn, in lines of at most `diagram_columns` that each end with a newline.
std::string draw(const std::vector<DiagramRow>& rows, bool colour);

}  // namespace parley
