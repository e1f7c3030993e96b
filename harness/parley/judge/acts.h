// The two sequences that the judge lays side by side: what had to happen on a connection, and what did.
//
//     exchange:    client "Hello " · client "world!" · server "Hi" · both end
//     steps:       client "Hello world!" · server "Hi" · both end
//     transcript:  client "Hel" · client "lo world!" · server "Hi" · server end · client end
//     acts:        client "Hello world!" · server "Hi" · server end · client end
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "parley/scenario/scenario.h"
#include "parley/wire/transcript.h"

namespace parley {

/// One or more turns that nothing tells apart on the wire: the data of one side up to the next turn of another kind.
struct Step {
    Who who = Who::client;
    std::variant<Value, StreamEvent> what;
    Position position;  ///< of the first of its turns
    int turn = 1;       ///< the number of the first of its turns; the first of an exchange is turn 1
};

/// The steps of `exchange`. Neighbouring literals of what is joined become one.
std::vector<Step> steps_of(const std::vector<Turn>& exchange);

/// Whether a step wants `event` of `side`.
bool mentions(const std::vector<Step>& steps, Side side, StreamEvent event);

/// What a side did: all that it sent before anything else that matters happened, or how it ended.
struct Act {
    Side side = Side::client;
    WireEvent::Kind kind = WireEvent::Kind::data;
    Bytes bytes;
    std::size_t order = 0;  ///< the place in the transcript of its first event
    std::uint64_t cut = 0;  ///< octets that are not kept, after `bytes`
};

/// What happened on one connection, as far as `steps` care.
struct Acts {
    std::vector<Act> list;
    std::optional<std::size_t> client_end, server_end;  ///< the places in the transcript, also of ends not in `list`

    std::optional<std::size_t> end(Side side) const { return side == Side::client ? client_end : server_end; }
};

/// The acts on `connection`. Left out are ends of a side of which no end is expected, and the reset that follows a
/// side's own end: the kernel sends it for whatever arrives after close().
Acts acts_of(const Transcript& transcript, int connection, const std::vector<Step>& steps);

/// How many octets `side` has sent on `connection`, kept or not.
std::uint64_t octets_sent(const Transcript& transcript, int connection, Side side);

/// All that happened on `connection`, as the turns of an exchange.
std::vector<Turn> turns_seen(const Transcript& transcript, int connection);

}  // namespace parley
