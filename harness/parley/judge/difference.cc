#include "parley/judge/difference.h"

#include <algorithm>

#include "parley/base/excerpt.h"
#include "parley/base/utf8.h"

namespace parley::recognise {

std::string_view gap_between(std::string_view longer, std::string_view shorter) {
    if (shorter.size() >= longer.size()) return {};
    const auto same = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
    const auto before = static_cast<std::size_t>(same.first - shorter.begin());
    return longer.ends_with(shorter.substr(before)) ? longer.substr(before, longer.size() - shorter.size())
                                                    : std::string_view();
}

std::string_view after(std::string_view text, std::string_view part) {
    return text.substr(static_cast<std::size_t>(part.data() - text.data()) + part.size());
}

bool repeats(std::string_view bytes, std::string_view part) {
    if (bytes.empty()) return false;
    while (!part.empty() && bytes.starts_with(part)) bytes.remove_prefix(part.size());
    return bytes.empty();
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

char32_t take_character(std::string_view& bytes) {
    const auto length = std::max<std::size_t>(utf8_sequence_length(bytes), 1);
    const auto character = decode_utf8(bytes.substr(0, length));
    bytes.remove_prefix(length);
    return character;
}

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

bool closes(std::string_view rest) {
    return rest.find_first_not_of("'\"\n") == std::string_view::npos;
}

bool is_words(std::string_view bytes) {
    return printable(bytes) == bytes && bytes.find_first_not_of(" \t\n") != std::string_view::npos;
}

bool is_digit(char c) {
    return '0' <= c && c <= '9';
}

bool is_letter(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || octet(c) >= 0x80;
}

bool is_word_character(char c) {
    return is_digit(c) || is_letter(c);
}

}  // namespace parley::recognise
