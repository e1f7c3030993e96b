#include "parley/scenario/suggestion.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

const std::vector<std::string> scenarios{"echo/two-messages", "echo/sizes/1", "echo/sizes/2", "echo/quotes",
                                         "echo/backslashes"};

TEST(UnknownWords, AreHeldAgainstWhatThereIs) {
    EXPECT_EQ(unknown_word("role", "sever", {"client", "server"}), "unknown role 'sever'; did you mean 'server'?");
    EXPECT_EQ(unknown_word("role", "x", {"client", "server"}), "unknown role 'x'; there are 'client', 'server'");
    EXPECT_EQ(unknown_word("role", "x", {"client"}), "unknown role 'x'; there is 'client'");
    EXPECT_EQ(unknown_word("role", "x", {}), "unknown role 'x'");
}

TEST(UnknownWords, OfManyAreToldWithTheNearest) {
    EXPECT_EQ(unknown_of_many("scenario", "echo/quote", scenarios),
              "unknown scenario 'echo/quote'; did you mean 'echo/quotes'?");
    EXPECT_EQ(unknown_of_many("scenario", "sizes", scenarios),
              "unknown scenario 'sizes'; the nearest are 'echo/sizes/1', 'echo/sizes/2', 'echo/quotes'");
    EXPECT_EQ(unknown_of_many("scenario", "x", {"a-long-one"}), "unknown scenario 'x'; there is 'a-long-one'");
}

}  // namespace
}  // namespace parley
