#include "parley/judge/octet_causes.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/octet_recognisers.h"

namespace parley {

namespace {

using namespace std::string_view_literals;
using Sureness = Cause::Sureness;
using namespace recognise;

/// How many times `actual` is `expected`; 0 where it is anything else.
std::size_t times_over(const Difference& difference) {
    const auto [expected, actual] = difference;
    const bool says_more = expected.size() > 1 && actual.size() > expected.size();
    return says_more && repeats(actual, expected) ? actual.size() / expected.size() : 0;
}

std::optional<Cause> said_again(const Difference& difference) {
    const auto times = times_over(difference);
    if (times == 0) return {};
    return Cause{"said-again", Sureness::certain,
                 told("it is what was expected, {} times over: a send() too many, or one in a loop", times)};
}

// ---- a message that was answered piece by piece

/// What stands around a message in a reply to it.
struct Frame {
    std::string_view before, behind;
};

/// The pieces of the message that stand in `actual`, each in a frame of its own; the last frame may lack its end.
std::vector<std::string_view> pieces_in(std::string_view actual, const Frame& frame) {
    const auto joint = Bytes(frame.behind) + Bytes(frame.before);
    std::vector<std::string_view> pieces;
    if (!actual.starts_with(frame.before)) return {};
    actual.remove_prefix(frame.before.size());
    for (auto at = actual.find(joint); at != std::string_view::npos; at = actual.find(joint)) {
        pieces.push_back(actual.substr(0, at));
        actual.remove_prefix(at + joint.size());
    }
    if (actual.ends_with(frame.behind)) actual.remove_suffix(frame.behind.size());
    pieces.push_back(actual);
    return pieces;
}

/// Whether `pieces`, at least two, follow each other in the message. The last of them need not have come.
bool make_up(const std::vector<std::string_view>& pieces, std::string_view message) {
    for (const auto piece : pieces) {
        if (piece.empty() || !message.starts_with(piece)) return false;
        message.remove_prefix(piece.size());
    }
    return pieces.size() > 1;
}

Cause answered_in_pieces(std::string_view first, const Frame& frame) {
    const bool is_shown = frame.before.ends_with("b'") || frame.before.ends_with("b\"");
    return {
        "in-pieces", Sureness::likely,
        told("it answers each recv() by itself, and the first took {} of a longer message: give the buffer the size "
             "of the longest message",
             octets(is_shown ? unescaped(first).size() : first.size()))};
}

/// The beginning of the reply stands again within it.
std::optional<Cause> in_pieces(const Difference& difference) {
    constexpr std::size_t shortest = 4, longest = 64, longest_behind = 4, most = 64 << 10;
    const auto [expected, actual] = difference;
    if (expected.size() <= shortest || actual.size() < expected.size() || actual.size() > most) return {};
    if (actual.find(expected.substr(0, shortest), shortest) == std::string_view::npos) return {};
    for (std::size_t before = shortest; before < std::min(longest, expected.size()); ++before) {
        for (std::size_t behind = 0; behind <= longest_behind && before + behind < expected.size(); ++behind) {
            const Frame frame{expected.substr(0, before), expected.substr(expected.size() - behind)};
            const auto message = expected.substr(before, expected.size() - before - behind);
            const auto pieces = pieces_in(actual, frame);
            if (make_up(pieces, message)) return answered_in_pieces(pieces.front(), frame);
        }
    }
    return {};
}

// ---- what is printed

std::optional<Cause> printed_again(const Difference& difference) {
    const auto times = times_over(difference);
    if (times == 0) return {};
    return Cause{"said-again", Sureness::certain,
                 told("it is what was expected, {} times over: it is printed once too often, or in a loop", times)};
}

std::optional<Cause> taken_for_format(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto parted = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    // Of "10%d", what is printed in place of the sign may begin like what follows it.
    if (parted.first == expected.end() || *parted.first != '%') return {};
    return Cause{"format-string", Sureness::likely,
                 tr("from a percent sign on something else is printed: the text was taken for a format; print it with "
                    "printf(\"%s\", text), never with printf(text)")};
}

std::optional<Cause> nuls_printed(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected.empty() || expected == actual || without(actual, "\0"sv) != expected) return {};
    constexpr std::size_t many = 8;
    if (const auto gap = gap_between(actual, expected); gap.size() >= many) return buffer_shown(gap.size());
    return Cause{"zero-octets", Sureness::likely,
                 tr("octets 00 were printed with the text, and without them it is right: print only the text, without "
                    "the NUL that ends it")};
}

std::string_view without_last_newline(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

std::optional<Cause> shown_as_bytes(const Difference& difference) {
    const auto expected = difference.expected, actual = without_last_newline(difference.actual);
    for (const auto opening : {"b'"sv, "b\""sv}) {
        const auto at = actual.find(opening);
        if (at == std::string_view::npos || at + opening.size() >= actual.size() || !actual.ends_with(opening[1]))
            continue;
        auto inside = actual.substr(at + opening.size());
        inside.remove_suffix(1);
        const auto meant = Bytes(actual.substr(0, at)) + unescaped(inside);
        if (meant == actual || (meant != expected && meant != without_last_newline(expected))) continue;
        return Cause{"shown-as-bytes", Sureness::certain,
                     tr("Python shows bytes as b'…': make text of them before print(), with decode()")};
    }
    return {};
}

std::optional<Cause> printed_around(const Difference& difference) {
    const auto expected = without_last_newline(difference.expected), actual = without_last_newline(difference.actual);
    const auto at =
        expected.empty() || expected.size() == actual.size() ? std::string_view::npos : actual.find(expected);
    if (at == std::string_view::npos) return {};
    const auto before = actual.substr(0, at), behind = actual.substr(at + expected.size());
    const bool begins = before.empty() || (is_words(before) && !is_word_character(before.back()));
    const bool ends = behind.empty() || (is_words(behind) && !is_word_character(behind.front()));
    if (!begins || !ends) return {};
    if (behind.empty()) {
        constexpr std::string_view ends_of_labels = " \t\n:>=-";
        if (ends_of_labels.find(before.back()) == std::string_view::npos) return {};
        return Cause{"text-before", Sureness::likely,
                     told("{} comes before it: nothing but the text itself is to be printed", excerpt(before))};
    }
    if (!before.empty()) {
        return Cause{"text-around", Sureness::likely,
                     told("it stands between {} and {}: nothing but the text itself is to be printed", excerpt(before),
                          excerpt(behind))};
    }
    if (behind.front() != '\n') return {};
    return Cause{"text-after", Sureness::likely,
                 told("{} comes after it: nothing but the text itself is to be printed", excerpt(behind.substr(1)))};
}

template <std::size_t count>
std::optional<Cause> first_of(const std::array<Recogniser, count>& recognisers, const Difference& difference) {
    for (const auto recognise : recognisers) {
        if (auto cause = recognise(difference)) return cause;
    }
    return {};
}

/// The most telling first.
constexpr std::array in_octets{
    serialized_object,  object_named,     buffer_unfilled,
    length_prefix,      byte_order_mark,  wide_characters,
    terminator,         newline_kept,     newline_added,
    delimiter_not_sent, line_ends,        shown_line_ends,
    other_encoding,     accents_apart,    signed_octets,
    pointer_size,       shifted,          whole_buffer,
    whole_buffer_shown, zero_octets,      cut_at_nul,
    cut_at_blank,       text_around,      octal_escapes,
    one_digit,          characters_shown, shown_twice_encoded,
    decoded_as_text,    quotes,           not_escaped,
    letter_case,        blanks,           accents,
    not_shown_as_bytes, in_pieces,        said_again,
    last_octet_missing, cut_at_a_size,
};

constexpr std::array in_print{
    port_swapped,     object_named,
    byte_order_mark,  newline_kept,
    newline_added,    delimiter_missing,
    line_ends,        shown_line_ends,
    other_encoding,   accents_apart,
    signed_octets,    whole_buffer_shown,
    nuls_printed,     decoded_as_text,
    cut_at_nul,       cut_at_blank,
    octal_escapes,    one_digit,
    characters_shown, shown_twice_encoded,
    quotes,           not_escaped,
    shown_as_bytes,   not_shown_as_bytes,
    letter_case,      blanks,
    accents,          taken_for_format,
    printed_again,    printed_around,
};

/// The lines of `text`, with their newlines.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
        text.remove_prefix(lines.back().size());
    }
    return lines;
}

