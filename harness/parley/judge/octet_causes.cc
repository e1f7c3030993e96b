#include "parley/judge/octet_causes.h"

#include <algorithm>
#include <array>
#include <string>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"

namespace parley {

namespace {

using namespace std::string_view_literals;
using Sureness = Cause::Sureness;

/// What was expected and what came instead, both whole.
struct Difference {
    std::string_view expected, actual;

    bool lacks_the_end() const { return actual.size() < expected.size() && expected.starts_with(actual); }
    bool goes_on() const { return actual.size() > expected.size() && actual.starts_with(expected); }
    /// Of octets that go on: those after what was expected.
    std::string_view surplus() const { return actual.substr(expected.size()); }
};

using Recogniser = std::optional<Cause> (*)(const Difference&);

unsigned octet(char c) {
    return static_cast<unsigned char>(c);
}

bool only_nuls(std::string_view bytes) {
    return bytes.find_first_not_of('\0') == std::string_view::npos;
}

Bytes without(std::string_view bytes, std::string_view part) {
    Bytes out;
    while (!bytes.empty()) {
        if (bytes.starts_with(part)) {
            bytes.remove_prefix(part.size());
        } else {
            out += bytes[0];
            bytes.remove_prefix(1);
        }
    }
    return out;
}

std::size_t characters(std::string_view bytes) {
    return static_cast<std::size_t>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return (octet(c) & 0xc0U) != 0x80U; }));
}

// ---- how text becomes octets

/// The first character of `bytes`, and takes its octets away; an octet that begins none stands for itself.
char32_t take_character(std::string_view& bytes) {
    const auto length = std::max<std::size_t>(utf8_sequence_length(bytes), 1);
    constexpr std::array<unsigned, 5> payload{0, 0xff, 0x1f, 0x0f, 0x07};
    char32_t character = octet(bytes[0]) & payload[length];
    for (std::size_t i = 1; i < length; ++i) character = character << 6U | (octet(bytes[i]) & 0x3fU);
    bytes.remove_prefix(length);
    return character;
}

/// `text`, which is UTF-8, in Latin-1, with `?` for a character that it lacks, or for all beyond ASCII.
Bytes latin1(std::string_view text, bool ascii) {
    Bytes out;
    while (!text.empty()) {
        const auto character = take_character(text);
        out += character < (ascii ? 0x80U : 0x100U) ? static_cast<char>(character) : '?';
    }
    return out;
}

/// What becomes of UTF-8 that is taken for Latin-1 and encoded again.
Bytes encoded_again(std::string_view bytes) {
    Bytes out;
    for (char c : bytes) {
        if (octet(c) < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xc0U | octet(c) >> 6U);
            out += static_cast<char>(0x80U | (octet(c) & 0x3fU));
        }
    }
    return out;
}

/// `text` in UTF-16, big-endian unless `little`.
Bytes utf16(std::string_view text, bool little) {
    Bytes out;
    const auto put = [&](char32_t unit) {
        const char high = static_cast<char>(unit >> 8U), low = static_cast<char>(unit & 0xffU);
        out += little ? low : high;
        out += little ? high : low;
    };
    while (!text.empty()) {
        const auto character = take_character(text);
        if (character < 0x10000) {
            put(character);
        } else {
            put(0xd800U + (character - 0x10000U) / 0x400U);
            put(0xdc00U + (character - 0x10000U) % 0x400U);
        }
    }
    return out;
}

/// The letter without its accent, of the accented letters of Latin-1; 0 for what is none.
char base_letter(char32_t character) {
    constexpr std::string_view from_c0 =
        "AAAAAA\0CEEEEIIII\0NOOOOO\0\0UUUUY\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y"sv;
    return character >= 0xc0 && character <= 0xff ? from_c0[character - 0xc0] : '\0';
}

Bytes without_accents(std::string_view text) {
    Bytes out;
    while (!text.empty()) {
        const auto rest = text;
        const char base = base_letter(take_character(text));
        if (base != '\0')
            out += base;
        else
            out += rest.substr(0, rest.size() - text.size());
    }
    return out;
}

