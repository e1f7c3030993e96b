// What is too much, or too little.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/octet_recognisers.h"

namespace parley::recognise {

using namespace std::string_view_literals;
using Sureness = Cause::Sureness;

namespace {

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

bool shows_bytes(std::string_view text) {
    return text.find("b'") != std::string_view::npos || text.find("b\"") != std::string_view::npos;
}

/// Whether the text, or as much of it as was waited for, follows the first `size` octets.
bool follows(const Difference& difference, std::size_t size) {
    const auto [expected, actual] = difference;
    if (actual.size() <= size) return false;
    const auto rest = actual.substr(size);
    return rest == expected || (actual.size() >= expected.size() && expected.starts_with(rest));
}

/// The octet before the text of a Pascal ShortString. What shows, or divides lines, may be there for its own sake.
std::optional<Cause> short_string(const Difference& difference) {
    const auto [expected, actual] = difference;
    constexpr unsigned first_shown = 0x20;
    if (actual.empty() || octet(actual[0]) != expected.size() || !follows(difference, 1)) return {};
    const bool shows = octet(actual[0]) >= first_shown || actual[0] == '\n' || actual[0] == '\r' || actual[0] == '\t';
    if (shows && actual.substr(1) != expected) return {};
    return Cause{"length-prefix", shows ? Sureness::likely : Sureness::certain,
                 tr("the text comes after its length in one octet, with which a ShortString of Pascal begins: send it "
                    "from s[1] on, Length(s) octets")};
}

/// The first and the last index of an Ada String, before it.
std::optional<Cause> string_bounds(const Difference& difference) {
    constexpr std::size_t integer = 4, bounds = 2 * integer;
    const auto [expected, actual] = difference;
    if (expected.empty() || actual.size() < bounds) return {};
    const auto first = actual.substr(0, integer), last = actual.substr(integer, integer);
    if (!spells(first, 1) || !spells(last, expected.size())) return {};
    if (actual.size() > bounds && !follows(difference, bounds)) return {};
    return Cause{"length-prefix", Sureness::certain,
                 tr("the text comes after its first and last index, as Ada's String'Output writes them: String'Write "
                    "writes the text alone")};
}

}  // namespace

std::optional<Cause> serialized_object(const Difference& difference) {
    if (!difference.actual.starts_with("\xac\xed\x00\x05"sv)) return {};
    return Cause{"java-object", Sureness::certain,
                 tr("Java's ObjectOutputStream puts a header of its own (ac ed 00 05) before what it writes; write the "
                    "octets of the text, with getBytes(UTF_8), to the plain OutputStream")};
}

std::optional<Cause> length_prefix(const Difference& difference) {
    if (auto cause = string_bounds(difference)) return cause;
    if (auto cause = short_string(difference)) return cause;
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

Cause buffer_shown(std::size_t surplus) {
    return {"whole-buffer", Sureness::likely,
            told("the {} of the buffer after the message are shown, too: take only as many as recv() returned",
                 octets(surplus))};
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

std::optional<Cause> shifted(const Difference& difference) {
    constexpr std::size_t few = 4;
    const auto [expected, actual] = difference;
    if (actual.size() != expected.size() || actual.size() <= few || actual == expected) return {};
    if (actual.substr(1) != expected.substr(0, expected.size() - 1)) return {};
    return Cause{
        "shifted", Sureness::likely,
        told("all octets lie one further on, with {} before them, and the last is lost: send the text from its "
             "first octet on, which is s[1] in Pascal",
             excerpt(actual.substr(0, 1)))};
}

std::optional<Cause> cut_at_nul(const Difference& difference) {
    const auto gap = gap_between(difference.expected, difference.actual);
    if (!gap.starts_with('\0') && !gap.starts_with("\\x00")) return {};
    return Cause{
        "cut-at-nul", Sureness::likely,
        tr("it ends where the first 00 would come: strlen() and the str… functions stop there; keep the count that "
           "recv() returned")};
}

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

namespace {

/// Whether programs give buffers that size, or are left with one octet less or more of it.
bool is_usual_size(std::size_t size) {
    constexpr std::array<std::size_t, 10> round{10, 20, 50, 80, 100, 200, 250, 500, 1000, 2000};
    constexpr std::size_t smallest = 16, largest = 8192;
    const auto is_power = [](std::size_t number) {
        return smallest <= number && number <= largest && (number & (number - 1)) == 0;
    };
    if (is_power(size) || is_power(size + 1) || is_power(size - 1) || size == 254) return true;
    return std::find(round.begin(), round.end(), size) != round.end();
}

/// Whether `text` may be divided at `at`: no word goes on there.
bool is_between_words(std::string_view text, std::size_t at) {
    return !is_word_character(text[at - 1]) || !is_word_character(text[at]);
}

}  // namespace

std::optional<Cause> cut_at_a_size(const Difference& difference) {
    constexpr std::size_t telling = 64;  // below it, a text may end between two words for a reason of its own
    auto [expected, actual] = difference;
    if (expected.ends_with('\n') && actual.ends_with('\n')) actual.remove_suffix(1);
    const auto size = actual.size();
    if (size >= expected.size() || !expected.starts_with(actual) || !is_usual_size(size)) return {};
    if (size < telling && is_between_words(expected, size)) return {};
    return Cause{"short-buffer", Sureness::likely,
                 told("it ends after {} of {}, as where a buffer, or the count that a function is given, is too small: "
                      "make it large enough for the longest text",
                      grouped(size), octets(expected.size()))};
}

std::optional<Cause> last_octet_missing(const Difference& difference) {
    constexpr std::size_t few = 4;
    if (!difference.lacks_the_end() || difference.actual.size() + 1 != difference.expected.size()) return {};
    if (difference.expected.size() < few) return {};
    return Cause{"last-octet-missing", Sureness::likely,
                 tr("only the last octet is missing: the count was one too small (room kept for a NUL, a newline cut "
                    "off that was not there), or the text in the program lacks it")};
}

}  // namespace parley::recognise
