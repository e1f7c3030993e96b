#include "parley/judge/cause.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/acts.h"
#include "parley/judge/arrival.h"
#include "parley/judge/complaint_causes.h"
#include "parley/judge/expected_texts.h"
#include "parley/judge/octet_causes.h"
#include "parley/judge/time_causes.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

using Code = Finding::Code;
using Kind = WireEvent::Kind;
using Sureness = Cause::Sureness;

/// A finding with all that it was found in, and what is asked of them.
struct Case {
    const Scenario& scenario;
    const Observation& observation;
    const Finding& finding;

    Side side() const { return finding.side; }
    bool is(std::initializer_list<Code> codes) const {
        return std::find(codes.begin(), codes.end(), finding.code) != codes.end();
    }
    bool is_stuck() const { return is({Code::deadlock, Code::deadline}); }
    bool sent_nothing_of_its_turn() const { return finding.actual_bytes && finding.actual_bytes->empty(); }

    /// The events on the connections of the finding's client.
    std::vector<const WireEvent*> events() const {
        std::vector<const WireEvent*> own;
        for (const auto& event : observation.transcript.events) {
            const auto connection = static_cast<std::size_t>(event.connection);
            const auto& all = observation.transcript.connections;
            if (connection < all.size() && all[connection].client == finding.client) own.push_back(&event);
        }
        return own;
    }

    /// The last event of `kind` of `side`; nullptr where there is none.
    const WireEvent* last(Side side, Kind kind) const {
        const WireEvent* found = nullptr;
        for (const auto* event : events()) {
            if (event->side == side && event->kind == kind) found = event;
        }
        return found;
    }

    /// Whether `side` said anything after the other had ended its stream.
    bool spoke_after_end(Side speaker) const {
        const auto* end = last(other(speaker), Kind::end);
        const auto* word = last(speaker, Kind::data);
        return end && word && end < word;
    }

    /// Whether the finding's side was sent octets after what it had sent itself last, or never spoke.
    bool other_spoke_last() const {
        bool other_last = false;
        for (const auto* event : events()) {
            if (event->kind == Kind::data) other_last = event->side != side();
        }
        return other_last;
    }

    const ProgramObservation* program(Side of) const {
        if (of == Side::server) return observation.server ? &*observation.server : nullptr;
        const auto client = static_cast<std::size_t>(finding.client);
        return client < observation.clients.size() ? &observation.clients[client] : nullptr;
    }
    const ProgramObservation* program() const { return program(side()); }

    bool waits_in(Side of, std::initializer_list<std::string_view> calls) const {
        const auto* waiting = program(of);
        return waiting && std::any_of(waiting->waits.begin(), waiting->waits.end(), [&](const BlockedCall& wait) {
                   return std::find(calls.begin(), calls.end(), wait.call) != calls.end();
               });
    }
    bool receives(Side of) const { return waits_in(of, {"recvfrom", "read", "recvmsg"}); }
    bool polls(Side of) const { return waits_in(of, {"poll", "ppoll"}); }
    bool sends(Side of) const { return waits_in(of, {"sendto", "write", "sendmsg"}); }
    bool accepts() const { return side() == Side::server && waits_in(Side::server, {"accept", "accept4"}); }

    /// Whether the server waits for clients to come, and for none of those that it has.
    bool only_accepts() const { return accepts() && !receives(Side::server); }

    /// Whether the finding's program runs without waiting for anything.
    bool spins() const {
        const auto* running = program();
        return finding.code == Code::deadline && running && running->process != 0 &&
               std::holds_alternative<Running>(running->state) && running->waits.empty();
    }

    /// What the finding's client was to exchange; nothing where there is no such client.
    std::vector<Step> steps() const {
        const auto client = static_cast<std::size_t>(finding.client);
        if (client >= scenario.clients.size()) return {};
        return steps_of(scenario.clients[client].exchange);
    }
};