/// A mistake that is made in each line that differs.
std::optional<Cause> cause_in_lines(std::string_view expected, std::string_view actual) {
    const auto wanted = lines_of(expected), found = lines_of(actual);
    if (wanted.size() < 2 || wanted.size() != found.size()) return {};
    std::optional<Cause> common;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == found[i]) continue;
        auto cause = first_of(in_print, {wanted[i], found[i]});
        if (!cause || (common && common->code != cause->code)) return {};
        if (!common) common = std::move(cause);
    }
    return common;
}

}  // namespace

std::optional<Cause> cause_in_octets(std::string_view expected, std::string_view actual) {
    return first_of(in_octets, {expected, actual});
}

std::optional<Cause> cause_in_print(std::string_view expected, std::string_view actual) {
    if (auto cause = first_of(in_print, {expected, actual})) return cause;
    return cause_in_lines(expected, actual);
}

std::optional<Cause> cause_in_repetition(std::string_view expected, std::string_view actual, std::string_view request) {
    const auto begin = request.size() < 2 ? std::string_view::npos : expected.find(request);
    if (begin == std::string_view::npos || !actual.starts_with(expected.substr(0, begin))) return {};
    const auto rest = expected.substr(begin + request.size());
    const auto repeated = actual.substr(begin);
    const auto same = std::mismatch(repeated.begin(), repeated.end(), request.begin(), request.end());
    const auto taken = static_cast<std::size_t>(same.first - repeated.begin());
    if (taken == 0 || taken == request.size() || rest.empty() || !repeated.substr(taken).starts_with(rest)) return {};
    if (is_first_word(request.substr(0, taken), request)) return reads_a_word();
    if (taken + 1 == request.size()) {
        return Cause{
            "last-octet-missing", Sureness::likely,
            tr("only the last octet of the request is missing in the reply: n - 1 octets were taken, as if one "
               "had to be kept for a NUL, where recv() returned n")};
    }
    return Cause{"short-buffer", Sureness::likely,
                 told("only the first {} of a message of {} are in the reply: the buffer, or the count that recv() is "
                      "given, is too small for it",
                      octets(taken), octets(request.size()))};
}

}  // namespace parley
