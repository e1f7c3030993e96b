#include "parley/judge/cause_recognisers.h"

#include <algorithm>

#include "parley/base/language.h"
#include "parley/judge/arrival.h"

namespace parley::recognise {

namespace {

/// Where the finding's client was not accepted yet, an earlier one's.
bool has_seen_end(const Evidence& evidence) {
    const Side ended = other(evidence.side());
    return evidence.is_queued() ? evidence.accepted_any(ended, Kind::end) : evidence.last(ended, Kind::end) != nullptr;
}

}  // namespace

std::optional<Cause> from_spinning(const Evidence& evidence) {
    if (!evidence.spins()) return {};
    if (has_seen_end(evidence)) {
        return Cause{"end-ignored", Sureness::likely,
                     tr("the other side has ended its stream, and it runs in a loop without waiting for anything: "
                        "where recv() returns 0, the loop has to end")};
    }
    return Cause{"busy-loop", Sureness::likely,
                 tr("it runs in a loop in which it waits for nothing: neither accept() nor recv() is reached")};
}

std::optional<Cause> one_at_a_time(const Evidence& evidence) {
    const auto& clients = evidence.scenario.clients;
    const bool idle =
        std::any_of(clients.begin(), clients.end(), [](const ClientPart& part) { return part.player == Player::idle; });
    if (!evidence.is_stuck() || !evidence.scenario.at_once || !idle || evidence.side() != Side::server) return {};
    if (evidence.only_accepts()) return {};
    return Cause{"one-at-a-time", Sureness::likely,
                 tr("while it is busy with one client, which says nothing for now, another one waits: serve each in a "
                    "thread or process of its own")};
}

std::optional<Cause> forgotten_client(const Evidence& evidence) {
    const bool forgotten = evidence.finding.code == Code::turn_missing ||
                           (evidence.finding.code == Code::deadlock && evidence.only_accepts());
    if (!forgotten || evidence.side() != Side::server || !evidence.scenario.at_once || evidence.is_queued()) return {};
    const auto* server = evidence.program();
    if (!server || !std::holds_alternative<Running>(server->state)) return {};
    if (!evidence.has_spoken(Side::server) || !evidence.messages_of(Side::server).empty()) return {};
    return Cause{"descriptor-shared", Sureness::likely,
                 tr("it accepted this client and answers others only: hand each thread its own descriptor by value; "
                    "through the address of one variable all of them find what the last accept() put there")};
}

std::optional<Cause> not_accepted(const Evidence& evidence) {
    if (evidence.side() != Side::server || !evidence.is_queued()) return {};
    if (!evidence.is_stuck() && !evidence.is({Code::turn_missing, Code::end_missing})) return {};
    if (evidence.loops(Side::server) || evidence.polls(Side::server)) {
        return Cause{"not-accepted", Sureness::certain,
                     tr("a client waits to be accepted, and the server waits for other sockets: the one that listens "
                        "has to be among those that select(), poll() or epoll watch, each time anew (select() takes "
                        "out of its sets what is not ready)")};
    }
    return Cause{"not-accepted", Sureness::certain,
                 evidence.accepted_any(Side::server, Kind::connected)
                     ? tr("it has accepted an earlier client and not this one: when a client is served, the server has "
                          "to come back to accept()")
                     : tr("it has accepted nobody: after listen() comes accept(), which waits for a client")};
}

std::optional<Cause> from_waiting(const Evidence& evidence) {
    if (evidence.sends(Side::server) && evidence.sends(Side::client)) {
        return Cause{"both-send", Sureness::certain,
                     tr("both sides send and neither reads: read between two writes, or the buffers of both fill up")};
    }
    if (!evidence.sent_nothing_of_its_turn()) return {};
    // One that has answered, this client or another, knows when a message is complete.
    const bool loops = evidence.loops(evidence.side()) && !evidence.has_spoken(evidence.side());
    if ((evidence.receives(evidence.side()) || evidence.polls(evidence.side()) || loops) &&
        evidence.other_spoke_last()) {
        if (evidence.side() == Side::client) {
            return Cause{"reads-on", Sureness::likely,
                         tr("it has been sent all that it will get and goes on reading: it waits for more octets, a "
                            "delimiter or the end of the stream, which does not come before its next message; or that "
                            "lies in a buffer that was not flushed")};
        }
        return Cause{"reads-on", Sureness::likely,
                     tr("it has been sent all that it will get and goes on reading: it waits for more octets, a "
                        "delimiter or the end of the stream, which does not come before its reply; or send() is "
                        "missing, or its reply lies in a buffer that was not flushed")};
    }
    if (evidence.receives(evidence.side()) && evidence.messages_of(other(evidence.side())).empty()) {
        return evidence.side() == Side::client
                   ? Cause{"nothing-sent", Sureness::likely,
                           tr("it waits for an answer and has asked nothing: send() is missing or comes after recv(), "
                              "or what it wrote lies in a buffer that was not flushed")}
                   : Cause{"reads-first", Sureness::likely,
                           tr("it waits for a request, and in this protocol the server speaks first: send without "
                              "recv()")};
    }
    if (evidence.accepts() && !evidence.messages_of(Side::server).empty()) {
        return Cause{"one-reply", Sureness::likely,
                     tr("it went back to accept() after its first reply, and the client had more to ask: recv() "
                        "belongs into a loop that ends when it returns 0")};
    }
    if (evidence.only_accepts() && was_reached(evidence.observation)) {
        return Cause{"unanswered", Sureness::likely,
                     tr("it went back to accept() and has neither answered nor closed this connection: send() is "
                        "missing or went to another descriptor, or what it wrote lies in a buffer that was not flushed "
                        "(makefile(), PrintWriter, stdio), and a file that shares the socket keeps it open")};
    }
    return {};
}

std::optional<Cause> unclosed(const Evidence& evidence) {
    const bool owes_data = evidence.finding.expected_bytes || evidence.finding.actual_bytes;
    if (owes_data || !(evidence.finding.code == Code::end_missing || evidence.is_stuck())) return {};
    if (evidence.last(evidence.side(), Kind::end)) {
        if (evidence.side() == Side::server) return {};
        return Cause{"process-remains", Sureness::likely,
                     tr("it has closed its connection, and the process does not end: something still runs in it, such "
                        "as a thread or a timer")};
    }
    const bool on_trial = evidence.scenario.server && evidence.scenario.server->on_trial;
    const bool owes_close = evidence.side() == Side::server && on_trial && !evidence.last(Side::client, Kind::end);
    if (evidence.receives(evidence.side())) {
        if (!owes_close) return {};
        return Cause{"unclosed", Sureness::likely,
                     tr("all is said, and it waits for more from the client, which waits for it to close: close the "
                        "connection after the answer, without reading on")};
    }
    return Cause{"unclosed", Sureness::likely,
                 evidence.side() == Side::server
                     ? tr("the connection is not closed: close() what accept() returned when all is said, after fork() "
                          "in the parent, too")
                     : tr("it has got its answer and keeps the connection open: close() it and end")};
}

}  // namespace parley::recognise