/// What `side` has sent on the connections of the finding's client, act by act.
std::vector<Bytes> messages_of(const Case& asked, Side side) {
    std::vector<Bytes> messages;
    bool goes_on = false;
    for (const auto* event : asked.events()) {
        const bool speaks = event->kind == Kind::data && event->side == side;
        if (speaks && goes_on) messages.back() += event->bytes;
        if (speaks && !goes_on) messages.push_back(event->bytes);
        goes_on = speaks;
    }
    return messages;
}

// ---- what was sent

Cause left_over() {
    return {"stale-octets", Sureness::likely,
            tr("what follows is left over from a longer message before: end the buffer at the count that recv() "
               "returned, or clear it")};
}

/// What is too much is what an earlier, longer message had in the same place.
std::optional<Cause> stale_octets(const Case& asked) {
    const auto& finding = asked.finding;
    if (!asked.is({Code::bytes_differ, Code::bytes_extra}) || !finding.expected_bytes || !finding.actual_bytes)
        return {};
    const std::string_view expected = *finding.expected_bytes, actual = *finding.actual_bytes;
    for (const std::string_view earlier : messages_of(asked, asked.side())) {
        if (earlier == actual) break;
        const auto common = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
        const auto at = static_cast<std::size_t>(common.second - actual.begin());
        if (at < 2 || earlier.size() <= at || actual.size() <= at) continue;
        const auto length = std::min<std::size_t>(actual.size() - at, earlier.size() - at);
        if (length < 2 || actual.substr(at, length) != earlier.substr(at, length)) continue;
        return left_over();
    }
    return {};
}

/// What the server is to say to a client, step by step, where the octets are known.
std::set<Bytes> replies_to(const ClientPart& client) {
    std::set<Bytes> replies;
    for (const auto& step : steps_of(client.exchange)) {
        const auto* value = std::get_if<Value>(&step.what);
        const auto* literal = value && step.who == Who::server ? value->literal() : nullptr;
        if (literal) replies.insert(*literal);
    }
    return replies;
}

/// Whether some client got what another was to get, and it was not.
bool are_replies_swapped(const Scenario& scenario, const Observation& observation) {
    std::vector<std::set<Bytes>> replies;  // by client
    std::set<Bytes> all;
    for (const auto& client : scenario.clients) {
        const auto& own = replies.emplace_back(replies_to(client));
        all.insert(own.begin(), own.end());
    }
    const auto& transcript = observation.transcript;
    for (std::size_t i = 0; i < transcript.connections.size(); ++i) {
        const auto& own = replies[static_cast<std::size_t>(transcript.connections[i].client)];
        for (const auto& act : acts_of(transcript, static_cast<int>(i), {}).list) {
            const bool is_reply = act.side == Side::server && act.kind == Kind::data;
            if (is_reply && !own.contains(act.bytes) && all.contains(act.bytes)) return true;
        }
    }
    return false;
}

/// Which client is the first to differ is up to the order in which the threads ran.
std::optional<Cause> cross_talk(const Case& asked) {
    const bool differs = asked.finding.code == Code::bytes_differ && asked.finding.side == Side::server;
    if (!asked.scenario.at_once || !differs || !are_replies_swapped(asked.scenario, asked.observation)) return {};
    return Cause{"cross-talk", Sureness::certain,
                 tr("a client got what another was to get: threads share a buffer or a variable; give each its own")};
}

/// Whether a client reached the server and got nothing from it.
bool has_unanswered_client(const Observation& observation) {
    const auto& transcript = observation.transcript;
    for (std::size_t i = 0; i < transcript.connections.size(); ++i) {
        if (octets_sent(transcript, static_cast<int>(i), Side::server) == 0) return true;
    }
    return false;
}

