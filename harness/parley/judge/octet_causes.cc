#include "parley/judge/octet_causes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

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

/// What stands between the beginning and the end of `longer`, which are all of `shorter`; empty where they are not.
std::string_view gap_between(std::string_view longer, std::string_view shorter) {
    if (shorter.size() >= longer.size()) return {};
    const auto same = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
    const auto before = static_cast<std::size_t>(same.first - shorter.begin());
    return longer.ends_with(shorter.substr(before)) ? longer.substr(before, longer.size() - shorter.size())
                                                    : std::string_view();
}

/// What stands in `text` after `part`, which is a part of it.
std::string_view after(std::string_view text, std::string_view part) {
    return text.substr(static_cast<std::size_t>(part.data() - text.data()) + part.size());
}

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

/// The mark over or under the letter, of the accented letters of Latin-1, as a character to combine with it; 0 for what
/// has none.
char32_t mark_of(char32_t character) {
    constexpr std::string_view from_c0 = "`'^~\"o\0,`'^\"`'^\"\0~`'^~\"\0\0`'^\"'\0\0"sv, marks = "`'^~\"o,"sv;
    constexpr std::array<char32_t, 7> combining{0x300, 0x301, 0x302, 0x303, 0x308, 0x30a, 0x327};
    static_assert(from_c0.size() == 0x20 && marks.size() == combining.size());
    if (base_letter(character) == '\0') return 0;
    const char mark = character == 0xff ? '"' : from_c0[(character - 0xc0) % 0x20];
    return combining[marks.find(mark)];
}

/// `text` with each accent as a character of its own (NFD).
Bytes decomposed(std::string_view text) {
    Bytes out;
    while (!text.empty()) {
        const auto rest = text;
        const auto character = take_character(text);
        if (const auto mark = mark_of(character); mark != 0) {
            out += base_letter(character);
            out += static_cast<char>(0xc0U | mark >> 6U);
            out += static_cast<char>(0x80U | (mark & 0x3fU));
        } else {
            out += rest.substr(0, rest.size() - text.size());
        }
    }
    return out;
}

std::optional<Cause> accents_apart(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto apart = decomposed(expected);
    if (apart == expected || apart != actual) return {};
    return Cause{"decomposed", Sureness::certain,
                 tr("letters and their accents are characters of their own (e and U+0301 for é): it looks the same and "
                    "is other octets; normalise the text to NFC")};
}

