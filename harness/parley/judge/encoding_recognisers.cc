// How text becomes octets.
#include <algorithm>
#include <array>
#include <string_view>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/octet_recognisers.h"

namespace parley::recognise {

using namespace std::string_view_literals;
using Sureness = Cause::Sureness;

namespace {

/// `text`, which is UTF-8, in Latin-1, with `?` for a character that it lacks, or for all beyond ASCII.
Bytes latin1(std::string_view text, bool ascii) {
    Bytes out;
    while (!text.empty()) {
        const auto character = take_character(text);
        out += character < (ascii ? 0x80U : 0x100U) ? static_cast<char>(character) : '?';
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

/// The low octet of each of its units in UTF-16.
Bytes low_octets(std::string_view text) {
    const auto units = utf16(text, false);
    Bytes out;
    for (std::size_t i = 1; i < units.size(); i += 2) out += units[i];
    return out;
}

/// The letter without its accent, of the accented letters of Latin-1; 0 for what is none.
char base_letter(char32_t character) {
    constexpr std::string_view from_c0 =
        "AAAAAA\0CEEEEIIII\0NOOOOO\0\0UUUUY\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y"sv;
    return character >= 0xc0 && character <= 0xff ? from_c0[character - 0xc0] : '\0';
}

/// `text` with each character replaced by what `put` makes of it; one of which it makes nothing stays.
template <typename Put>
Bytes with_characters(std::string_view text, const Put& put) {
    Bytes out;
    while (!text.empty()) {
        const auto rest = text;
        const Bytes made = put(take_character(text));
        out += made.empty() ? rest.substr(0, rest.size() - text.size()) : std::string_view(made);
    }
    return out;
}

Bytes without_accents(std::string_view text) {
    return with_characters(text, [](char32_t character) {
        const char base = base_letter(character);
        return base == '\0' ? Bytes() : Bytes(1, base);
    });
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
    return with_characters(text, [](char32_t character) {
        const auto mark = mark_of(character);
        if (mark == 0) return Bytes();
        return Bytes{base_letter(character), static_cast<char>(0xc0U | mark >> 6U),
                     static_cast<char>(0x80U | (mark & 0x3fU))};
    });
}

/// `bytes` with one U+FFFD in place of each run of octets that are no UTF-8, or that have become U+FFFD already.
Bytes decoded(std::string_view bytes) {
    constexpr std::string_view replacement = "\xef\xbf\xbd";
    Bytes out;
    while (!bytes.empty()) {
        const auto length = utf8_sequence_length(bytes);
        const auto unit = length == 0 ? replacement : bytes.substr(0, length);
        if (unit != replacement || !out.ends_with(replacement)) out += unit;
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

/// Whether the last character that came is an Ã in place of ã: the one letter whose capital looks as if it was encoded
/// twice.
bool ends_in_capital(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto at = actual.size() - 2;
    return actual.ends_with("Ã") && expected.substr(0, at) == actual.substr(0, at) && expected.substr(at, 2) == "ã";
}

/// Where Java's `[B@1e9320b2` or `Date@5e91993f` begins its number; npos: nowhere.
std::size_t hash_in(std::string_view text) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    constexpr std::size_t fewest_digits = 5;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const auto end = std::min(text.find_first_not_of(hexadecimal, at + 1), text.size());
        if (at > 0 && is_word_character(text[at - 1]) && end - at > fewest_digits) return at;
    }
    return std::string_view::npos;
}

}  // namespace

std::optional<Cause> object_named(const Difference& difference) {
    constexpr std::array signs{"[object Object]"sv, "HASH(0x"sv,   "ARRAY(0x"sv, "SCALAR(0x"sv,
                               " object at 0x"sv,   "table: 0x"sv, "#<Object"sv};
    const auto [expected, actual] = difference;
    const bool named = std::any_of(signs.begin(), signs.end(), [actual = actual](auto sign) {
        return actual.find(sign) != std::string_view::npos;
    });
    if (!named && (hash_in(actual) == std::string_view::npos || hash_in(expected) != std::string_view::npos)) return {};
    return Cause{
        "object-named", Sureness::certain,
        tr("that names an object, with where it lies, and not the text in it: make a text of it first (of Java's "
           "byte[], new String(bytes, 0, count, UTF_8))")};
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
    if (actual == low_octets(expected)) {
        return Cause{"low-octets", Sureness::certain,
                     tr("only the low octet of each character is sent, as Java's DataOutputStream.writeBytes() and "
                        "Node.js's 'latin1' do; send the octets of the text in UTF-8")};
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

std::optional<Cause> decoded_as_text(const Difference& difference) {
    const auto became = [](std::string_view expected, std::string_view actual) {
        return !is_utf8(expected) && is_utf8(actual) && decoded(expected) == decoded(actual);
    };
    const auto [expected, actual] = difference;
    if (!became(expected, actual) && !became(unescaped(expected), unescaped(actual))) return {};
    return Cause{
        "decoded", Sureness::certain,
        tr("octets that are no UTF-8 have become U+FFFD (ef bf bd), as where they are decoded: it takes what it "
           "received for text; read octets, not characters")};
}

std::optional<Cause> accents(const Difference& difference) {
    const auto plain = without_accents(difference.expected);
    if (plain == difference.expected || plain != difference.actual) return {};
    return Cause{"accents-missing", Sureness::certain, tr("the text lacks its accents, and is the same but for them")};
}

}  // namespace parley::recognise