std::optional<Cause> wide_characters(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected.empty()) return {};
    // The other side takes as many octets as the text should have, and may leave before the rest comes.
    const auto enough = std::max<std::size_t>(expected.size(), 4);
    bool whole = false, begun = false;
    for (const bool little : {false, true})
        for (const char* mark : {"", little ? "\xff\xfe" : "\xfe\xff"}) {
            const auto wide = mark + utf16(expected, little);
            whole |= actual == wide;
            begun |= actual.size() >= enough && wide.starts_with(actual);
        }
    if (!whole && !begun) return {};
    return Cause{
        "wide-characters", whole ? Sureness::certain : Sureness::likely,
        tr("each character is sent as two octets, one of them 00, as Java's writeChars() does (or UTF-16); send "
           "the octets of the text in UTF-8")};
}

std::optional<Cause> other_encoding(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (!is_utf8(expected) || characters(expected) == expected.size()) return {};
    if (actual == latin1(expected, true)) {
        return Cause{
            "question-marks", Sureness::certain,
            tr("a question mark stands where the encoding that was used lacks the character; name UTF-8 where text "
               "becomes octets")};
    }
    if (actual == latin1(expected, false)) {
        return Cause{"latin-1", Sureness::certain,
                     tr("the text is encoded in Latin-1, not in UTF-8; name the encoding where text becomes octets")};
    }
    if (actual == encoded_again(expected)) {
        return Cause{
            "encoded-twice", Sureness::certain,
            tr("octets of UTF-8 were taken for Latin-1 and encoded once more; name UTF-8 where octets become text")};
    }
    // Java and JavaScript count the units of UTF-16.
    const auto units = utf16(expected, false).size() / 2;
    if (difference.lacks_the_end() && (actual.size() == characters(expected) || actual.size() == units)) {
        return Cause{"characters-counted", Sureness::likely,
                     told("as many octets were sent as the text has characters ({}): count octets, after encoding",
                          actual.size())};
    }
    return {};
}

std::optional<Cause> accents(const Difference& difference) {
    const auto plain = without_accents(difference.expected);
    if (plain == difference.expected || plain != difference.actual) return {};
    return Cause{"accents-missing", Sureness::certain, tr("the text lacks its accents, and is the same but for them")};
}

// ---- what is sent besides the text, or not at all

std::optional<Cause> serialized_object(const Difference& difference) {
    if (!difference.actual.starts_with("\xac\xed\x00\x05"sv)) return {};
    return Cause{"java-object", Sureness::certain,
                 tr("Java's ObjectOutputStream puts a header of its own (ac ed 00 05) before what it writes; write the "
                    "octets of the text, with getBytes(UTF_8), to the plain OutputStream")};
}

/// The number that all of `bytes` spell, the first octet being the highest.
std::size_t number_in(std::string_view bytes) {
    std::size_t number = 0;
    for (char c : bytes) number = number << 8U | octet(c);
    return number;
}

/// Whether `bytes` are `number` as an integer of some type.
bool spells(std::string_view bytes, std::size_t number) {
    if (bytes.size() != 2 && bytes.size() != 4 && bytes.size() != 8) return false;
    const Bytes reversed(bytes.rbegin(), bytes.rend());
    return number_in(bytes) == number || number_in(reversed) == number;
}

std::optional<Cause> length_prefix(const Difference& difference) {
    const auto [expected, actual] = difference;
    const bool followed = actual.size() > expected.size() && actual.ends_with(expected);
    const auto prefix = followed ? actual.substr(0, actual.size() - expected.size()) : actual;
    if (expected.empty() || !spells(prefix, expected.size())) return {};
    return Cause{
        "length-prefix", followed ? Sureness::certain : Sureness::likely,
        prefix.size() == 2
            ? tr("the text comes after its length in two octets, as Java's writeUTF() sends it; "
                 "write the octets alone")
            : told("the text comes after its length, an integer of {}; write the text alone", octets(prefix.size()))};
}

std::optional<Cause> terminator(const Difference& difference) {
    if (!difference.goes_on() || difference.surplus() != "\0"sv) return {};
    return Cause{
        "terminator-sent", Sureness::certain,
        tr("the NUL that ends a C string was sent with it: the length was strlen(s) + 1 or sizeof, where strlen(s) "
           "was meant")};
}

std::optional<Cause> whole_buffer(const Difference& difference) {
    constexpr std::array<std::size_t, 16> usual{32,  50,  64,  80,   100,  128,  200,  255,
                                                256, 500, 512, 1000, 1024, 2048, 4096, 8192};
    constexpr std::size_t many = 8;
    if (!difference.goes_on() || difference.surplus().find('\0') == std::string_view::npos) return {};
    const bool is_usual = std::find(usual.begin(), usual.end(), difference.actual.size()) != usual.end();
    if (!is_usual && (difference.surplus().size() < many || !only_nuls(difference.surplus()))) return {};
    return Cause{"whole-buffer", Sureness::likely,
                 told("all {} of a buffer were sent, where only the {} of the message were meant: give send() the "
                      "length of what it holds",
                      octets(difference.actual.size()), grouped(difference.expected.size()))};
}

