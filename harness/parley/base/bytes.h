// Octets and how they are shown to a person.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

/// A sequence of octets; nothing is assumed of their encoding.
using Bytes = std::string;

/// `bytes` in double quotes, as they would be written in C: `\n`, `\0`, `\x1b`. Valid printable UTF-8 is kept as it
/// is; each octet that is not part of it becomes `\xNN`, so that two different strings never look the same.
std::string quoted(std::string_view bytes);
// The same of the other kinds of string: with them an unqualified call prefers parley's function to std::quoted, which
// argument-dependent lookup finds wherever <iomanip> (or <filesystem>) is included.
std::string quoted(std::string& bytes);
std::string quoted(const std::string& bytes);
std::string quoted(const char* bytes);

/// `bytes` as pairs of hexadecimal digits with a space between: `48 65 0a`.
std::string hex(std::string_view bytes);

/// The octets that `digits` spells in hexadecimal (white space between pairs is skipped).
/// Throws std::invalid_argument that names the offending character or the odd length.
Bytes from_hex(std::string_view digits);

/// `bytes` in base64 (RFC 4648, section 4, with padding), and back. `from_base64` throws std::invalid_argument.
std::string to_base64(std::string_view bytes);
Bytes from_base64(std::string_view text);

/// Whether `bytes` is well-formed UTF-8 (RFC 3629).
bool is_utf8(std::string_view bytes);

/// The length of the well-formed UTF-8 sequence that starts at `bytes[0]`, or 0 where there is none.
std::size_t utf8_sequence_length(std::string_view bytes);

/// `bytes` without each `\r` that stands before a `\n`.
Bytes without_carriage_returns(std::string_view bytes);

/// `text` with everything that could move a terminal's cursor or forge a line made visible: control characters other
/// than `\n` and `\t`, and octets that are no UTF-8, become `\xNN`.
std::string printable(std::string_view text);

}  // namespace parley
