// A finding with all that it was found in, and what is asked of them where its likely cause is sought.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "parley/judge/acts.h"
#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// Refers to the three, which outlive it.
struct Evidence {
    const Scenario& scenario;
    const Observation& observation;
    const Finding& finding;

    Side side() const { return finding.side; }
    bool is(std::initializer_list<Finding::Code> codes) const;
    bool is_stuck() const { return is({Finding::Code::deadlock, Finding::Code::deadline}); }
    bool sent_nothing_of_its_turn() const { return finding.actual_bytes && finding.actual_bytes->empty(); }

    /// The events on the connections of the finding's client.
    std::vector<const WireEvent*> events() const;
    /// The first and the last event of `kind` of `side`; nullptr where there is none.
    const WireEvent* first(Side side, WireEvent::Kind kind) const;
    const WireEvent* last(Side side, WireEvent::Kind kind) const;
    /// What `side` has sent on the connections of the finding's client, act by act.
    std::vector<Bytes> messages_of(Side side) const;
    /// Whether `speaker` has sent anything, to whichever client.
    bool has_spoken(Side speaker) const;
    /// Whether `speaker` said anything after the other had ended its stream.
    bool spoke_after_end(Side speaker) const;
    /// Whether the finding's side was sent octets after what it had sent itself last, or never spoke.
    bool other_spoke_last() const;

    /// The program of a side; nullptr where no program plays it.
    const ProgramObservation* program(Side of) const;
    const ProgramObservation* program() const { return program(side()); }

    bool waits_in(Side of, std::initializer_list<std::string_view> calls) const;
    bool receives(Side of) const { return waits_in(of, {"recvfrom", "read", "recvmsg"}); }
    bool polls(Side of) const { return waits_in(of, {"poll", "ppoll"}); }
    /// In the calls of event loops, which wait for all sorts of things at once.
    bool loops(Side of) const { return waits_in(of, {"epoll_wait", "epoll_pwait", "select", "pselect6"}); }
    bool sends(Side of) const { return waits_in(of, {"sendto", "write", "sendmsg"}); }
    bool accepts() const { return side() == Side::server && waits_in(Side::server, {"accept", "accept4"}); }
    /// Whether the server waits for clients to come, and for none of those that it has.
    bool only_accepts() const { return accepts() && !receives(Side::server); }
    /// Whether a connection of the finding's client still waits for the server to accept() it.
    bool is_queued() const;
    /// Whether there is an event of `side` and `kind` on a connection that the server has accepted, of whichever
    /// client.
    bool accepted_any(Side side, WireEvent::Kind kind) const;
    /// Whether the finding's program runs without waiting for anything.
    bool spins() const;

    /// What the finding's client was to exchange; nothing where there is no such client.
    std::vector<Step> steps() const;
};

}  // namespace parley
