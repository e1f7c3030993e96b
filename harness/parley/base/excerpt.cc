#include "parley/base/excerpt.h"

#include "parley/base/bytes.h"
#include "parley/base/language.h"
#include "parley/base/utf8.h"

namespace parley {

std::string grouped(std::uint64_t number) {
    auto digits = std::to_string(number);
    for (auto place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, grouping_mark());
    return digits;
}

std::string octets(std::uint64_t count) {
    return plural(count, "{} octet", "{} octets", grouped(count));
}

std::string excerpt(std::string_view bytes, std::size_t most) {
    if (bytes.size() <= most) return quoted(bytes);
    if (bytes.find_first_not_of(bytes.front()) == std::string_view::npos)
        return told("{} times {}", grouped(bytes.size()), quoted(bytes.substr(0, 1)));
    most = character_start(bytes, most);
    return told("{} and {} more", quoted(bytes.substr(0, most)), octets(bytes.size() - most));
}

}  // namespace parley
