#include "parley/judge/cause.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"

namespace parley {

namespace {

using namespace std::string_view_literals;
using Code = Finding::Code;
using Kind = WireEvent::Kind;
using Sureness = Cause::Sureness;

// ---- what the octets tell

/// What was expected and what came instead, both whole.
struct Difference {
    std::string_view expected, actual;

    bool lacks_the_end() const { return actual.size() < expected.size() && expected.starts_with(actual); }
    bool goes_on() const { return actual.size() > expected.size() && actual.starts_with(expected); }
    /// Of octets that go on: those after what was expected.
    std::string_view surplus() const { return actual.substr(expected.size()); }
};

using FromOctets = std::optional<Cause> (*)(const Difference&);

Bytes without_carriage_returns(std::string_view bytes) {
    Bytes out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '\r' || bytes.substr(i + 1, 1) != "\n") out += bytes[i];
    }
    return out;
}

/// `bytes`, which are UTF-8, in Latin-1, with `unknown` for a character that it lacks.
Bytes latin1(std::string_view bytes, bool replace_all) {
    Bytes out;
    while (!bytes.empty()) {
        const auto length = std::max<std::size_t>(utf8_sequence_length(bytes), 1);
        if (length == 1) {
            out += bytes[0];
        } else if (length == 2 && !replace_all && (static_cast<unsigned char>(bytes[0]) & 0xfcU) == 0xc0U) {
            out += static_cast<char>((static_cast<unsigned char>(bytes[0]) & 3U) << 6U |
                                     (static_cast<unsigned char>(bytes[1]) & 0x3fU));
        } else {
            out += '?';
        }
        bytes.remove_prefix(length);
    }
    return out;
}

std::size_t characters(std::string_view bytes) {
    return static_cast<std::size_t>(std::count_if(
        bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

Bytes wide(std::string_view bytes) {
    Bytes out;
    for (char c : bytes) out += {'\0', c};
    return out;
}

std::optional<Cause> serialized_object(const Difference& difference) {
    if (!difference.actual.starts_with("\xac\xed\x00\x05"sv)) return {};
    return Cause{"java-object", Sureness::certain,
                 "Java's ObjectOutputStream puts a header of its own (ac ed 00 05) before what it writes; write the "
                 "octets of the text, with getBytes(UTF_8), to the plain OutputStream"};
}

std::optional<Cause> length_prefix(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (actual.size() != expected.size() + 2 || actual.substr(2) != expected) return {};
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(actual[0])) << 8U |
                        static_cast<std::size_t>(static_cast<unsigned char>(actual[1]));
    if (length != expected.size()) return {};
    return Cause{
        "length-prefix", Sureness::certain,
        "the text comes after its length in two octets, as Java's writeUTF() sends it; write the octets alone"};
}

std::optional<Cause> wide_characters(const Difference& difference) {
    if (difference.expected.empty() || difference.actual != wide(difference.expected)) return {};
    return Cause{"wide-characters", Sureness::certain,
                 "each character is sent as two octets, the first of them 00, as Java's writeChars() does (or UTF-16); "
                 "send the octets of the text in UTF-8"};
}

std::optional<Cause> terminator(const Difference& difference) {
    if (!difference.goes_on() || difference.surplus() != "\0"sv) return {};
    return Cause{
        "terminator-sent", Sureness::certain,
        "the NUL that ends a C string was sent with it: the length was strlen(s) + 1 or sizeof, where strlen(s) "
        "was meant"};
}

std::optional<Cause> whole_buffer(const Difference& difference) {
    constexpr std::array<std::size_t, 16> usual{32,  50,  64,  80,   100,  128,  200,  255,
                                                256, 500, 512, 1000, 1024, 2048, 4096, 8192};
    const bool is_usual = std::find(usual.begin(), usual.end(), difference.actual.size()) != usual.end();
    if (!difference.goes_on() || !is_usual || difference.surplus().find('\0') == std::string_view::npos) return {};
    return Cause{"whole-buffer", Sureness::likely,
                 format("all {} of a buffer were sent, where only the {} of the message were meant: give send() the "
                        "length of what it holds",
                        octets(difference.actual.size()), grouped(difference.expected.size()))};
}

std::optional<Cause> pointer_size(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.actual.size() != sizeof(void*)) return {};
    return Cause{
        "size-of-a-pointer", Sureness::likely,
        "exactly 8 octets were sent: sizeof was probably taken of a pointer, which is not the length of the text "
        "that it points to"};
}

std::optional<Cause> cut_at_nul(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.expected[difference.actual.size()] != '\0') return {};
    return Cause{
        "cut-at-nul", Sureness::likely,
        "it ends where the first 00 would come: strlen() and the str… functions stop there; keep the count that "
        "recv() returned"};
}

