#include "parley/judge/cause_recognisers.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/expected_texts.h"
#include "parley/judge/octet_causes.h"
#include "parley/judge/time_causes.h"
#include "parley/judge/wording.h"

namespace parley::recognise {

namespace {

Cause left_over() {
    return {"stale-octets", Sureness::likely,
            tr("what follows is left over from a longer message before: end the buffer at the count that recv() "
               "returned, or clear it")};
}

}  // namespace

std::optional<Cause> stale_octets(const Evidence& evidence) {
    const auto& finding = evidence.finding;
    if (!evidence.is({Code::bytes_differ, Code::bytes_extra}) || !finding.expected_bytes || !finding.actual_bytes)
        return {};
    const std::string_view expected = *finding.expected_bytes, actual = *finding.actual_bytes;
    for (const std::string_view earlier : evidence.messages_of(evidence.side())) {
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

namespace {

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

/// What of `actual` stands where it departs from `expected`, up to where both go on alike to their ends.
std::string_view departure(std::string_view expected, std::string_view actual) {
    const auto first = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    const auto begin = static_cast<std::size_t>(first.second - actual.begin());
    expected.remove_prefix(begin);
    actual.remove_prefix(begin);
    const auto last = std::mismatch(expected.rbegin(), expected.rend(), actual.rbegin(), actual.rend());
    return actual.substr(0, static_cast<std::size_t>(actual.rend() - last.second));
}

/// Whether the reply holds, in place of what it was to hold, what another client said: as much of it as the buffer that
/// they share was taken to hold, so that it need not be all.
bool holds_anothers_words(const Evidence& evidence) {
    constexpr std::size_t telling = 4;  // fewer octets are alike by chance
    const auto& [scenario, observation, finding] = evidence;
    if (!finding.expected_bytes || !finding.actual_bytes) return false;
    const auto words = departure(*finding.expected_bytes, *finding.actual_bytes);
    if (words.size() < telling) return false;
    bool anothers = false;
    const auto& transcript = observation.transcript;
    for (std::size_t i = 0; i < transcript.connections.size(); ++i) {
        for (const auto& act : acts_of(transcript, static_cast<int>(i), {}).list) {
            if (act.side != Side::client || act.bytes.find(words) == Bytes::npos) continue;
            if (transcript.connections[i].client == finding.client) return false;
            anothers = true;
        }
    }
    return anothers;
}

}  // namespace

std::optional<Cause> cross_talk(const Evidence& evidence) {
    const bool differs = evidence.finding.code == Code::bytes_differ && evidence.finding.side == Side::server;
    if (!evidence.scenario.at_once || !differs) return {};
    if (!are_replies_swapped(evidence.scenario, evidence.observation) && !holds_anothers_words(evidence)) return {};
    return Cause{"cross-talk", Sureness::certain,
                 tr("a client got what another was to get: threads share a buffer or a variable; give each its own")};
}

namespace {

/// Whether a client reached the server and got nothing from it.
bool has_unanswered_client(const Observation& observation) {
    const auto& transcript = observation.transcript;
    for (std::size_t i = 0; i < transcript.connections.size(); ++i) {
        if (octets_sent(transcript, static_cast<int>(i), Side::server) == 0) return true;
    }
    return false;
}

}  // namespace

std::optional<Cause> replies_of_others(const Evidence& evidence) {
    const auto& [scenario, observation, finding] = evidence;
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

namespace {

/// The rest of the line of `expected` in which `printed` differs first.
std::string_view missing_from(std::string_view expected, std::string_view printed) {
    const auto same = std::mismatch(expected.begin(), expected.end(), printed.begin(), printed.end());
    const auto rest = expected.substr(static_cast<std::size_t>(same.first - expected.begin()));
    return rest.substr(0, rest.find('\n'));
}

/// What stdout lacks stands on stderr.
std::optional<Cause> printed_to_stderr(const Evidence& evidence, std::string_view expected) {
    const auto* program = evidence.program();
    if (evidence.finding.code != Code::stdout_differs || !program) return {};
    const auto missing = missing_from(expected, program->out.bytes);
    if (missing.size() < 3 || program->err.bytes.find(missing) == Bytes::npos) return {};
    return Cause{"printed-to-stderr", Sureness::certain,
                 tr("what stdout lacks was printed to stderr: print to stdout (printf, cout, puts, System.out)")};
}

/// What is printed of a message goes on as a longer one did that lay in the buffer before.
std::optional<Cause> stale_print(const Evidence& evidence, std::string_view expected) {
    const auto* program = evidence.program();
    if (evidence.finding.code != Code::stdout_differs || !program) return {};
    std::vector<Bytes> all;
    for (const auto* event : evidence.events()) {
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
std::optional<Cause> message_in_reply(const Evidence& evidence, std::string_view expected) {
    if (!evidence.is({Code::bytes_differ, Code::bytes_extra}) || evidence.side() != Side::server) return {};
    for (const auto& message : evidence.messages_of(Side::client)) {
        const auto line = std::string_view(message).substr(0, message.find_last_not_of("\r\n") + 1);
        if (line.size() < 3 || evidence.finding.actual_bytes->find(line) == Bytes::npos) continue;
        if (expected.find(line) != std::string_view::npos) continue;
        return Cause{"message-in-reply", Sureness::likely,
                     told("the reply holds {}, which the client had sent, and which is no part of it", excerpt(line))};
    }
    return {};
}

}  // namespace

std::optional<Cause> from_octets(const Evidence& evidence) {
    const auto& [scenario, observation, finding] = evidence;
    const bool sent = evidence.is({Code::bytes_differ, Code::bytes_missing, Code::bytes_extra}) || evidence.is_stuck();
    const bool printed = evidence.is({Code::stdout_differs, Code::stderr_differs});
    if (!(sent || printed) || !finding.actual_bytes || (sent && finding.actual_bytes->empty())) return {};
    for (const auto& expected : expected_texts(scenario, observation, finding)) {
        auto cause = printed ? cause_in_print(expected, *finding.actual_bytes)
                             : cause_in_octets(expected, *finding.actual_bytes);
        if (cause) return cause;
        for (const auto& request : evidence.messages_of(other(evidence.side()))) {
            cause = sent ? cause_in_repetition(expected, *finding.actual_bytes, request) : std::nullopt;
            if (cause) return cause;
        }
        if (cause = printed_to_stderr(evidence, expected); cause) return cause;
        if (cause = stale_print(evidence, expected); cause) return cause;
        if (cause = message_in_reply(evidence, expected); cause) return cause;
    }
    return sent ? cause_in_time(scenario, observation, finding) : std::nullopt;
}

namespace {

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

}  // namespace

std::optional<Cause> did_not_wait(const Evidence& evidence) {
    if (evidence.finding.code != Code::out_of_turn || !evidence.finding.expected_bytes) return {};
    const auto steps = evidence.steps();
    for (const auto* event : evidence.events()) {
        if (event->kind != Kind::data || event->side != evidence.side() ||
            turns_in(event->bytes, steps, evidence.side()) < 2)
            continue;
        return Cause{"one-send", Sureness::likely,
                     tr("several messages were sent in one go: send one, wait for its answer, then send the next (a "
                        "text that goes character by character takes a send() for each)")};
    }
    return Cause{
        "does-not-wait", Sureness::likely,
        tr("it sends its next message before the answer to the last has come: a recv() belongs after each send()")};
}

std::optional<Cause> spoke_first(const Evidence& evidence) {
    const auto& finding = evidence.finding;
    if (!evidence.is({Code::out_of_turn, Code::data_unexpected}) || !finding.actual_bytes) return {};
    const auto all = evidence.events();
    const auto first =
        std::find_if(all.begin(), all.end(), [](const auto* event) { return event->kind == Kind::data; });
    const auto steps = evidence.steps();
    const bool other_begins = !steps.empty() && sides_of(steps.front().who).front() != evidence.side();
    if (first == all.end() || (*first)->side != evidence.side() || !other_begins) return {};
    const bool says_its_turn = turns_in(*finding.actual_bytes, steps, evidence.side()) > 0;
    return Cause{"speaks-first", Sureness::certain,
                 says_its_turn ? tr("it answers before it has been asked: recv() belongs before send()")
                               : told("in this protocol {} speaks first: wait for what it says",
                                      side_text(other(evidence.side())))};
}

std::optional<Cause> nothing_to_say(const Evidence& evidence) {
    if (evidence.finding.code != Code::data_unexpected || evidence.side() != Side::client) return {};
    const auto steps = evidence.steps();
    const auto speaks = [&](Who who) {
        return std::any_of(steps.begin(), steps.end(), [who](const Step& step) {
            return std::holds_alternative<Value>(step.what) && step.who == who;
        });
    };
    if (speaks(Who::client) || !speaks(Who::server)) return {};
    return Cause{"nothing-to-say", Sureness::certain,
                 tr("in this protocol the server speaks, and the client only listens: take its send() away")};
}

std::optional<Cause> cut_characters(const Evidence& evidence) {
    if (evidence.finding.code != Code::out_of_turn) return {};
    for (const auto& step : evidence.steps()) {
        const auto* value = std::get_if<Value>(&step.what);
        const auto* literal = value && sides_of(step.who).front() != evidence.side() ? value->literal() : nullptr;
        if (!literal || literal->size() < 2 || utf8_sequence_length(*literal) != literal->size()) continue;
        const auto sent = evidence.messages_of(other(evidence.side()));
        const bool cut = std::any_of(sent.begin(), sent.end(), [&](const Bytes& message) {
            return message.size() < literal->size() && literal->starts_with(message);
        });
        if (!cut) continue;
        return Cause{"octets-for-characters", Sureness::likely,
                     told("{} sends octet by octet where a character of UTF-8 has several: send whole characters",
                          side_text(other(evidence.side())))};
    }
    return {};
}

std::optional<Cause> from_delivery(const Evidence& evidence) {
    const auto client = static_cast<std::size_t>(evidence.finding.client);
    if (client >= evidence.scenario.clients.size()) return {};
    const auto& had_come = evidence.finding.actual_bytes;
    const bool left = evidence.is({Code::end_unexpected, Code::reset_unexpected}) && had_come && !had_come->empty();
    if (evidence.finding.code != Code::out_of_turn && !left) return {};
    const auto& turns = evidence.scenario.clients[client].exchange;
    const auto pieces = std::find_if(turns.begin(), turns.end(), [](const Turn& turn) { return turn.pieces_of > 0; });
    if (pieces == turns.end()) return {};
    if (left && had_come->size() > pieces->pieces_of) {
        return Cause{"stops-reading", Sureness::likely,
                     told("it stopped reading after {}, which had come in pieces of {}: it counts its calls or the "
                          "octets, or gives up after some time; read until the message is complete",
                          octets(had_come->size()), pieces->pieces_of)};
    }
    return Cause{"one-recv", Sureness::likely,
                 tr("it took what one recv() returned for a whole message; TCP delivers octets, in pieces of any size: "
                    "read until the message is complete")};
}

}  // namespace parley::recognise
