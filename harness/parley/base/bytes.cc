#include "parley/base/bytes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <stdexcept>

#include "parley/base/format.h"
#include "parley/base/utf8.h"

namespace parley {

namespace {

/// Characters that show nothing, look like a plain space, or change how their neighbours are shown.
constexpr std::array<CharacterRange, 17> unseen{{{0x00, 0x1f},
                                                 {0x7f, 0xa0},
                                                 {0xad, 0xad},
                                                 {0x34f, 0x34f},
                                                 {0x61c, 0x61c},
                                                 {0x115f, 0x1160},
                                                 {0x1680, 0x1680},
                                                 {0x180b, 0x180f},
                                                 {0x2000, 0x200f},
                                                 {0x2028, 0x202f},
                                                 {0x205f, 0x206f},
                                                 {0x3000, 0x3000},
                                                 {0x3164, 0x3164},
                                                 {0xfe00, 0xfe0f},
                                                 {0xfeff, 0xfeff},
                                                 {0xfff0, 0xfffb},
                                                 {0xe0000, 0xeffff}}};

std::uint8_t octet(char c) {
    return static_cast<std::uint8_t>(c);
}

bool is_continuation(char c) {
    return (octet(c) & 0xc0) == 0x80;
}

/// Appends `\xNN` for each octet.
void append_escaped(std::string& out, std::string_view octets) {
    for (char c : octets) out += format("\\x{:02x}", octet(c));
}

/// The escape that C has for `c`, or nullptr. `\0` before a digit would be read as an octal number of more digits.
const char* short_escape(char c, char next) {
    switch (c) {
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\0': return '0' <= next && next <= '9' ? nullptr : "\\0";
        default: return nullptr;
    }
}

int hex_digit(char c) {
    if ('0' <= c && c <= '9') return c - '0';
    if ('a' <= c && c <= 'f') return c - 'a' + 10;
    if ('A' <= c && c <= 'F') return c - 'A' + 10;
    throw std::invalid_argument(format("{} is no hexadecimal digit", quoted(std::string_view(&c, 1))));
}

constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t base64_digit(char c) {
    const auto digit = base64_alphabet.find(c);
    if (digit == std::string_view::npos) {
        throw std::invalid_argument(format("{} is no base64 digit", quoted(std::string_view(&c, 1))));
    }
    return static_cast<std::uint32_t>(digit);
}

/// How many `=` end `text`: at most two are padding.
std::size_t padding_of(std::string_view text) {
    if (text.ends_with("==")) return 2;
    return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string quoted(std::string_view bytes) {
    std::string out = "\"";
    while (!bytes.empty()) {
        const auto length = utf8_sequence_length(bytes);
        const auto sequence = bytes.substr(0, length == 0 ? 1 : length);
        bytes.remove_prefix(sequence.size());
        if (const char* escape = short_escape(sequence[0], bytes.empty() ? '\0' : bytes[0])) {
            out += escape;
        } else if (length == 0 || contains(unseen, decode_utf8(sequence))) {
            append_escaped(out, sequence);
        } else {
            out += sequence;
        }
    }
    return out + '"';
}

std::string quoted(std::string& bytes) {
    return quoted(std::string_view(bytes));
}

std::string quoted(const std::string& bytes) {
    return quoted(std::string_view(bytes));
}

std::string quoted(const char* bytes) {
    return quoted(std::string_view(bytes));
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (char c : bytes) out += format("{}{:02x}", out.empty() ? "" : " ", octet(c));
    return out;
}

Bytes from_hex(std::string_view digits) {
    Bytes bytes;
    int high = -1;
    for (char c : digits) {
        if (high < 0 && std::isspace(octet(c))) continue;
        const int digit = hex_digit(c);
        if (high >= 0) bytes += static_cast<char>(high << 4 | digit);
        high = high < 0 ? digit : -1;
    }
    if (high >= 0) throw std::invalid_argument("an odd number of hexadecimal digits");
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < bytes.size() ? octet(bytes[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i) {
            out += i <= bytes.size() ? base64_alphabet[group >> (18 - 6 * i) & 0x3f] : '=';
        }
    }
    return out;
}

Bytes from_base64(std::string_view text) {
    if (text.size() % 4 != 0) throw std::invalid_argument("the length of base64 text is a multiple of four");
    const auto padding = padding_of(text);
    text.remove_suffix(padding);
    Bytes bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (char c : text) {
        bits = (bits << 6 | base64_digit(c)) & 0xffff;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>(bits >> held & 0xff);
    }
    // One text for each sequence of octets, as section 3.5 permits to demand.
    if ((bits & ((1U << held) - 1)) != 0) throw std::invalid_argument("bits are set after the end of base64 text");
    return bytes;
}

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto length = utf8_sequence_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::size_t utf8_sequence_length(std::string_view bytes) {
    if (bytes.empty()) return 0;
    const auto first = octet(bytes[0]);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (bytes.size() < length) return 0;
    for (char c : bytes.substr(1, length - 1)) {
        if (!is_continuation(c)) return 0;
    }
    // Overlong forms, surrogates, and what lies beyond U+10FFFF show in the second octet.
    const auto second = octet(bytes[1]);
    if (first == 0xe0 && second < 0xa0) return 0;
    if (first == 0xed && second > 0x9f) return 0;
    if (first == 0xf0 && second < 0x90) return 0;
    if (first == 0xf4 && second > 0x8f) return 0;
    return length;
}

Bytes without_carriage_returns(std::string_view bytes) {
    Bytes out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '\r' || bytes.substr(i + 1, 1) != "\n") out += bytes[i];
    }
    return out;
}

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto length = utf8_sequence_length(text);
        const auto sequence = text.substr(0, length == 0 ? 1 : length);
        text.remove_prefix(sequence.size());
        const bool keep =
            sequence == "\n" || sequence == "\t" || (length > 0 && !contains(unseen, decode_utf8(sequence)));
        if (keep)
            out += sequence;
        else
            append_escaped(out, sequence);
    }
    return out;
}

}  // namespace parley