std::optional<Cause> newline_kept(const Difference& difference) {
    if (!difference.goes_on() || difference.surplus() != "\n" || !difference.expected.ends_with('\n')) return {};
    return Cause{"newline-twice", Sureness::likely,
                 "there are two newlines: what fgets() or a line reader returns ends in one already"};
}

std::optional<Cause> delimiter_missing(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.expected.substr(difference.actual.size()) != "\n") return {};
    return Cause{"newline-missing", Sureness::certain, "all but the newline at the end was sent"};
}

std::optional<Cause> line_ends(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (without_carriage_returns(expected) != without_carriage_returns(actual)) return {};
    const bool too_many = actual.size() > expected.size();
    return Cause{"line-ends", Sureness::certain,
                 too_many
                     ? "lines end in CR LF (0d 0a), where LF (0a) alone is the protocol's: println() and text mode "
                       "write what the platform is used to"
                     : "lines end in LF (0a) alone, where the protocol has CR LF (0d 0a)"};
}

std::optional<Cause> other_encoding(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (!is_utf8(expected) || characters(expected) == expected.size()) return {};
    if (actual == latin1(expected, false)) {
        return Cause{"latin-1", Sureness::certain,
                     "the text is encoded in Latin-1, not in UTF-8; name the encoding where text becomes octets"};
    }
    if (actual == latin1(expected, true)) {
        return Cause{
            "question-marks", Sureness::certain,
            "a question mark stands where the encoding that was used lacks the character; name UTF-8 where text "
            "becomes octets"};
    }
    if (difference.lacks_the_end() && actual.size() == characters(expected)) {
        return Cause{"characters-counted", Sureness::likely,
                     format("as many octets were sent as the text has characters ({}): count octets, after encoding",
                            actual.size())};
    }
    return {};
}

std::optional<Cause> text_before(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected.empty() || actual.size() <= expected.size() || !actual.ends_with(expected)) return {};
    const auto before = actual.substr(0, actual.size() - expected.size());
    if (printable(before) != before) return {};
    return Cause{"text-before", Sureness::likely,
                 format("{} comes before it: text that is meant for the console goes to stdout or stderr, not into the "
                        "socket",
                        excerpt(before))};
}

/// The most telling first.
constexpr std::array<FromOctets, 12> from_octets{
    serialized_object, length_prefix,  wide_characters, terminator, newline_kept, delimiter_missing,
    line_ends,         other_encoding, whole_buffer,    cut_at_nul, pointer_size, text_before,
};

// ---- what else tells

/// What one side has sent so far on a connection of `client`, act by act.
std::vector<Bytes> messages_of(const Observation& observation, int client, Side side) {
    std::vector<Bytes> messages;
    const auto& transcript = observation.transcript;
    bool goes_on = false;
    for (const auto& event : transcript.events) {
        const auto connection = static_cast<std::size_t>(event.connection);
        if (connection >= transcript.connections.size() || transcript.connections[connection].client != client)
            continue;
        if (event.kind == Kind::data && event.side == side) {
            if (goes_on)
                messages.back() += event.bytes;
            else
                messages.push_back(event.bytes);
        }
        goes_on = event.kind == Kind::data && event.side == side;
    }
    return messages;
}