std::optional<Cause> byte_order_mark(const Difference& difference) {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    const auto [expected, actual] = difference;
    if (!actual.starts_with(mark) || expected.starts_with(mark)) return {};
    const auto text = actual.substr(mark.size());
    // The other side takes as many octets as the text should have, and may leave before the rest comes.
    if (text.empty() || !expected.starts_with(text)) return {};
    return Cause{"byte-order-mark", Sureness::certain,
                 tr("a byte order mark (ef bb bf) comes before the text: write UTF-8 without one")};
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

/// Whether the last character that came is an Ã in place of ã: the one letter whose capital looks as if it was encoded
/// twice.
bool ends_in_capital(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto at = actual.size() - 2;
    return actual.ends_with("Ã") && expected.substr(0, at) == actual.substr(0, at) && expected.substr(at, 2) == "ã";
}

Cause encoded_twice(Sureness sureness) {
    return {"encoded-twice", sureness,
            tr("octets of UTF-8 were taken for Latin-1 and encoded once more; name UTF-8 where octets become text")};
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
    if (const auto again = encoded_again(expected); actual == again) {
        return encoded_twice(Sureness::certain);
    } else if (again.starts_with(actual) && !expected.starts_with(actual) && !ends_in_capital(difference)) {
        return encoded_twice(Sureness::likely);
    }
    // Java and JavaScript count the units of UTF-16.
    const auto units = utf16(expected, false).size() / 2;
    if (difference.lacks_the_end() && (actual.size() == characters(expected) || actual.size() == units)) {
        return Cause{"characters-counted", Sureness::likely,
                     told("there are as many octets as the text has characters ({}): count octets, after encoding",
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
    if (!difference.goes_on()) return {};
    if (difference.surplus() == "\n\0"sv) {
        return Cause{
            "terminator-sent", Sureness::certain,
            tr("a newline and the NUL that ends a C string were sent with it: ctime() and fgets() leave a newline at "
               "the end; cut it off, and send strlen(s) octets")};
    }
    if (difference.surplus() != "\0"sv) return {};
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

/// Whether nothing but what closes a text follows.
bool closes(std::string_view rest) {
    return rest.find_first_not_of("'\"\n") == std::string_view::npos;
}

Cause buffer_shown(std::size_t surplus) {
    return {"whole-buffer", Sureness::likely,
            told("the {} of the buffer after the message are shown, too: take only as many as recv() returned",
                 octets(surplus))};
}

bool shows_bytes(std::string_view text) {
    return text.find("b'") != std::string_view::npos || text.find("b\"") != std::string_view::npos;
}

std::optional<Cause> whole_buffer_shown(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto gap = gap_between(actual, expected);
    constexpr std::size_t many = 8;
    const bool shown = gap.size() % 4 == 0 && without(gap, "\\x00").empty();
    const auto nuls = shown ? gap.size() / 4 : only_nuls(gap) ? gap.size() : 0;
    if (nuls < many || !shows_bytes(expected) || after(actual, gap).empty() || !closes(after(actual, gap))) return {};
    return buffer_shown(nuls);
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
    const auto before = actual.substr(0, at), behind = actual.substr(at + expected.size());
    if (is_words(before) && behind.empty()) {
        return Cause{"text-before", Sureness::likely,
                     told("{} comes before it: text that is meant for the console goes to stdout or stderr, not into "
                          "the socket",
                          excerpt(before))};
    }
    if (!is_words(before) || !is_words(behind)) return {};
    return Cause{"text-around", Sureness::likely,
                 told("it stands between {} and {}: send the text alone, not as it is shown or written in a program",
                      excerpt(before), excerpt(behind))};
}

std::optional<Cause> cut_at_nul(const Difference& difference) {
    const auto gap = gap_between(difference.expected, difference.actual);
    if (!gap.starts_with('\0') && !gap.starts_with("\\x00")) return {};
    return Cause{
        "cut-at-nul", Sureness::likely,
        tr("it ends where the first 00 would come: strlen() and the str… functions stop there; keep the count that "
           "recv() returned")};
}

/// Whether `part` is the first word of `text`, and a blank follows it there.
bool is_first_word(std::string_view part, std::string_view text) {
    return !part.empty() && part.size() < text.size() && text.starts_with(part) && text[part.size()] == ' ' &&
           part.find_first_of(" \n") == std::string_view::npos;
}

Cause reads_a_word() {
    return {"cut-at-blank", Sureness::likely,
            tr("it ends at the first blank: scanf(\"%s\"), cin >> and Scanner.next() read a word; read a line")};
}

std::optional<Cause> cut_at_blank(const Difference& difference) {
    auto [expected, actual] = difference;
    if (expected.ends_with('\n') && actual.ends_with('\n')) actual.remove_suffix(1);
    return is_first_word(actual, expected) ? std::optional(reads_a_word()) : std::nullopt;
}

/// Last of all: a text that lacks its last octet may be one that ends there.
std::optional<Cause> last_octet_missing(const Difference& difference) {
    constexpr std::size_t few = 4;
    if (!difference.lacks_the_end() || difference.actual.size() + 1 != difference.expected.size()) return {};
    if (difference.expected.size() < few) return {};
    return Cause{"last-octet-missing", Sureness::likely,
                 tr("only the last octet is missing: the count was one too small (room kept for a NUL, a newline cut "
                    "off that was not there), or the text in the program lacks it")};
}

// ---- lines and blanks

/// Whether `actual` is `expected` with an empty line after each of its lines.
bool has_empty_lines_between(const Difference& difference) {
    Bytes apart;
    for (char c : difference.expected) apart += c == '\n' ? "\n\n" : Bytes(1, c);
    return apart != difference.expected && apart == difference.actual;
}

std::optional<Cause> newline_kept(const Difference& difference) {
    const bool one = difference.goes_on() && difference.surplus() == "\n" && difference.expected.ends_with('\n');
    if (!one && !has_empty_lines_between(difference)) return {};
    return Cause{"newline-twice", Sureness::likely,
                 tr("there are two newlines: what fgets() or a line reader returns ends in one already")};
}

std::optional<Cause> newline_added(const Difference& difference) {
    if (!difference.goes_on() || difference.expected.ends_with('\n')) return {};
    if (difference.surplus() != "\n" && difference.surplus() != "\r\n") return {};
    return Cause{"newline-added", Sureness::certain,
                 tr("a newline follows it, as println(), puts(), print() and C's ctime() add one; it is not part "
                    "of the text")};
}

std::optional<Cause> delimiter_missing(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.expected.substr(difference.actual.size()) != "\n") return {};
    return Cause{"newline-missing", Sureness::certain, tr("only the newline at the end is missing")};
}

Bytes without_carriage_returns(std::string_view bytes) {
    Bytes out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '\r' || bytes.substr(i + 1, 1) != "\n") out += bytes[i];
    }
    return out;
}

/// The same where they are escaped.
Bytes without_shown_carriage_returns(std::string_view shown) {
    Bytes out;
    while (!shown.empty()) {
        const bool is_escape = shown[0] == '\\' && shown.size() > 1;
        const auto unit = shown.substr(0, is_escape ? 2 : 1);
        if (!shown.starts_with("\\r\\n")) out += unit;
        shown.remove_prefix(unit.size());
    }
    return out;
}

std::optional<Cause> shown_line_ends(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected == actual || without_shown_carriage_returns(expected) != without_shown_carriage_returns(actual))
        return {};
    return Cause{"line-ends", Sureness::certain,
                 actual.size() > expected.size()
                     ? tr("LF (\\n) became CR LF (\\r\\n), as text mode turns it; read and write octets")
                     : tr("CR LF (\\r\\n) became LF (\\n), as text mode turns it; read and write octets")};
}

std::optional<Cause> line_ends(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected == actual || without_carriage_returns(expected) != without_carriage_returns(actual)) return {};
    const bool too_many = actual.size() > expected.size();
    return Cause{"line-ends", Sureness::certain,
                 too_many
                     ? tr("lines end in CR LF (0d 0a), where LF (0a) alone is the protocol's: println() and text mode "
                          "write what the platform is used to")
                     : tr("lines end in LF (0a) alone, where the protocol has CR LF (0d 0a)")};
}