/// The same said several times to one client, and never to another: its thread wrote to the wrong descriptor.
std::optional<Cause> replies_of_others(const Case& asked) {
    const auto& [scenario, observation, finding] = asked;
    if (!scenario.at_once || finding.code != Code::bytes_extra || finding.side != Side::server) return {};
    if (!finding.actual_bytes || !has_unanswered_client(observation)) return {};
    const auto texts = expected_texts(scenario, observation, finding);
    std::string_view left = *finding.actual_bytes;
    const auto next_reply = [&] {
        return std::find_if(texts.begin(), texts.end(),
                            [&](const Bytes& text) { return !text.empty() && left.starts_with(text); });
    };
    int replies = 0;
    for (auto reply = next_reply(); reply != texts.end(); reply = next_reply(), ++replies) {
        left.remove_prefix(reply->size());
    }
    if (replies < 2 || !left.empty()) return {};
    return Cause{"descriptor-shared", Sureness::likely,
                 tr("this client got the replies of others, too: hand each thread its own descriptor by value; through "
                    "the address of one variable all of them find what the last accept() put there")};
}

/// The rest of the line of `expected` in which `printed` differs first.
std::string_view missing_from(std::string_view expected, std::string_view printed) {
    const auto same = std::mismatch(expected.begin(), expected.end(), printed.begin(), printed.end());
    const auto rest = expected.substr(static_cast<std::size_t>(same.first - expected.begin()));
    return rest.substr(0, rest.find('\n'));
}

/// What stdout lacks stands on stderr.
std::optional<Cause> printed_to_stderr(const Case& asked, std::string_view expected) {
    const auto* program = asked.program();
    if (asked.finding.code != Code::stdout_differs || !program) return {};
    const auto missing = missing_from(expected, program->out.bytes);
    if (missing.size() < 3 || program->err.bytes.find(missing) == Bytes::npos) return {};
    return Cause{"printed-to-stderr", Sureness::certain,
                 tr("what stdout lacks was printed to stderr: print to stdout (printf, cout, puts, System.out)")};
}

/// What is printed of a message goes on as a longer one did that lay in the buffer before.
std::optional<Cause> stale_print(const Case& asked, std::string_view expected) {
    const auto* program = asked.program();
    if (asked.finding.code != Code::stdout_differs || !program) return {};
    std::vector<Bytes> all;
    for (const auto* event : asked.events()) {
        if (event->kind == Kind::data) all.push_back(event->bytes);
    }
    for (std::size_t i = 1; i < all.size(); ++i) {
        for (std::size_t earlier = 0; earlier < i; ++earlier) {
            if (all[earlier].size() < all[i].size() + 2) continue;
            const auto stale = all[i] + all[earlier].substr(all[i].size(), 2);
            if (program->out.bytes.find(stale) == Bytes::npos || expected.find(stale) != std::string_view::npos)
                continue;
            return left_over();
        }
    }
    return {};
}

/// A reply that holds what the client has sent where that is no part of it.
std::optional<Cause> message_in_reply(const Case& asked, std::string_view expected) {
    if (!asked.is({Code::bytes_differ, Code::bytes_extra}) || asked.side() != Side::server) return {};
    for (const auto& message : messages_of(asked, Side::client)) {
        const auto line = std::string_view(message).substr(0, message.find_last_not_of("\r\n") + 1);
        if (line.size() < 3 || asked.finding.actual_bytes->find(line) == Bytes::npos) continue;
        if (expected.find(line) != std::string_view::npos) continue;
        return Cause{"message-in-reply", Sureness::likely,
                     told("the reply holds {}, which the client had sent, and which is no part of it", excerpt(line))};
    }
    return {};
}

std::optional<Cause> from_octets(const Case& asked) {
    const auto& [scenario, observation, finding] = asked;
    const bool sent = asked.is({Code::bytes_differ, Code::bytes_missing, Code::bytes_extra}) || asked.is_stuck();
    const bool printed = asked.is({Code::stdout_differs, Code::stderr_differs});
    if (!(sent || printed) || !finding.actual_bytes || (sent && finding.actual_bytes->empty())) return {};
    for (const auto& expected : expected_texts(scenario, observation, finding)) {
        auto cause = printed ? cause_in_print(expected, *finding.actual_bytes)
                             : cause_in_octets(expected, *finding.actual_bytes);
        if (cause) return cause;
        for (const auto& request : messages_of(asked, other(asked.side()))) {
            cause = sent ? cause_in_repetition(expected, *finding.actual_bytes, request) : std::nullopt;
            if (cause) return cause;
        }
        if (cause = printed_to_stderr(asked, expected); cause) return cause;
        if (cause = stale_print(asked, expected); cause) return cause;
        if (cause = message_in_reply(asked, expected); cause) return cause;
    }
    return sent ? cause_in_time(scenario, observation, finding) : std::nullopt;
}

