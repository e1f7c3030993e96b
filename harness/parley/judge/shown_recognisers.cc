// How ports are shown, and octets by Python.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/arrival.h"
#include "parley/judge/octet_recognisers.h"

namespace parley::recognise {

using namespace std::string_view_literals;
using Sureness = Cause::Sureness;

namespace {

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

/// The digits of `text` around the place `at`.
std::string_view digits_around(std::string_view text, std::size_t at) {
    auto begin = at, end = at;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(begin, end - begin);
}

/// The port that `digits` are; 0 where they are none.
int port_in(std::string_view digits) {
    std::uint16_t port = 0;
    const auto* end = digits.data() + digits.size();
    return std::from_chars(digits.data(), end, port).ptr == end ? port : 0;
}

}  // namespace

std::optional<Cause> port_swapped(const Difference& difference) {
    const auto [expected, actual] = difference;
    const auto first = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end()).first;
    const auto same = static_cast<std::size_t>(first - expected.begin());
    const auto wanted = digits_around(expected, same), shown = digits_around(actual, same);
    const int port = port_in(wanted);
    if (port == 0 || port_in(shown) != with_bytes_swapped(port) || after(expected, wanted) != after(actual, shown))
        return {};
    return Cause{
        "ntohs-missing", Sureness::certain,
        told("{} is port {} with its octets swapped: a port comes out of sin_port through ntohs()", shown, port)};
}

Bytes unescaped(std::string_view shown) {
    return with_escapes(shown, [](char octet_of, std::string_view) { return Bytes(1, octet_of); });
}

std::optional<Cause> buffer_unfilled(const Difference& difference) {
    constexpr std::string_view nul = "\\x00";
    const auto [expected, actual] = difference;
    const auto first = actual.find(nul);
    if (first == std::string_view::npos || expected.find(nul) != std::string_view::npos) return {};
    auto rest = actual.substr(first);
    std::size_t nuls = 0;
    for (; rest.starts_with(nul); ++nuls) rest.remove_prefix(nul.size());
    const bool framed = expected.starts_with(actual.substr(0, first)) && expected.ends_with(rest);
    if (nuls < 2 || !framed || expected.size() != first + nuls + rest.size()) return {};
    return Cause{
        "buffer-unfilled", Sureness::certain,
        told("it shows {} NULs in place of the message: the buffer that it answers from is not the one that it "
             "read into, or is read from where the message ends (ByteBuffer.flip())",
             nuls)};
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

}  // namespace parley::recognise
