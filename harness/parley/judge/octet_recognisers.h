// The mistakes that octets alone tell: each recogniser says what it sees in a difference, or nothing.
#pragma once

#include <optional>
#include <string_view>

#include "parley/judge/difference.h"

namespace parley::recognise {

// ---- how text becomes octets (encoding_recognisers.cc)

/// The name of an object and where it lies, in place of the text in it.
std::optional<Cause> object_named(const Difference& difference);

std::optional<Cause> accents_apart(const Difference& difference);
std::optional<Cause> byte_order_mark(const Difference& difference);
std::optional<Cause> wide_characters(const Difference& difference);

/// The cause, with how sure it is.
Cause encoded_twice(Cause::Sureness sureness);

std::optional<Cause> other_encoding(const Difference& difference);
std::optional<Cause> accents(const Difference& difference);

/// Octets that decoding put U+FFFD in the place of, as they are or as Python shows them.
std::optional<Cause> decoded_as_text(const Difference& difference);

// ---- what is too much, or too little (extent_recognisers.cc)

std::optional<Cause> serialized_object(const Difference& difference);
std::optional<Cause> length_prefix(const Difference& difference);
std::optional<Cause> terminator(const Difference& difference);
std::optional<Cause> whole_buffer(const Difference& difference);

/// The cause, where so many octets of a buffer follow the text.
Cause buffer_shown(std::size_t surplus);

std::optional<Cause> whole_buffer_shown(const Difference& difference);
std::optional<Cause> zero_octets(const Difference& difference);
std::optional<Cause> pointer_size(const Difference& difference);
std::optional<Cause> text_around(const Difference& difference);
std::optional<Cause> shifted(const Difference& difference);
std::optional<Cause> cut_at_nul(const Difference& difference);

/// Whether `part` is the first word of `text`, and a blank follows it there.
bool is_first_word(std::string_view part, std::string_view text);

/// The cause, where a text ends at a blank.
Cause reads_a_word();

std::optional<Cause> cut_at_blank(const Difference& difference);

/// A text that ends where a buffer of a usual size would be full.
std::optional<Cause> cut_at_a_size(const Difference& difference);

/// Last of all: a text that lacks its last octet may be one that ends there.
std::optional<Cause> last_octet_missing(const Difference& difference);

// ---- lines and blanks (line_recognisers.cc)

std::optional<Cause> newline_kept(const Difference& difference);
std::optional<Cause> newline_added(const Difference& difference);
std::optional<Cause> delimiter_missing(const Difference& difference);

/// The same of what is sent, and what may have cut it off.
std::optional<Cause> delimiter_not_sent(const Difference& difference);

std::optional<Cause> shown_line_ends(const Difference& difference);
std::optional<Cause> line_ends(const Difference& difference);
std::optional<Cause> blanks(const Difference& difference);
std::optional<Cause> letter_case(const Difference& difference);

// ---- how ports and octets are shown (shown_recognisers.cc)

/// A port with its octets swapped, and nothing else that differs.
std::optional<Cause> port_swapped(const Difference& difference);

/// What `shown` shows: an octet for each escape.
Bytes unescaped(std::string_view shown);

/// A message of NULs, as long as the one that was meant.
std::optional<Cause> buffer_unfilled(const Difference& difference);

std::optional<Cause> signed_octets(const Difference& difference);
std::optional<Cause> octal_escapes(const Difference& difference);
std::optional<Cause> one_digit(const Difference& difference);
std::optional<Cause> characters_shown(const Difference& difference);
std::optional<Cause> shown_twice_encoded(const Difference& difference);
std::optional<Cause> quotes(const Difference& difference);
std::optional<Cause> not_escaped(const Difference& difference);
std::optional<Cause> not_shown_as_bytes(const Difference& difference);

}  // namespace parley::recognise