/// How many of the turns from `first` on of the finding's side `bytes` hold, one after the other.
int turns_in(std::string_view bytes, const std::vector<Step>& steps, Side side) {
    int turns = 0;
    for (const auto& step : steps) {
        const auto* value = std::get_if<Value>(&step.what);
        const auto* literal = value && sides_of(step.who).front() == side ? value->literal() : nullptr;
        if (!literal || literal->empty() || !bytes.starts_with(*literal)) continue;
        bytes.remove_prefix(literal->size());
        ++turns;
    }
    return turns;
}

/// A side that says its next turn before the answer to the last.
std::optional<Cause> did_not_wait(const Case& asked) {
    if (asked.finding.code != Code::out_of_turn || !asked.finding.expected_bytes) return {};
    const auto steps = asked.steps();
    for (const auto* event : asked.events()) {
        if (event->kind != Kind::data || event->side != asked.side() || turns_in(event->bytes, steps, asked.side()) < 2)
            continue;
        return Cause{
            "one-send", Sureness::likely,
            tr("several messages were sent in one go: send one, wait for its answer, then send the next (a text "
               "that goes character by character takes a send() for each)")};
    }
    return Cause{
        "does-not-wait", Sureness::likely,
        tr("it sends its next message before the answer to the last has come: a recv() belongs after each send()")};
}

/// The first word of the conversation, by the side that has to wait for the other's.
std::optional<Cause> spoke_first(const Case& asked) {
    const auto& finding = asked.finding;
    if (!asked.is({Code::out_of_turn, Code::data_unexpected}) || !finding.actual_bytes) return {};
    const auto all = asked.events();
    const auto first =
        std::find_if(all.begin(), all.end(), [](const auto* event) { return event->kind == Kind::data; });
    const auto steps = asked.steps();
    const bool other_begins = !steps.empty() && sides_of(steps.front().who).front() != asked.side();
    if (first == all.end() || (*first)->side != asked.side() || !other_begins) return {};
    const bool says_its_turn = turns_in(*finding.actual_bytes, steps, asked.side()) > 0;
    return Cause{"speaks-first", Sureness::certain,
                 says_its_turn
                     ? tr("it answers before it has been asked: recv() belongs before send()")
                     : told("in this protocol {} speaks first: wait for what it says", side_text(other(asked.side())))};
}

/// A client that talks where only the server does.
std::optional<Cause> nothing_to_say(const Case& asked) {
    if (asked.finding.code != Code::data_unexpected || asked.side() != Side::client) return {};
    const auto steps = asked.steps();
    const auto speaks = [&](Who who) {
        return std::any_of(steps.begin(), steps.end(), [who](const Step& step) {
            return std::holds_alternative<Value>(step.what) && step.who == who;
        });
    };
    if (speaks(Who::client) || !speaks(Who::server)) return {};
    return Cause{"nothing-to-say", Sureness::certain,
                 tr("in this protocol the server speaks, and the client only listens: take its send() away")};
}

/// A character of several octets that a program sends octet by octet.
std::optional<Cause> cut_characters(const Case& asked) {
    if (asked.finding.code != Code::out_of_turn) return {};
    for (const auto& step : asked.steps()) {
        const auto* value = std::get_if<Value>(&step.what);
        const auto* literal = value && sides_of(step.who).front() != asked.side() ? value->literal() : nullptr;
        if (!literal || literal->size() < 2 || utf8_sequence_length(*literal) != literal->size()) continue;
        const auto sent = messages_of(asked, other(asked.side()));
        const bool cut = std::any_of(sent.begin(), sent.end(), [&](const Bytes& message) {
            return message.size() < literal->size() && literal->starts_with(message);
        });
        if (!cut) continue;
        return Cause{"octets-for-characters", Sureness::likely,
                     told("{} sends octet by octet where a character of UTF-8 has several: send whole characters",
                          side_text(other(asked.side())))};
    }
    return {};
}

