// What was expected and what came instead, and what recognisers of mistakes ask of the two.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parley/judge/cause.h"

namespace parley::recognise {

/// What was expected and what came instead, both whole.
struct Difference {
    std::string_view expected, actual;

    bool lacks_the_end() const { return actual.size() < expected.size() && expected.starts_with(actual); }
    bool goes_on() const { return actual.size() > expected.size() && actual.starts_with(expected); }
    /// Of octets that go on: those after what was expected.
    std::string_view surplus() const { return actual.substr(expected.size()); }
};

/// Says which mistake it sees in a difference, if any.
using Recogniser = std::optional<Cause> (*)(const Difference&);

/// What stands between the beginning and the end of `longer`, which are all of `shorter`; empty where they are not.
std::string_view gap_between(std::string_view longer, std::string_view shorter);

/// What stands in `text` after `part`, which is a part of it.
std::string_view after(std::string_view text, std::string_view part);

/// Whether `bytes` is nothing but `part`, once or more.
bool repeats(std::string_view bytes, std::string_view part);

/// `c` as a number from 0 to 255.
unsigned octet(char c);

/// Whether there is nothing but octets 00.
bool only_nuls(std::string_view bytes);

/// `bytes` without `part`, wherever it stands.
Bytes without(std::string_view bytes, std::string_view part);

/// How many characters of UTF-8 they are.
std::size_t characters(std::string_view bytes);

/// The first character of `bytes`, and takes its octets away; an octet that begins none stands for itself.
char32_t take_character(std::string_view& bytes);

/// What becomes of UTF-8 that is taken for Latin-1 and encoded again.
Bytes encoded_again(std::string_view bytes);

/// Whether nothing but what closes a text follows.
bool closes(std::string_view rest);

/// Text for people, and more of it than blanks.
bool is_words(std::string_view bytes);

bool is_digit(char c);

/// A letter of ASCII, or an octet of another character.
bool is_letter(char c);

/// A letter or a digit.
bool is_word_character(char c);

}  // namespace parley::recognise
