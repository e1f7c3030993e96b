#include "parley/scenario/turns.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Turn says(Who who, const std::string& bytes) {
    return {who, Value{{Literal{bytes}}, {}}, {}};
}

TEST(TurnEnds, AreCountedFromTheBeginning) {
    const std::vector<Turn> exchange{says(Who::client, "ab"), says(Who::server, "12345"), says(Who::client, "c"),
                                     says(Who::server, "67"), Turn{Who::both, StreamEvent::end, {}}};
    EXPECT_THAT(turn_ends(exchange, Side::client), ElementsAre(2, 3));
    EXPECT_THAT(turn_ends(exchange, Side::server), ElementsAre(5, 7));
}

TEST(TurnEnds, JoinTurnsThatNothingTellsApart) {
    EXPECT_THAT(turn_ends({says(Who::server, "12"), says(Who::server, "34")}, Side::server), ElementsAre(4));
}

TEST(TurnEnds, AreKnownUpToTheFirstTurnOfAnyLength) {
    const std::vector<Turn> exchange{says(Who::server, "12"), says(Who::client, "x"),
                                     Turn{Who::server, Value{{Pattern{"[0-9]+"}}, {}}, {}}, says(Who::client, "y"),
                                     says(Who::server, "3")};
    EXPECT_THAT(turn_ends(exchange, Side::server), ElementsAre(2));
    EXPECT_THAT(turn_ends({}, Side::server), IsEmpty());
}

TEST(OctetsSaid, AreThoseOfAllTurnsOfASide) {
    const std::vector<Turn> exchange{says(Who::client, "ab"), says(Who::server, "12345"), says(Who::client, "c"),
                                     Turn{Who::both, StreamEvent::end, {}}};
    EXPECT_EQ(octets_said(exchange, Side::client), 3u);
    EXPECT_EQ(octets_said(exchange, Side::server), 5u);
    EXPECT_EQ(octets_said({}, Side::server), 0u);
    EXPECT_EQ(octets_said({Turn{Who::server, Value{{Pattern{"[0-9]+"}}, {}}, {}}}, Side::server), std::nullopt);
}

}  // namespace
}  // namespace parley