std::optional<Cause> from_delivery(const Case& asked) {
    const auto client = static_cast<std::size_t>(asked.finding.client);
    if (client >= asked.scenario.clients.size()) return {};
    const auto& had_come = asked.finding.actual_bytes;
    const bool left = asked.is({Code::end_unexpected, Code::reset_unexpected}) && had_come && !had_come->empty();
    if (asked.finding.code != Code::out_of_turn && !left) return {};
    const auto& turns = asked.scenario.clients[client].exchange;
    const bool in_pieces = std::any_of(turns.begin(), turns.end(), [](const Turn& turn) { return turn.pieces_of > 0; });
    if (!in_pieces) return {};
    return Cause{
        "one-recv", Sureness::likely,
        tr("it took what one recv() returned for a whole message; TCP delivers octets, in pieces of any size: read "
           "until the message is complete")};
}

// ---- how programs met, and ended

/// The first that Linux chooses from for a socket that is not bound (ip(7), ip_local_port_range).
constexpr int first_ephemeral_port = 32768;

std::optional<Cause> from_listening(const Case& asked) {
    if (asked.finding.code != Code::wrong_port || !asked.program() || asked.program()->listens.empty()) return {};
    const int wanted = asked.observation.port;
    const auto& address = asked.program()->listens.front();
    const int listens_on = port_of(address);
    if (listens_on == with_bytes_swapped(wanted)) {
        return Cause{"htons-missing", Sureness::certain,
                     tr("the octets of the port are swapped: a port goes into sin_port through htons()")};
    }
    if (listens_on == wanted) {
        return Cause{"other-address", Sureness::certain,
                     tr("it listens on an address at which nobody looks for it: bind() to INADDR_ANY ('' in Python), "
                        "or to 127.0.0.1")};
    }
    if (listens_on >= first_ephemeral_port) {
        return Cause{"port-not-bound", Sureness::likely,
                     tr("the kernel itself chooses such ports: bind() was not called, or with port 0 (what atoi() and "
                        "scanf() leave where the argument is not read)")};
    }
    return Cause{
        "other-port", Sureness::likely,
        tr("it listens, but on another port: the port is written into the program, or read from the wrong argument")};
}

std::optional<Cause> from_host(const Case& asked) {
    if (asked.finding.code != Code::wrong_host) return {};
    return Cause{"host-ignored", Sureness::certain,
                 tr("the host is written into the program, or not read from the argument that names it")};
}

bool has_connection(const Case& asked) {
    return asked.program() && (asked.program()->opened_connection || asked.side() == Side::server);
}

/// A socket that nobody listens or connects to takes no data, whatever becomes of the real connection.
std::optional<Cause> from_broken_pipe(const Case& asked) {
    if (asked.spoke_after_end(asked.side())) {
        return Cause{
            "end-ignored", Sureness::certain,
            tr("it goes on sending after the other side has ended its stream: recv() returned 0, which is the end, "
               "not a message")};
    }
    const auto* own_end = asked.last(asked.side(), Kind::end);
    const auto* others_end = asked.last(other(asked.side()), Kind::end);
    const auto* others_reset = asked.last(other(asked.side()), Kind::reset);
    const bool was_left = others_reset || (others_end && (!own_end || others_end < own_end));
    if (!has_connection(asked)) {
        return Cause{
            "not-connected", Sureness::likely,
            tr("it sends on a socket that is not connected: connect() was not called, or failed and nobody looked "
               "at what it returned")};
    }
    if (!was_left && asked.side() == Side::server) {
        return Cause{
            "listener-used", Sureness::likely,
            tr("it writes to a socket that is no connection, though its client was still there: use what accept() "
               "returned, not the listening socket")};
    }
    return Cause{
        "broken-pipe", Sureness::certain,
        tr("it wrote to a connection that the other side had closed: without MSG_NOSIGNAL, or SIGPIPE ignored, "
           "that ends a program (send(2), EPIPE)")};
}