/// What is too much is what an earlier, longer message had in the same place.
std::optional<Cause> stale_octets(const Observation& observation, const Finding& finding) {
    const bool differs = finding.code == Code::bytes_differ || finding.code == Code::bytes_extra;
    if (!differs || !finding.expected_bytes || !finding.actual_bytes) return {};
    const Difference difference{*finding.expected_bytes, *finding.actual_bytes};
    for (const auto& earlier : messages_of(observation, finding.client, finding.side)) {
        if (earlier == difference.actual) break;
        const auto common = std::mismatch(difference.expected.begin(), difference.expected.end(),
                                          difference.actual.begin(), difference.actual.end());
        const auto at = static_cast<std::size_t>(common.second - difference.actual.begin());
        if (at < 2 || earlier.size() <= at || difference.actual.size() <= at) continue;
        const auto length = std::min<std::size_t>(difference.actual.size() - at, earlier.size() - at);
        if (length < 2 || difference.actual.substr(at, length) != std::string_view(earlier).substr(at, length))
            continue;
        return Cause{"stale-octets", Sureness::likely,
                     "what follows is left over from a longer message before: end the buffer at the count that recv() "
                     "returned, or clear it"};
    }
    return {};
}

const ProgramObservation* program_of(const Observation& observation, const Finding& finding) {
    if (finding.side == Side::server) return observation.server ? &*observation.server : nullptr;
    const auto client = static_cast<std::size_t>(finding.client);
    return client < observation.clients.size() ? &observation.clients[client] : nullptr;
}

bool waits_in(const ProgramObservation& program, std::initializer_list<std::string_view> calls) {
    return std::any_of(program.waits.begin(), program.waits.end(), [&](const BlockedCall& wait) {
        return std::find(calls.begin(), calls.end(), wait.call) != calls.end();
    });
}

std::optional<Cause> from_signal(const Observation& observation, const Finding& finding) {
    const auto* program = program_of(observation, finding);
    const auto* signaled = program ? std::get_if<Signaled>(&program->state) : nullptr;
    if (!signaled) return {};
    if (signaled->signal == SIGPIPE) {
        return Cause{
            "broken-pipe", Sureness::certain,
            "it wrote to a connection that the other side had closed: without MSG_NOSIGNAL, or SIGPIPE ignored, "
            "that ends a program (send(2), EPIPE)"};
    }
    if (signaled->signal == SIGSEGV || signaled->signal == SIGABRT || signaled->signal == SIGBUS) {
        return Cause{"memory", Sureness::likely,
                     "it wrote or read outside its memory; a buffer that is full leaves no room for a terminating NUL"};
    }
    return {};
}

/// Whether `side` of `client`'s connection was sent octets after what it had sent itself last, or never spoke.
bool other_spoke_last(const Observation& observation, int client, Side side) {
    bool other_last = false;
    const auto& transcript = observation.transcript;
    for (const auto& event : transcript.events) {
        const auto connection = static_cast<std::size_t>(event.connection);
        if (connection >= transcript.connections.size() || transcript.connections[connection].client != client)
            continue;
        if (event.kind == Kind::data) other_last = event.side != side;
    }
    return other_last;
}

std::optional<Cause> from_waiting(const Observation& observation, const Finding& finding) {
    const auto* server = observation.server ? &*observation.server : nullptr;
    const auto index = static_cast<std::size_t>(finding.client);
    const auto* client = index < observation.clients.size() ? &observation.clients[index] : nullptr;
    if (server && client && waits_in(*server, {"sendto", "write", "sendmsg"}) &&
        waits_in(*client, {"sendto", "write", "sendmsg"})) {
        return Cause{"both-send", Sureness::certain,
                     "both sides send and neither reads: read between two writes, or the buffers of both fill up"};
    }
    const auto* waiting = program_of(observation, finding);
    const bool reads = waiting && waits_in(*waiting, {"recvfrom", "read", "recvmsg"});
    if (reads && finding.actual_bytes && finding.actual_bytes->empty() &&
        other_spoke_last(observation, finding.client, finding.side)) {
        return Cause{
            "reads-on", Sureness::likely,
            "it has been sent all that it will get and goes on reading: it waits for more octets, a delimiter, "
            "or the end of the stream, which does not come before its reply"};
    }
    return {};
}

bool has_reset(const Observation& observation, int client, Side side) {
    const auto& transcript = observation.transcript;
    return std::any_of(transcript.events.begin(), transcript.events.end(), [&](const WireEvent& event) {
        const auto connection = static_cast<std::size_t>(event.connection);
        return event.kind == Kind::reset && event.side == side && connection < transcript.connections.size() &&
               transcript.connections[connection].client == client;
    });
}

