// Octets told in few words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// `1,003`
std::string grouped(std::uint64_t number);

/// `1 octet`, `1,003 octets`.
std::string octets(std::uint64_t count);

/// `bytes` quoted, of more than `most` octets only the first, in whole characters, and how many more there are. Where
/// they are all the same: `237 times "\0"`.
std::string excerpt(std::string_view bytes, std::size_t most = 60);

}  // namespace parley