std::optional<Cause> from_signal(const Case& asked) {
    const auto* signaled = asked.program() ? std::get_if<Signaled>(&asked.program()->state) : nullptr;
    if (!signaled) return {};
    if (signaled->signal == SIGPIPE) return from_broken_pipe(asked);
    if (signaled->signal == SIGSEGV || signaled->signal == SIGABRT || signaled->signal == SIGBUS) {
        if (auto cause = cause_in_complaint(*asked.program(), asked.finding)) return cause;
        return Cause{"memory", Sureness::likely,
                     tr("it wrote or read outside its memory: a pointer that points nowhere (an argument that was not "
                        "given), or a buffer too small for its text and the terminating NUL")};
    }
    return {};
}

/// A program that says why it ended. Where it goes on, what it complained of did not end it.
std::optional<Cause> from_complaint(const Case& asked) {
    const bool ended =
        asked.is({Code::never_listened, Code::never_connected, Code::ended_early, Code::exit_status,
                  Code::end_unexpected, Code::reset_unexpected, Code::turn_missing, Code::end_missing}) ||
        asked.is_stuck();
    const auto* program = asked.program();
    if (!ended || !program) return {};
    const auto& printed = program->err.bytes;
    const bool unconnected = printed.find("not connected") != Bytes::npos || printed.find("Broken pipe") != Bytes::npos;
    if (unconnected && asked.side() == Side::server && messages_of(asked, Side::server).empty()) {
        return Cause{"listener-used", Sureness::likely,
                     tr("it sends or receives on a socket that is no connection: use what accept() returned, not the "
                        "listening socket")};
    }
    return cause_in_complaint(*program, asked.finding);
}

/// A socket that sends and receives, and is yet no connection.
std::optional<Cause> from_datagrams(const Case& asked) {
    const auto* program = asked.program();
    if (asked.finding.code != Code::never_connected || !program || program->opened_connection) return {};
    const bool waits = std::any_of(program->waits.begin(), program->waits.end(), [](const BlockedCall& wait) {
        return wait.on_socket && wait.object.starts_with("connected");
    });
    if (!waits) return {};
    return Cause{"datagram-socket", Sureness::likely,
                 tr("its socket is no TCP connection: it was made with SOCK_DGRAM, where SOCK_STREAM was meant")};
}

std::optional<Cause> from_connections(const Case& asked) {
    if (asked.finding.code != Code::connection_extra) return {};
    std::vector<int> speaking;
    for (const auto* event : asked.events()) {
        const bool speaks = event->kind == Kind::data && event->side == Side::client;
        if (speaks && std::find(speaking.begin(), speaking.end(), event->connection) == speaking.end())
            speaking.push_back(event->connection);
    }
    if (speaking.size() < 2) return {};
    return Cause{
        "connection-for-each", Sureness::likely,
        tr("it opens a connection for each message: connect() once, before the loop, and close() once, after it")};
}

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
std::optional<Cause> one_client(const Case& asked) {
    const auto* exited = asked.observation.server ? std::get_if<Exited>(&asked.observation.server->state) : nullptr;
    const bool left = asked.finding.code == Code::ended_early ||
                      (asked.finding.client > 0 && asked.is({Code::reset_unexpected, Code::turn_missing}));
    const bool in_order = exited && exited->status == 0;
    if (!left || asked.side() != Side::server || !in_order || !was_reached(asked.observation)) return {};
    const auto served = clients_served(asked.observation);
    return Cause{"one-client", asked.finding.client > 0 ? Sureness::certain : Sureness::likely,
                 served > 1 ? told("the server ended after it had served {} clients: accept() belongs into a loop that "
                                   "has no end",
                                   served)
                            : tr("the server ended after its first client: accept() belongs into a loop")};
}

