// Whole files.
#pragma once

#include <cstdint>
#include <string>

#include "parley/base/bytes.h"

namespace parley {

/// The contents of the regular file `path`. Throws UsageError where it cannot be read, is something else (a pipe could
/// block for ever), or holds more than `limit` octets.
Bytes read_file(const std::string& path, std::uintmax_t limit);

}  // namespace parley