std::optional<Cause> zero_octets(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto first = actual.find('\0');
    if (first == std::string_view::npos || only_nuls(actual.substr(first)) || expected.empty()) return {};
    if (without(actual, "\0"sv) != expected) return {};
    return Cause{
        "zero-octets", Sureness::certain,
        tr("octets 00 lie between the parts of the text, and without them it is right: a struct or an array was "
           "sent as it lies in memory; put the text together in one buffer and send its length")};
}

std::optional<Cause> pointer_size(const Difference& difference) {
    const bool filled_up = difference.goes_on() && only_nuls(difference.surplus());
    if (difference.actual.size() != sizeof(void*) || !(difference.lacks_the_end() || filled_up)) return {};
    return Cause{
        "size-of-a-pointer", Sureness::likely,
        tr("exactly 8 octets were sent: sizeof was probably taken of a pointer, which is not the length of the text "
           "that it points to")};
}

/// Text for people, and more of it than blanks.
bool is_words(std::string_view bytes) {
    return printable(bytes) == bytes && bytes.find_first_not_of(" \t\n") != std::string_view::npos;
}

std::optional<Cause> text_around(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto at =
        expected.empty() || actual.size() == expected.size() ? std::string_view::npos : actual.find(expected);
    if (at == std::string_view::npos || at == 0) return {};
    const auto before = actual.substr(0, at), after = actual.substr(at + expected.size());
    if (is_words(before) && after.empty()) {
        return Cause{"text-before", Sureness::likely,
                     told("{} comes before it: text that is meant for the console goes to stdout or stderr, not into "
                          "the socket",
                          excerpt(before))};
    }
    if (!is_words(before) || !is_words(after)) return {};
    return Cause{"text-around", Sureness::likely,
                 told("it stands between {} and {}: send the text alone, not as it is shown or written in a program",
                      excerpt(before), excerpt(after))};
}

/// Whether `actual` is `expected` without what stands between its beginning and its end; then `gap` is that.
bool has_gap(const Difference& difference, std::string_view& gap) {
    const auto [expected, actual] = difference;
    if (actual.size() >= expected.size()) return false;
    const auto same = std::mismatch(actual.begin(), actual.end(), expected.begin());
    const auto before = static_cast<std::size_t>(same.first - actual.begin());
    gap = expected.substr(before, expected.size() - actual.size());
    return expected.ends_with(actual.substr(before));
}

std::optional<Cause> cut_at_nul(const Difference& difference) {
    std::string_view gap;
    if (!has_gap(difference, gap) || !(gap.starts_with('\0') || gap.starts_with("\\x00"))) return {};
    return Cause{
        "cut-at-nul", Sureness::likely,
        tr("it ends where the first 00 would come: strlen() and the str… functions stop there; keep the count that "
           "recv() returned")};
}

std::optional<Cause> cut_at_blank(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.expected[difference.actual.size()] != ' ') return {};
    if (difference.actual.empty() || difference.actual.find_first_of(" \n") != std::string_view::npos) return {};
    return Cause{"cut-at-blank", Sureness::likely,
                 tr("it ends at the first blank: scanf(\"%s\"), cin >> and Scanner.next() read a word; read a line")};
}

// ---- lines and blanks

std::optional<Cause> newline_kept(const Difference& difference) {
    if (!difference.goes_on() || difference.surplus() != "\n" || !difference.expected.ends_with('\n')) return {};
    return Cause{"newline-twice", Sureness::likely,
                 tr("there are two newlines: what fgets() or a line reader returns ends in one already")};
}

std::optional<Cause> newline_added(const Difference& difference) {
    if (!difference.goes_on() || difference.expected.ends_with('\n')) return {};
    if (difference.surplus() != "\n" && difference.surplus() != "\r\n") return {};
    return Cause{
        "newline-added", Sureness::certain,
        tr("a newline was sent after it, as println(), puts(), print() and C's ctime() add one; it is not part "
           "of the text")};
}

std::optional<Cause> delimiter_missing(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.expected.substr(difference.actual.size()) != "\n") return {};
    return Cause{"newline-missing", Sureness::certain, tr("all but the newline at the end was sent")};
}