/// A server that closed after a reply. Whether the client's next words reached it before is chance, and with them its
/// end is a reset.
std::optional<Cause> one_reply(const Case& asked) {
    const bool left = asked.finding.code == Code::end_unexpected ||
                      (asked.finding.code == Code::reset_unexpected && asked.other_spoke_last());
    if (!left || asked.side() != Side::server || messages_of(asked, Side::server).empty()) return {};
    return Cause{"one-reply", Sureness::likely,
                 tr("the server closed after its reply, and the client had more to ask: recv() belongs into a loop "
                    "that ends when it returns 0")};
}

std::optional<Cause> from_ending(const Case& asked) {
    const auto& finding = asked.finding;
    if (auto cause = one_client(asked)) return cause;
    if (auto cause = one_reply(asked)) return cause;
    if (asked.is({Code::data_unexpected, Code::out_of_turn}) && asked.spoke_after_end(asked.side())) {
        return Cause{
            "end-ignored", Sureness::certain,
            tr("it goes on sending after the other side has ended its stream: recv() returned 0, which is the end, "
               "not a message")};
    }
    if (finding.code == Code::end_unexpected && finding.side == Side::server) {
        const auto* end = asked.last(Side::server, Kind::end);
        const auto* question = asked.last(Side::client, Kind::data);
        if (end && question && end < question) {
            return Cause{"closed-unread", Sureness::likely,
                         tr("it closed the connection before the client had said anything: read first, and from what "
                            "accept() returned (c = accept(…) < 0 lacks parentheses around c = accept(…))")};
        }
        return Cause{"closed-in-silence", Sureness::likely,
                     tr("it closed without having sent anything: send() was not called, or its reply lies in a "
                        "buffer that was not flushed (PrintWriter, makefile(), stdio), or is written after close()")};
    }
    const bool client_left = asked.is({Code::end_unexpected, Code::reset_unexpected}) && finding.side == Side::client;
    if (client_left && asked.last(Side::client, Kind::reset) && asked.last(Side::client, Kind::end)) {
        return Cause{
            "closed-early", Sureness::certain,
            tr("the client closed its socket before the answer had come, and nobody was there to take it: read the "
               "answer first, or end only the own direction, with shutdown(SHUT_WR)")};
    }
    if (finding.code == Code::reset_unexpected && asked.last(other(finding.side), Kind::data)) {
        return Cause{
            "unread-input", Sureness::likely,
            tr("a socket that is closed while octets lie in it unread sends a reset in place of an end, and what it "
               "had sent may be lost: read all first (or SO_LINGER asks for the reset)")};
    }
    return {};
}

// ---- who waits

std::optional<Cause> from_spinning(const Case& asked) {
    if (!asked.spins()) return {};
    if (asked.last(other(asked.side()), Kind::end)) {
        return Cause{
            "end-ignored", Sureness::likely,
            tr("the other side has ended its stream, and it runs in a loop without waiting for anything: where "
               "recv() returns 0, the loop has to end")};
    }
    return Cause{"busy-loop", Sureness::likely,
                 tr("it runs in a loop in which it waits for nothing: neither accept() nor recv() is reached")};
}

std::optional<Cause> one_at_a_time(const Case& asked) {
    const auto& clients = asked.scenario.clients;
    const bool idle =
        std::any_of(clients.begin(), clients.end(), [](const ClientPart& part) { return part.player == Player::idle; });
    if (!asked.is_stuck() || !asked.scenario.at_once || !idle || asked.side() != Side::server) return {};
    if (asked.only_accepts()) return {};
    return Cause{
        "one-at-a-time", Sureness::likely,
        tr("the server waits for a client that says nothing while another one waits: serve each in a thread or "
           "process of its own")};
}

/// A server that took a client in, answered others, and has nobody left who would answer this one.
std::optional<Cause> forgotten_client(const Case& asked) {
    const bool forgotten =
        asked.finding.code == Code::turn_missing || (asked.finding.code == Code::deadlock && asked.only_accepts());
    if (!forgotten || asked.side() != Side::server || !asked.scenario.at_once) return {};
    const auto* server = asked.program();
    if (!server || !std::holds_alternative<Running>(server->state)) return {};
    const auto& all = asked.observation.transcript.events;
    const bool answers_others = std::any_of(all.begin(), all.end(), [](const WireEvent& event) {
        return event.side == Side::server && event.kind == Kind::data;
    });
    if (!answers_others || !messages_of(asked, Side::server).empty()) return {};
    return Cause{
        "descriptor-shared", Sureness::likely,
        tr("it accepted this client and answers others only: hand each thread its own descriptor by value; through the "
           "address of one variable all of them find what the last accept() put there")};
}