/// Whether the server took a client's connection.
bool was_served(const Observation& observation) {
    const auto& events = observation.transcript.events;
    return std::any_of(events.begin(), events.end(), [](const WireEvent& event) {
        return event.kind == Kind::connected && event.side == Side::server;
    });
}

std::optional<Cause> from_ending(const Scenario& scenario, const Observation& observation, const Finding& finding) {
    if (finding.code == Code::ended_early && finding.side == Side::server && was_served(observation) &&
        observation.server->state == ProgramState(Exited{0})) {
        return Cause{"one-client", finding.client > 0 ? Sureness::certain : Sureness::likely,
                     "the server ended after its first client: accept() belongs into a loop"};
    }
    if (finding.code == Code::end_unexpected && finding.side == Side::client &&
        has_reset(observation, finding.client, Side::client)) {
        return Cause{
            "closed-early", Sureness::certain,
            "the client closed its socket before the answer had come, and nobody was there to take it: read the "
            "answer first, or end only the own direction, with shutdown(SHUT_WR)"};
    }
    if (finding.code == Code::end_unexpected && finding.side == Side::server &&
        !messages_of(observation, finding.client, Side::server).empty()) {
        return Cause{
            "one-reply", Sureness::likely,
            "the server closed after its reply, and the client had more to ask: recv() belongs into a loop that "
            "ends when it returns 0"};
    }
    if (finding.code == Code::reset_unexpected && other_spoke_last(observation, finding.client, finding.side)) {
        return Cause{
            "unread-input", Sureness::likely,
            "a socket that is closed while octets lie in it unread sends a reset in place of an end, and what it "
            "had sent may be lost: read all first"};
    }
    const bool idle = std::any_of(scenario.clients.begin(), scenario.clients.end(),
                                  [](const ClientPart& part) { return part.player == Player::idle; });
    if (finding.code == Code::deadlock && scenario.at_once && idle && finding.side == Side::server) {
        return Cause{
            "one-at-a-time", Sureness::likely,
            "the server waits for a client that says nothing while another one waits: serve each in a thread or "
            "process of its own"};
    }
    return {};
}

std::optional<Cause> from_delivery(const Scenario& scenario, const Finding& finding) {
    const auto client = static_cast<std::size_t>(finding.client);
    if (finding.code != Code::out_of_turn || client >= scenario.clients.size()) return {};
    const auto& turns = scenario.clients[client].exchange;
    const bool in_pieces = std::any_of(turns.begin(), turns.end(), [](const Turn& turn) { return turn.pieces_of > 0; });
    if (!in_pieces) return {};
    return Cause{
        "one-recv", Sureness::likely,
        "it took what one recv() returned for a whole message; TCP delivers octets, in pieces of any size: read "
        "until the message is complete"};
}

std::optional<Cause> from_difference(const Finding& finding) {
    if (!finding.expected_bytes || !finding.actual_bytes || finding.actual_bytes->empty()) return {};
    const Difference difference{*finding.expected_bytes, *finding.actual_bytes};
    switch (finding.code) {
        case Code::bytes_differ:
        case Code::bytes_missing:
        case Code::bytes_extra:
        case Code::deadlock:
        case Code::deadline:
            for (const auto recognise : from_octets) {
                if (auto cause = recognise(difference)) return cause;
            }
            return {};
        case Code::stdout_differs:
        case Code::stderr_differs:
            if (auto cause = line_ends(difference)) return cause;
            return other_encoding(difference);
        default: return {};
    }
}

}  // namespace

std::optional<Cause> likely_cause(const Scenario& scenario, const Observation& observation, const Finding& finding) {
    if (finding.code == Code::killed_by_signal) return from_signal(observation, finding);
    if (auto cause = from_delivery(scenario, finding)) return cause;
    if (auto cause = stale_octets(observation, finding)) return cause;
    if (auto cause = from_difference(finding)) return cause;
    if (auto cause = from_ending(scenario, observation, finding)) return cause;
    if (finding.code == Code::deadlock || finding.code == Code::deadline) return from_waiting(observation, finding);
    return {};
}

}  // namespace parley
