#include "parley/base/digest.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

// What `xxhsum -H2` says of them.
TEST(Digest, IsThatOfTheAlgorithm) {
    EXPECT_EQ(digest_of(""), "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(digest_of("parley"), digest_of(std::string("parley")));
}

TEST(Digest, DoesNotDependOnThePieces) {
    const std::string octets(100'000, 'x');
    Digest digest;
    for (std::size_t at = 0; at < octets.size(); at += 777) digest.add(std::string_view(octets).substr(at, 777));
    EXPECT_EQ(digest.text(), digest_of(octets));
}

TEST(Digest, DiffersWithOneOctet) {
    std::string octets(100'000, 'x');
    const auto before = digest_of(octets);
    octets[77'777] = 'y';
    EXPECT_NE(digest_of(octets), before);
}

}  // namespace
}  // namespace parley
