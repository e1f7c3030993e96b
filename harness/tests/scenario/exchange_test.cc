// Turns: what they may be, and in which order.
#include <gmock/gmock.h>

#include "tests/scenario/reading.h"

namespace parley {
namespace {

using testing::ElementsAre;

std::vector<std::string> mistakes(std::string_view turns) {
    return read_text(exchange_of(turns)).mistakes;
}

TEST(Exchanges, KeepTheOrderOfTheTurns) {
    const auto reading =
        read_text(exchange_of(R"({"client": "a"}, {"server": {"hex": "00"}}, {"both": {"event": "end"}})"));
    EXPECT_THAT(reading.mistakes, ElementsAre());
    const auto& turns = reading.scenario.clients.at(0).exchange;
    ASSERT_EQ(turns.size(), 3U);
    EXPECT_EQ(turns[0].who, Who::client);
    EXPECT_EQ(*std::get<Value>(turns[0].what).literal(), "a");
    EXPECT_EQ(turns[0].position, (Position{2, 14}));
    EXPECT_EQ(turns[1].who, Who::server);
    EXPECT_EQ(turns[2].who, Who::both);
    EXPECT_EQ(std::get<StreamEvent>(turns[2].what), StreamEvent::end);
}

TEST(Exchanges, NameAnUnknownSubject) {
    EXPECT_THAT(mistakes(R"({"sever": "a"})"), ElementsAre("2:15: unknown key 'sever'; did you mean 'server'?"));
    EXPECT_THAT(mistakes("{}"), ElementsAre("2:14: a turn needs a subject: 'client', 'server' or 'both'"));
    EXPECT_THAT(mistakes(R"({"pieces_of": 1})"),
                ElementsAre("2:14: a turn needs a subject: 'client', 'server' or 'both'"));
    EXPECT_THAT(mistakes("\"a\""), ElementsAre("2:14: a turn is an object, not a string"));
    EXPECT_THAT(mistakes(R"({"client": "a", "server": "b"})"),
                ElementsAre("2:14: a turn has one subject: 'client', 'server' or 'both'"));
}

TEST(Exchanges, NameAnUnknownEvent) {
    EXPECT_THAT(mistakes(R"({"client": {"event": "ned"}})"),
                ElementsAre("2:35: unknown event 'ned'; did you mean 'end'?"));
    EXPECT_THAT(mistakes(R"({"client": {"evnet": "end"}})"),
                ElementsAre("2:26: unknown key 'evnet'; did you mean 'event'?"));
    EXPECT_THAT(mistakes(R"({"client": {"seconds": 1}})"),
                ElementsAre("2:25: missing key 'event', which 'seconds' goes with"));
    EXPECT_THAT(mistakes(R"({"client": {"event": "end", "at": 1}})"),
                ElementsAre("2:42: unknown key 'at'; there is 'event'"));
}

TEST(Exchanges, KnowWhatOthersCallTheEvents) {
    EXPECT_THAT(mistakes(R"({"client": {"event": "half-close"}})"),
                ElementsAre("2:35: a half-close is an 'end' after which the other side still speaks"));
    EXPECT_THAT(mistakes(R"({"client": {"event": "close"}})"), ElementsAre("2:35: to close is an 'end'"));
    EXPECT_THAT(mistakes(R"({"client": {"event": "rst"}})"), ElementsAre("2:35: an RST is a 'reset'"));
}

TEST(Exchanges, LetScriptsAlonePauseAndCut) {
    EXPECT_THAT(mistakes(R"({"client": {"event": "pause", "seconds": 1}})"),
                ElementsAre("2:14: only a scripted side pauses"));
    EXPECT_THAT(mistakes(R"({"client": "abc", "pieces_of": 1})"),
                ElementsAre("2:14: only what a scripted side sends can be cut into pieces"));
}

/// A scripted client whose exchange, on the second line, is `turns`.
Reading scripted(const std::string& turns) {
    return read_text(R"({"about": "x", "server": {"role": "talk-server"}, "client": {"scripted": true},
"exchange": [)" + turns +
                     "]}");
}

TEST(Exchanges, TellAScriptWhatToDo) {
    const auto reading =
        scripted(R"({"client": "abc", "pieces_of": 2}, {"client": {"event": "pause", "seconds": 0.25}})");
    EXPECT_THAT(reading.mistakes, ElementsAre());
    const auto& turns = reading.scenario.clients.at(0).exchange;
    EXPECT_EQ(turns.at(0).pieces_of, 2U);
    EXPECT_EQ(std::get<Pause>(turns.at(1).what).length.count(), 250);
}

TEST(Exchanges, GiveAScriptExactThingsToSay) {
    EXPECT_THAT(scripted(R"({"client": {"regex": "x"}})").mistakes,
                ElementsAre("2:14: what a scripted side sends is exact: text, octets, or what was captured"));
    EXPECT_THAT(
        scripted(R"({"server": {"capture": "a", "as": {"any": 2}}}, {"client": ["x", {"captured": "a"}]})").mistakes,
        ElementsAre());
    EXPECT_THAT(scripted(R"({"client": {"event": "pause"}})").mistakes, ElementsAre("2:25: missing key 'seconds'"));
    EXPECT_THAT(scripted(R"({"client": {"event": "pause", "seconds": 61}})").mistakes,
                ElementsAre("2:55: 'seconds' is a number from 0.001 to 60, not 61"));
    EXPECT_THAT(scripted(R"({"client": {"event": "end"}, "pieces_of": 1})").mistakes,
                ElementsAre("2:56: only data comes in pieces"));
}

TEST(Exchanges, LetNoSideGoOnAfterItsEnd) {
    EXPECT_THAT(mistakes(R"({"client": {"event": "end"}}, {"server": "x"}, {"server": {"event": "reset"}})"),
                ElementsAre());
    EXPECT_THAT(mistakes(R"({"client": {"event": "end"}}, {"client": "x"})"),
                ElementsAre("2:44: the client has ended its stream before"));
    EXPECT_THAT(mistakes(R"({"server": {"event": "reset"}}, {"both": {"event": "end"}})"),
                ElementsAre("2:46: the server has ended its stream before"));
    EXPECT_THAT(mistakes(R"({"both": {"event": "end"}}, {"server": "x"})"),
                ElementsAre("2:42: the server has ended its stream before"));
}

TEST(Exchanges, GiveBothSidesEventsOnly) {
    EXPECT_THAT(mistakes(R"({"both": "x"})"), ElementsAre("2:23: 'both' takes an event: bytes come from one side"));
}

TEST(Exchanges, HaveNoTurnsWithoutBytes) {
    for (const char* turn : {R"({"client": ""})", R"({"client": []})"}) {
        EXPECT_THAT(mistakes(turn), ElementsAre("2:25: a turn without bytes cannot be seen; leave it out")) << turn;
    }
}

TEST(Exchanges, KnowRefusalWithoutAServerAlone) {
    EXPECT_THAT(mistakes(R"({"client": {"event": "refused"}})"),
                ElementsAre("2:14: with a server in the scenario no connection is refused"));
    EXPECT_THAT(
        mistakes(R"({"server": {"event": "refused"}})"),
        ElementsAre("2:14: with a server in the scenario no connection is refused", "2:25: only a client is refused"));
    const std::string alone = R"({"about": "x", "client": {"role": "talk-client"}, "exchange": [)";
    EXPECT_THAT(read_text(alone + R"({"client": {"event": "refused"}}]})").mistakes, ElementsAre());
    EXPECT_THAT(read_text(alone + "]}").mistakes, ElementsAre());
    const std::string only = R"(without a server the only turn is {"client": {"event": "refused"}})";
    EXPECT_THAT(read_text(alone + R"({"client": "x"}, {"server": "y"}]})").mistakes,
                ElementsAre("1:1: missing key 'server'; " + only));
    EXPECT_THAT(read_text(alone + R"({"client": {"event": "refused"}}, {"server": "y"}]})").mistakes,
                ElementsAre("1:98: " + only));
}

TEST(Exchanges, ReportAMistakeOnceHoweverManyClientsShareThem) {
    const auto text =
        R"({"about": "x", "server": {"role": "talk-server"}, "clients": [{"role": "talk-client", "times": 5},
        {"role": "talk-client"}], "exchange": [{"client": {"event": "refused"}}]})";
    EXPECT_THAT(read_text(text).mistakes, ElementsAre("2:48: with a server in the scenario no connection is refused"));
}

TEST(Exchanges, KeepIdleClientsSilent) {
    const auto text = R"({"about": "x", "server": {"role": "talk-server"},
        "clients": [{"idle": true, "exchange": [{"client": "x"}, {"server": "y"}, {"client": {"event": "end"}}]}]})";
    EXPECT_THAT(read_text(text).mistakes, ElementsAre("2:49: an idle client sends nothing"));
}

}  // namespace
}  // namespace parley