std::optional<Cause> from_waiting(const Case& asked) {
    if (asked.sends(Side::server) && asked.sends(Side::client)) {
        return Cause{"both-send", Sureness::certain,
                     tr("both sides send and neither reads: read between two writes, or the buffers of both fill up")};
    }
    if (!asked.sent_nothing_of_its_turn()) return {};
    if ((asked.receives(asked.side()) || asked.polls(asked.side())) && asked.other_spoke_last()) {
        return Cause{
            "reads-on", Sureness::likely,
            tr("it has been sent all that it will get and goes on reading: it waits for more octets, a delimiter or "
               "the "
               "end of the stream, which does not come before its reply; or its reply lies in a buffer that was not "
               "flushed")};
    }
    if (asked.receives(asked.side()) && messages_of(asked, other(asked.side())).empty()) {
        return asked.side() == Side::client ? Cause{"nothing-sent", Sureness::likely,
                                                    tr("it waits for an answer and has asked nothing: send() is "
                                                       "missing or comes after recv(), or "
                                                       "what it wrote lies in a buffer that was not flushed")}
                                            : Cause{"reads-first", Sureness::likely,
                                                    tr("it waits for a request, and in this protocol the server speaks "
                                                       "first: send without recv()")};
    }
    if (asked.accepts() && !messages_of(asked, Side::server).empty()) {
        return Cause{
            "one-reply", Sureness::likely,
            tr("it went back to accept() after its first reply, and the client had more to ask: recv() belongs "
               "into a loop that ends when it returns 0")};
    }
    return {};
}

/// A stream that nobody ends, with all said.
std::optional<Cause> unclosed(const Case& asked) {
    const bool owes_data = asked.finding.expected_bytes || asked.finding.actual_bytes;
    if (owes_data || !(asked.finding.code == Code::end_missing || asked.is_stuck())) return {};
    if (asked.last(asked.side(), Kind::end)) {
        if (asked.side() == Side::server) return {};
        return Cause{"process-remains", Sureness::likely,
                     tr("it has closed its connection, and the process does not end: something still runs in it, such "
                        "as a thread or a timer")};
    }
    const bool on_trial = asked.scenario.server && asked.scenario.server->on_trial;
    const bool owes_close = asked.side() == Side::server && on_trial && !asked.last(Side::client, Kind::end);
    if (asked.receives(asked.side()) && !owes_close) return {};
    return Cause{
        "unclosed", Sureness::likely,
        asked.side() == Side::server
            ? tr("the connection is not closed: close() what accept() returned when all is said, after fork() in "
                 "the parent, too")
            : tr("it has got its answer and keeps the connection open: close() it and end")};
}

}  // namespace

std::optional<Cause> likely_cause(const Scenario& scenario, const Observation& observation, const Finding& finding) {
    const Case asked{scenario, observation, finding};
    if (asked.is({Code::killed_by_signal, Code::never_listened, Code::never_connected})) {
        auto cause = from_signal(asked);
        if (cause || finding.code == Code::killed_by_signal) return cause;
    }
    // The most telling first.
    using Recogniser = std::optional<Cause> (*)(const Case&);
    constexpr std::array<Recogniser, 20> recognisers{
        from_listening,    from_host,      from_delivery,    stale_octets,     cross_talk,
        replies_of_others, from_octets,    from_complaint,   from_datagrams,   nothing_to_say,
        spoke_first,       cut_characters, did_not_wait,     from_connections, from_ending,
        from_spinning,     one_at_a_time,  forgotten_client, from_waiting,     unclosed,
    };
    for (const auto recognise : recognisers) {
        if (auto cause = recognise(asked)) return cause;
    }
    return {};
}

}  // namespace parley