/// The blank that `text` begins with, escaped or not; empty where it begins with none.
std::string_view blank_at(std::string_view text) {
    for (const auto blank : {"\\n"sv, "\\r"sv, "\\t"sv, " "sv, "\n"sv, "\r"sv, "\t"sv}) {
        if (text.starts_with(blank)) return text.substr(0, blank.size());
    }
    return {};
}

/// Text taken apart.
struct Spaced {
    Bytes solid;                         ///< all but its blanks
    std::vector<Bytes> blanks{Bytes()};  ///< those before each octet of `solid`, and those at the end
    std::size_t count = 0;               ///< how many blanks there are
};

Spaced spaced(std::string_view text) {
    Spaced out;
    while (!text.empty()) {
        const auto blank = blank_at(text);
        if (blank.empty()) {
            out.solid += text[0];
            out.blanks.emplace_back();
        } else {
            out.blanks.back() += blank;
            ++out.count;
        }
        text.remove_prefix(std::max<std::size_t>(blank.size(), 1));
    }
    return out;
}

bool is_digit(char c) {
    return '0' <= c && c <= '9';
}

/// Whether `text` holds a time of day: 12:34:56.
bool tells_time(std::string_view text) {
    constexpr std::string_view shape = "00:00:00";
    const auto fits = [](char shown, char wanted) { return wanted == '0' ? is_digit(shown) : shown == wanted; };
    return std::search(text.begin(), text.end(), shape.begin(), shape.end(), fits) != text.end();
}