Bytes without_carriage_returns(std::string_view bytes) {
    Bytes out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '\r' || bytes.substr(i + 1, 1) != "\n") out += bytes[i];
    }
    return out;
}

std::optional<Cause> line_ends(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (without_carriage_returns(expected) != without_carriage_returns(actual)) return {};
    const bool too_many = actual.size() > expected.size();
    return Cause{"line-ends", Sureness::certain,
                 too_many
                     ? tr("lines end in CR LF (0d 0a), where LF (0a) alone is the protocol's: println() and text mode "
                          "write what the platform is used to")
                     : tr("lines end in LF (0a) alone, where the protocol has CR LF (0d 0a)")};
}

/// `bytes` without blanks, those that are escaped among them.
Bytes without_blanks(std::string_view bytes) {
    Bytes out(bytes);
    for (const auto blank : {"\\n"sv, "\\r"sv, "\\t"sv, " "sv, "\n"sv, "\r"sv, "\t"sv}) out = without(out, blank);
    return out;
}

std::optional<Cause> blanks(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto solid = without_blanks(expected);
    if (expected == actual || solid.empty() || solid != without_blanks(actual)) return {};
    return Cause{
        "blanks", Sureness::certain,
        actual.size() < expected.size()
            ? tr("a blank or a newline is missing, and all else is right: strip(), trim() and scanf() take them "
                 "away")
            : tr("there is a blank too many, and all else is right")};
}

std::optional<Cause> letter_case(const Difference& difference) {
    const auto same = [](char a, char b) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return lower(a) == lower(b);
    };
    const auto [expected, actual] = difference;
    if (expected == actual || !std::equal(expected.begin(), expected.end(), actual.begin(), actual.end(), same))
        return {};
    return Cause{"letter-case", Sureness::certain, tr("it differs in capital and small letters alone")};
}

// ---- how Python shows octets

constexpr std::string_view hexadecimal = "0123456789abcdef";

/// The octet of the escape `\xNN` that `text` begins with; -1 where it begins with none.
int escaped_octet(std::string_view text) {
    if (!text.starts_with("\\x") || text.size() < 4) return -1;
    const auto high = hexadecimal.find(text[2]), low = hexadecimal.find(text[3]);
    if (high == std::string_view::npos || low == std::string_view::npos) return -1;
    return static_cast<int>(high * 16 + low);
}

/// `shown` with each of its escapes replaced by what `put` makes of the octet and of the escape's own text.
template <typename Put>
Bytes with_escapes(std::string_view shown, const Put& put) {
    constexpr std::string_view names = "nrt\\'\"", octets_of = "\n\r\t\\'\"";
    Bytes out;
    while (!shown.empty()) {
        std::size_t length = 1;
        const auto named = shown.size() > 1 && shown[0] == '\\' ? names.find(shown[1]) : std::string_view::npos;
        if (const int numbered = escaped_octet(shown); numbered >= 0) {
            out += put(static_cast<char>(numbered), shown.substr(0, length = 4));
        } else if (named != std::string_view::npos) {
            out += put(octets_of[named], shown.substr(0, length = 2));
        } else {
            out += shown[0];
        }
        shown.remove_prefix(length);
    }
    return out;
}

Bytes unescaped(std::string_view shown) {
    return with_escapes(shown, [](char octet_of, std::string_view) { return Bytes(1, octet_of); });
}

std::optional<Cause> signed_octets(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (actual.find("ffffff") == std::string_view::npos) return {};
    const auto wide = with_escapes(expected, [](char octet_of, std::string_view escape) {
        return octet(octet_of) < 0x80 ? Bytes(escape) : "\\xffffff" + Bytes(escape.substr(2));
    });
    if (wide != actual) return {};
    return Cause{
        "signed-octets", Sureness::certain,
        tr("octets from 80 on are shown as negative numbers (ffffffe9 for e9): char in C and byte in Java have a "
           "sign; use unsigned char, or & 0xff")};
}

std::optional<Cause> octal_escapes(const Difference& difference) {
    const auto octal = [](char octet_of, std::string_view escape) {
        return escape.size() == 2 ? Bytes(escape) : format("\\{:03o}", octet(octet_of));
    };
    const auto shown = with_escapes(difference.expected, octal);
    if (shown == difference.expected || shown != difference.actual) return {};
    return Cause{
        "octal-escapes", Sureness::certain,
        tr("octets are escaped by octal numbers (\\351), where Python shows them in hexadecimal ones (\\xe9)")};
}

