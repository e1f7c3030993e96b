// Python's text and bytes: repr, str.encode, bytes.decode, int.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace parley::python {

/// An exception that ends a Python program. what() is the last line of its traceback: `ValueError: …`.
class Exception : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What an f-string shows of `bytes`: `b'Oi\n'`, in double quotes where the octets hold `'` and no `"`.
std::string repr(std::string_view bytes);

/// The characters of a command-line argument, each as its octets. An octet that is no UTF-8 is a character too.
std::vector<std::string_view> characters(std::string_view argument);

/// `str.encode(character)` of one of them. Throws Exception (UnicodeEncodeError) for an octet that was no UTF-8.
std::string_view encode(std::string_view character);

/// `bytes.decode()`: the same octets, or Exception (UnicodeDecodeError) where they are no UTF-8.
std::string decode(std::string bytes);

/// `int(text)`: ASCII digits with a sign, white space around and `_` between them. What a long cannot hold becomes its
/// limit. Throws Exception (ValueError).
long parse_int(std::string_view text);

}  // namespace parley::python