/// Whether blanks differ before numbers of one digit alone, as those do that are filled up to a width.
bool is_padding(const Spaced& one, const Spaced& other) {
    for (std::size_t i = 0; i < one.blanks.size(); ++i) {
        if (one.blanks[i] == other.blanks[i]) continue;
        if (i == one.solid.size() || !is_digit(one.solid[i])) return false;
        if (i + 1 < one.solid.size() && is_digit(one.solid[i + 1]) && one.blanks[i + 1].empty()) return false;
    }
    return true;
}

std::optional<Cause> fixed_length(const Difference& difference) {
    constexpr std::size_t many = 4;
    const auto gap = gap_between(difference.actual, difference.expected);
    const bool filled =
        !difference.expected.empty() && gap.size() >= many && gap.find_first_not_of(' ') == std::string_view::npos;
    if (!filled || !closes(after(difference.actual, gap))) return {};
    return Cause{
        "blanks", Sureness::likely,
        told("{} blanks follow the text: a variable of fixed length (Fortran, Pascal, COBOL) goes out whole; take only "
             "what it holds, as with trim()",
             gap.size())};
}

std::string about_blanks(std::size_t wanted, std::size_t found) {
    if (found > wanted) {
        return plural(found - wanted, "there is {} blank too many, and all else is right",
                      "there are {} blanks too many, and all else is right", found - wanted);
    }
    if (found < wanted) {
        return plural(wanted - found,
                      "{} blank or newline is missing, and all else is right: strip(), trim() and scanf() take them "
                      "away",
                      "{} blanks or newlines are missing, and all else is right: strip(), trim() and scanf() take them "
                      "away",
                      wanted - found);
    }
    return tr("there are other blanks (a tab, a newline), or in other places, and all else is right");
}

std::optional<Cause> blanks(const Difference& difference) {
    if (auto cause = fixed_length(difference)) return cause;
    const auto expected = spaced(difference.expected), actual = spaced(difference.actual);
    if (difference.expected == difference.actual || expected.solid.empty() || expected.solid != actual.solid) return {};
    if (tells_time(difference.expected) && is_padding(expected, actual)) return {};
    return Cause{"blanks", Sureness::certain, about_blanks(expected.count, actual.count)};
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

std::optional<Cause> one_digit(const Difference& difference) {
    const auto shown = with_escapes(difference.expected, [](char octet_of, std::string_view escape) {
        return escape.size() == 2 || octet(octet_of) >= 0x10 ? Bytes(escape) : format("\\x{:x}", octet(octet_of));
    });
    if (shown == difference.expected || shown != difference.actual) return {};
    return Cause{"one-digit", Sureness::certain,
                 tr("octets below 10 are shown with one hexadecimal digit (\\x0 for \\x00): %02x in place of %x")};
}

/// `expected`, an octet for each escape, with each character beyond ASCII replaced by what `put` makes of its number.
template <typename Put>
Bytes with_numbers(std::string_view expected, const Put& put) {
    const auto mixed = with_escapes(expected, [](char octet_of, std::string_view escape) {
        return octet(octet_of) < 0x80 ? Bytes(escape) : Bytes(1, octet_of);
    });
    Bytes out;
    for (std::string_view left = mixed; !left.empty();) {
        const auto character = take_character(left);
        out += character < 0x80 ? Bytes(1, static_cast<char>(character)) : put(static_cast<std::uint32_t>(character));
    }
    return out;
}

std::optional<Cause> characters_shown(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto as_python = [](std::uint32_t number) {
        return number < 0x100     ? format("\\x{:02x}", number)
               : number < 0x10000 ? format("\\u{:04x}", number)
                                  : format("\\U{:08x}", number);
    };
    const auto plainly = [](std::uint32_t number) { return format("\\x{:02x}", number); };
    const auto python = with_numbers(expected, as_python);
    if (python == expected || (actual != python && actual != with_numbers(expected, plainly))) return {};
    return Cause{"characters-for-octets", Sureness::certain,
                 tr("characters are shown by their numbers (\\xe9 for é), where the octets of UTF-8 were meant "
                    "(\\xc3\\xa9): show what recv() returned, before it becomes text")};
}

std::optional<Cause> shown_twice_encoded(const Difference& difference) {
    const auto shown = with_escapes(difference.expected, [](char octet_of, std::string_view escape) {
        if (octet(octet_of) < 0x80) return Bytes(escape);
        Bytes out;
        for (char c : encoded_again(Bytes(1, octet_of))) out += format("\\x{:02x}", octet(c));
        return out;
    });
    if (shown == difference.expected || shown != difference.actual) return {};
    return encoded_twice(Sureness::certain);
}

/// `shown` with each of its quotes, escaped or not, replaced by a single quote.
Bytes with_one_kind_of_quote(std::string_view shown) {
    Bytes out;
    while (!shown.empty()) {
        const auto escaped = shown.size() > 1 && shown[0] == '\\' ? shown.substr(0, 2) : std::string_view();
        const bool is_quote = escaped == "\\'" || escaped == "\\\"" || shown[0] == '"';
        const auto unit = escaped.empty() ? shown.substr(0, 1) : escaped;
        out += is_quote ? "'"sv : unit;
        shown.remove_prefix(unit.size());
    }
    return out;
}

std::optional<Cause> quotes(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected == actual || with_one_kind_of_quote(expected) != with_one_kind_of_quote(actual)) return {};
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
        const auto quoted_by = [&](const Bytes& text) { return around(opening[1] + text + opening[1]); };
        if (actual == quoted_by(Bytes(inside)) || actual == quoted_by(raw)) {
            return Cause{"not-shown-as-bytes", Sureness::certain,
                         tr("the b before the quote is missing: Python shows bytes as b'…', and text that was decoded "
                            "as '…'")};
        }
        if (actual != around(raw) && actual != around(encoded_again(raw)) && actual != around(Bytes(inside))) continue;
        return Cause{"not-shown-as-bytes", Sureness::certain,
                     tr("the text stands there as it is, where Python shows bytes: b'…', with escapes")};
    }
    return {};
}

