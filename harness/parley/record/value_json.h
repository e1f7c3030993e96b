// Values as scenario files spell them.
#pragma once

#include <cstddef>

#include "parley/json/json.h"
#include "parley/scenario/value.h"

namespace parley {

/// `value` in JSON, from which the same is read again: text where it is UTF-8, other octets in hexadecimal or base64,
/// long runs of a character as `repeat`. So is what its end consists of `copies` times.
Json to_json(const Value& value, std::size_t copies = 1);

}  // namespace parley
