// Expected and actual octets, one above the other, with the first difference marked.
#pragma once

#include <string>

#include "parley/judge/verdict.h"

namespace parley {

/// Both strings of `finding` as indented lines:
///
///     expected 23: "Echo ==>b'Hello world!'"
///     actual   24: "Echo ==>b'Hello world!'\0"
///                                           ^^ 1 octet too many: 00
///     hex from offset 15
///       expected  6f 72 6c 64 21 27
///       actual    6f 72 6c 64 21 27 00
///                                   ^^
///
/// Of long strings the surroundings of the difference; what is left out is counted outside of the quotes. Empty where
/// the finding compares nothing.
std::string comparison(const Finding& finding, bool colour);

}  // namespace parley