/// How many times `actual` is `expected`; 0 where it is anything else.
std::size_t times_over(const Difference& difference) {
    const auto [expected, actual] = difference;
    auto left = actual;
    while (expected.size() > 1 && left.starts_with(expected)) left.remove_prefix(expected.size());
    return left.empty() && actual.size() > expected.size() ? actual.size() / expected.size() : 0;
}

std::optional<Cause> said_again(const Difference& difference) {
    const auto times = times_over(difference);
    if (times == 0) return {};
    return Cause{"said-again", Sureness::certain,
                 told("it is what was expected, {} times over: a send() too many, or one in a loop", times)};
}

// ---- what is printed

std::optional<Cause> printed_again(const Difference& difference) {
    const auto times = times_over(difference);
    if (times == 0) return {};
    return Cause{"said-again", Sureness::certain,
                 told("it is what was expected, {} times over: it is printed once too often, or in a loop", times)};
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

bool is_word_character(char c) {
    return is_digit(c) || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || octet(c) >= 0x80;
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
    serialized_object,
    length_prefix,
    byte_order_mark,
    wide_characters,
    terminator,
    newline_kept,
    newline_added,
    delimiter_missing,
    line_ends,
    shown_line_ends,
    other_encoding,
    accents_apart,
    signed_octets,
    pointer_size,
    whole_buffer,
    whole_buffer_shown,
    zero_octets,
    cut_at_nul,
    cut_at_blank,
    text_around,
    octal_escapes,
    one_digit,
    characters_shown,
    shown_twice_encoded,
    quotes,
    not_escaped,
    letter_case,
    blanks,
    accents,
    not_shown_as_bytes,
    said_again,
    last_octet_missing,
};

constexpr std::array in_print{
    byte_order_mark,    newline_kept,        newline_added, delimiter_missing, line_ends,
    shown_line_ends,    other_encoding,      accents_apart, signed_octets,     whole_buffer_shown,
    nuls_printed,       cut_at_nul,          cut_at_blank,  octal_escapes,     one_digit,
    characters_shown,   shown_twice_encoded, quotes,        not_escaped,       shown_as_bytes,
    not_shown_as_bytes, letter_case,         blanks,        accents,           printed_again,
    printed_around,
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
