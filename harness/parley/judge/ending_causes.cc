#include "parley/judge/cause_recognisers.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/arrival.h"
#include "parley/judge/difference.h"
#include "parley/judge/wording.h"

namespace parley::recognise {

namespace {

/// How many connections the server has ended, in order or after it had said something.
std::size_t clients_served(const Observation& observation) {
    std::set<int> served;
    for (const auto& event : observation.transcript.events) {
        const bool serves = event.side == Side::server && (event.kind == Kind::data || event.kind == Kind::end);
        if (serves) served.insert(event.connection);
    }
    return served.size();
}

/// A server that ended in order, and others would still have come.
std::optional<Cause> one_client(const Evidence& evidence) {
    const auto* exited =
        evidence.observation.server ? std::get_if<Exited>(&evidence.observation.server->state) : nullptr;
    const bool left = evidence.finding.code == Code::ended_early ||
                      (evidence.finding.client > 0 && evidence.is({Code::reset_unexpected, Code::turn_missing}));
    const bool in_order = exited && exited->status == 0;
    if (!left || evidence.side() != Side::server || !in_order || !was_reached(evidence.observation)) return {};
    const auto served = clients_served(evidence.observation);
    return Cause{
        "one-client", evidence.finding.client > 0 ? Sureness::certain : Sureness::likely,
        served > 1
            ? told("the server ended after it had served {} clients: accept() belongs into a loop that has no end",
                   served)
            : tr("the server ended after its first client: accept() belongs into a loop")};
}

/// A server that closed after a reply. Whether the client's next words reached it before is chance, and with them its
/// end is a reset.
std::optional<Cause> one_reply(const Evidence& evidence) {
    const bool left = evidence.finding.code == Code::end_unexpected ||
                      (evidence.finding.code == Code::reset_unexpected && evidence.other_spoke_last());
    if (!left || evidence.side() != Side::server || evidence.messages_of(Side::server).empty()) return {};
    return Cause{"one-reply", Sureness::likely,
                 tr("the server closed after its reply, and the client had more to ask: recv() belongs into a loop "
                    "that ends when it returns 0")};
}

std::optional<Cause> said_once_more(const Evidence& evidence) {
    if (evidence.finding.code != Code::data_unexpected || !evidence.finding.actual_bytes) return {};
    auto said = evidence.messages_of(evidence.side());
    if (said.size() < 2) return {};
    said.pop_back();  // that itself
    const auto again = [&](const Bytes& message) { return repeats(*evidence.finding.actual_bytes, message); };
    if (std::none_of(said.begin(), said.end(), again)) return {};
    return Cause{"said-again", Sureness::certain,
                 tr("it says once more what it has said already: a send() too many, or one in a loop")};
}

/// How many octets of a reply the client took at a time, where it printed what was left of the reply after it.
std::optional<std::size_t> taken_at_a_time(const Evidence& evidence) {
    constexpr std::size_t telling = 4;                                       // fewer octets are alike by chance
    constexpr std::size_t longest_reply = 4 << 10, most_printed = 64 << 10;  // of more the search takes too long
    if (!evidence.program()) return {};
    const auto printed = std::string_view(evidence.program()->out.bytes).substr(0, most_printed);
    const auto has = [&](std::string_view text, std::size_t from) { return printed.find(text, from) != printed.npos; };
    for (const std::string_view reply : evidence.messages_of(Side::server)) {
        if (reply.size() > longest_reply) continue;
        std::size_t taken = 0;
        while (taken < reply.size() && has(reply.substr(0, taken + 1), 0)) ++taken;
        if (taken < telling || taken == reply.size()) continue;
        if (has(reply.substr(taken), printed.find(reply.substr(0, taken)) + taken)) return taken;
    }
    return {};
}

/// A client that left before all was said.
std::optional<Cause> client_left(const Evidence& evidence) {
    const bool left = evidence.is({Code::end_unexpected, Code::reset_unexpected}) && evidence.side() == Side::client;
    if (!left) return {};
    const auto steps = evidence.steps();
    const bool begins = !steps.empty() && sides_of(steps.front().who).front() == Side::client;
    if (begins && evidence.messages_of(Side::client).empty()) {
        return Cause{
            "closed-in-silence", Sureness::likely,
            tr("the client left without having sent anything: send() was not called, or a call before it "
               "failed (or was taken to have failed), or what it wrote lies in a buffer that was not flushed")};
    }
    if (const auto taken = taken_at_a_time(evidence)) {
        return Cause{"short-buffer", Sureness::likely,
                     told("it took {} of a reply, and what was left of it for the next one: its buffer is too small",
                          octets(*taken))};
    }
    if (!evidence.last(Side::client, Kind::reset) || !evidence.last(Side::client, Kind::end)) return {};
    return Cause{"closed-early", Sureness::certain,
                 tr("the client closed its socket before the answer had come, and nobody was there to take it: "
                    "read the answer first, or end only the own direction, with shutdown(SHUT_WR)")};
}

}  // namespace

Cause end_ignored() {
    return {"end-ignored", Sureness::certain,
            tr("it goes on sending after the other side has ended its stream: recv() returned 0, which is the end, not "
               "a message")};
}

std::optional<Cause> from_ending(const Evidence& evidence) {
    const auto& finding = evidence.finding;
    if (auto cause = one_client(evidence)) return cause;
    if (auto cause = one_reply(evidence)) return cause;
    if (auto cause = said_once_more(evidence)) return cause;
    if (evidence.is({Code::data_unexpected, Code::out_of_turn}) && evidence.spoke_after_end(evidence.side()))
        return end_ignored();
    if (finding.code == Code::end_unexpected && finding.side == Side::server) {
        const auto* end = evidence.last(Side::server, Kind::end);
        const auto* question = evidence.first(Side::client, Kind::data);
        if (end && question && end < question) {
            return Cause{"closed-unread", Sureness::likely,
                         tr("it closed the connection before the client had said anything: read first, and from what "
                            "accept() returned (c = accept(…) < 0 lacks parentheses around c = accept(…))")};
        }
        return Cause{"closed-in-silence", Sureness::likely,
                     tr("it closed without having sent anything: send() was not called, or its reply lies in a buffer "
                        "that was not flushed (PrintWriter, makefile(), stdio), or is written after close()")};
    }
    if (auto cause = client_left(evidence)) return cause;
    if (finding.code == Code::reset_unexpected && evidence.last(other(finding.side), Kind::data)) {
        return Cause{"unread-input", Sureness::likely,
                     tr("a socket that is closed while octets lie in it unread sends a reset in place of an end, and "
                        "what it had sent may be lost: read all first (or SO_LINGER asks for the reset)")};
    }
    const bool was_killed = evidence.program() && std::holds_alternative<Signaled>(evidence.program()->state);
    if (finding.code == Code::reset_unexpected && !was_killed) {
        return Cause{"reset-asked-for", Sureness::likely,
                     tr("nothing lay in its socket unread, and yet it ended with a reset: SO_LINGER with a time of 0 "
                        "asks close() for it; leave the option alone")};
    }
    return {};
}

}  // namespace parley::recognise