std::optional<Cause> quotes(const Difference& difference) {
    const auto neutral = [](std::string_view shown) {
        Bytes out = without(without(shown, "\\'"), "\\\"");
        std::replace(out.begin(), out.end(), '"', '\'');
        return without(out, "'");
    };
    const auto [expected, actual] = difference;
    if (expected == actual || neutral(expected) == expected || neutral(expected) != neutral(actual)) return {};
    return Cause{
        "quotes", Sureness::certain,
        tr("the quotes differ, and all else is right: Python puts bytes into single quotes, into double ones "
           "where they hold a single quote and no double one, and puts a backslash before a quote only where it "
           "is the one around")};
}

std::optional<Cause> not_escaped(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto raw = unescaped(expected);
    if (raw == expected || raw != actual) return {};
    return Cause{"not-escaped", Sureness::certain,
                 tr("octets stand there as they came, where Python shows them escaped: \\n, \\xe9, \\\\")};
}

std::optional<Cause> not_shown_as_bytes(const Difference& difference) {
    const auto expected = difference.expected, actual = difference.actual;  // clang 14 captures no structured binding
    for (const auto opening : {"b'"sv, "b\""sv}) {
        const auto begin = expected.find(opening), end = expected.rfind(opening[1]);
        if (begin == std::string_view::npos || end < begin + opening.size()) continue;
        const auto inside = expected.substr(begin + opening.size(), end - begin - opening.size());
        const auto around = [&](const Bytes& text) {
            return Bytes(expected.substr(0, begin)) + text + Bytes(expected.substr(end + 1));
        };
        const auto raw = unescaped(inside);
        if (actual != around(raw) && actual != around(encoded_again(raw)) && actual != around(Bytes(inside))) continue;
        return Cause{"not-shown-as-bytes", Sureness::certain,
                     tr("the text stands there as it is, where Python shows bytes: b'…', with escapes")};
    }
    return {};
}

std::optional<Cause> said_again(const Difference& difference) {
    const auto [expected, actual] = difference;
    auto left = actual;
    while (expected.size() > 1 && left.starts_with(expected)) left.remove_prefix(expected.size());
    if (!left.empty() || actual.size() <= expected.size()) return {};
    return Cause{"said-again", Sureness::certain,
                 told("it is what was expected, {} times over: a send() too many, or one in a loop",
                      actual.size() / expected.size())};
}

template <std::size_t count>
std::optional<Cause> first_of(const std::array<Recogniser, count>& recognisers, const Difference& difference) {
    for (const auto recognise : recognisers) {
        if (auto cause = recognise(difference)) return cause;
    }
    return {};
}

/// The most telling first.
constexpr std::array<Recogniser, 24> in_octets{
    serialized_object, length_prefix, wide_characters, terminator,    newline_kept,       newline_added,
    delimiter_missing, line_ends,     other_encoding,  signed_octets, pointer_size,       whole_buffer,
    zero_octets,       cut_at_nul,    cut_at_blank,    text_around,   octal_escapes,      quotes,
    not_escaped,       letter_case,   blanks,          accents,       not_shown_as_bytes, said_again,
};

constexpr std::array<Recogniser, 9> in_print{
    line_ends,   other_encoding,     signed_octets, octal_escapes, quotes,
    not_escaped, not_shown_as_bytes, letter_case,   accents,
};

}  // namespace

std::optional<Cause> cause_in_octets(std::string_view expected, std::string_view actual) {
    return first_of(in_octets, {expected, actual});
}

std::optional<Cause> cause_in_print(std::string_view expected, std::string_view actual) {
    return first_of(in_print, {expected, actual});
}

std::optional<Cause> cause_in_repetition(std::string_view expected, std::string_view actual, std::string_view request) {
    const auto begin = request.size() < 2 ? std::string_view::npos : expected.find(request);
    if (begin == std::string_view::npos || !actual.starts_with(expected.substr(0, begin))) return {};
    const auto after = expected.substr(begin + request.size());
    const auto repeated = actual.substr(begin);
    const auto same = std::mismatch(repeated.begin(), repeated.end(), request.begin(), request.end());
    const auto taken = static_cast<std::size_t>(same.first - repeated.begin());
    if (taken == 0 || taken == request.size() || after.empty() || !repeated.substr(taken).starts_with(after)) return {};
    return Cause{"short-buffer", Sureness::likely,
                 told("only the first {} of a message of {} are in the reply: the buffer, or the count that recv() is "
                      "given, is too small for it",
                      octets(taken), octets(request.size()))};
}

}  // namespace parley
