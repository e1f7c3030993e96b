#include "expect.h"
#include "made.h"
#include "parley/base/digest.h"

namespace parley {
namespace {

using namespace made;
using Code = Finding::Code;
using testing::HasSubstr;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

Verdict verdict(std::vector<Turn> exchange, const std::vector<WireEvent>& events) {
    return judge(scenario(std::move(exchange)), observation(events));
}

std::vector<Turn> question_and_answer() {
    return {turn(Who::client, "Hello\n"), turn(Who::server, "Hi\n")};
}

/// question_and_answer, then both leave in whichever order.
std::vector<Turn> with_ends() {
    auto exchange = question_and_answer();
    exchange.push_back(turn(Who::both, StreamEvent::end));
    return exchange;
}

TEST(Exchange, PassesWhereEveryTurnCameInItsOrder) {
    EXPECT_THAT(verdict(two_messages(), two_messages_said()), Passes());
}

TEST(Exchange, JoinsConsecutiveTurnsOfOneSide) {
    const std::vector<Turn> exchange{turn(Who::client, "Hel"), turn(Who::client, pattern("[a-z]+")),
                                     turn(Who::client, "\n")};
    EXPECT_THAT(verdict(exchange, {says(client, "Hello\n")}), Passes());
    EXPECT_THAT(verdict(exchange, {says(client, "He"), says(client, "llo\n")}), Passes());
    EXPECT_THAT(verdict(exchange, {says(client, "Hel9\n")}), Fails({Code::bytes_differ}));
}

TEST(Exchange, NamesTheFirstOctetThatDiffers) {
    const auto found = verdict(question_and_answer(), {says(client, "Hello\n"), says(server, "Ha\n")});
    ASSERT_THAT(found, Fails({Code::bytes_differ}));
    const auto& finding = found.findings[0];
    EXPECT_EQ(finding.side, server);
    EXPECT_EQ(finding.offset, 1u);
    EXPECT_EQ(finding.expected_bytes, "Hi\n");
    EXPECT_EQ(finding.actual_bytes, "Ha\n");
    EXPECT_EQ(finding.position, (Position{8, 9}));
    EXPECT_EQ(finding.message, "the server's turn 2 has 61 (\"a\") at offset 1 where 69 (\"i\") was expected");
}

TEST(Exchange, DescribesWhatAPatternExpected) {
    const auto found = verdict({turn(Who::server, pattern("[0-9]+"))}, {says(server, "12x")});
    ASSERT_THAT(found, Fails({Code::bytes_extra}));
    EXPECT_EQ(found.findings[0].expected, "/[0-9]+/");
    EXPECT_EQ(found.findings[0].expected_bytes, std::nullopt);
    EXPECT_EQ(found.findings[0].offset, 2u);
}

TEST(Exchange, TellsTheClientsPortAsTheSpeakerSeesIt) {
    const auto port = [](Who who) { return turn(who, {{ClientPort{}, Literal{"\n"}}, {}}); };
    const auto wanted = scenario({port(Who::client), port(Who::server)});
    const auto said = [](const char* by_client, const char* by_server) {
        auto seen = observation({says(client, by_client), says(server, by_server)});
        seen.transcript.connections = {{0, 40404, 50505}};
        return seen;
    };
    EXPECT_THAT(judge(wanted, said("40404\n", "50505\n")), Passes());
    EXPECT_THAT(judge(wanted, said("50505\n", "50505\n")), Fails({Code::bytes_differ}));
    const auto found = judge(wanted, said("40404\n", "40404\n"));
    ASSERT_THAT(found, Fails({Code::bytes_differ}));
    EXPECT_EQ(found.findings[0].expected_bytes, "50505\n");
}

TEST(Exchange, ReportsNothingAfterTheFirstWrongTurn) {
    EXPECT_THAT(verdict(two_messages(), {says(client, "hello world!"), says(server, "Echo ==>b'hello world!'"),
                                         says(client, "again!"), ends(client), ends(server)}),
                Fails({Code::bytes_differ}));
}

TEST(Exchange, CountsWhatIsTooMuch) {
    const auto found =
        verdict(question_and_answer(), {says(client, "Hello\n"), says(server, std::string("Hi\n\0", 4))});
    ASSERT_THAT(found, Fails({Code::bytes_extra}));
    EXPECT_EQ(found.findings[0].message, "the server's turn 2 goes on for 1 octet after what was expected: \"\\0\"");
    EXPECT_EQ(found.findings[0].offset, 3u);
}

TEST(Exchange, FindsTooMuchInAnEarlierTurnAsWell) {
    EXPECT_THAT(verdict(two_messages(), {says(client, std::string("Hello world!\0", 13)), says(server, "x"),
                                         ends(client), ends(server)}),
                Fails({Code::bytes_extra}));
}

TEST(Exchange, SaysWhatIsMissingOfATurnThatTheOtherSideAnswered) {
    const auto found = verdict(question_and_answer(), {says(client, "Hello"), says(server, "Hi\n")});
    ASSERT_THAT(found, Fails({Code::bytes_missing}));
    EXPECT_EQ(found.findings[0].side, client);
    EXPECT_EQ(found.findings[0].message,
              "the client's turn 1 stops after 5 of 6 octets, before the server answered; missing: \"\\n\"");
}

TEST(Exchange, BlamesWhoAnswersHalfATurn) {
    const auto found =
        verdict(question_and_answer(), {says(client, "Hel"), says(server, "Hi\n"), says(client, "lo\n")});
    ASSERT_THAT(found, Fails({Code::out_of_turn}));
    EXPECT_EQ(found.findings[0].side, server);
    EXPECT_EQ(found.findings[0].message, "the server answered after only 3 of 6 octets of the client's turn 1");
}

TEST(Exchange, BlamesTheFirstTurnWhereTheNextIsAnotherText) {
    // "Hello" without its newline, answered; then the next message, which is no rest of the first.
    const std::vector<Turn> exchange{turn(Who::client, "Hello\n"), turn(Who::server, "Hi\n"),
                                     turn(Who::client, "Bye\n")};
    const auto found = verdict(exchange, {says(client, "Hello"), says(server, "Hi\n"), says(client, "Bye")});
    ASSERT_THAT(found, Fails({Code::bytes_missing}));
    EXPECT_EQ(found.findings[0].side, client);
}

TEST(Exchange, NoticesWhoSpeaksFirst) {
    const auto found = verdict(question_and_answer(), {says(server, "Hi\n"), says(client, "Hello\n")});
    ASSERT_THAT(found, Fails({Code::out_of_turn}));
    EXPECT_EQ(found.findings[0].side, server);
}

TEST(Exchange, WantsNoDataOfASideWithoutATurn) {
    const auto found = verdict({turn(Who::client, "Hello")}, {says(server, "220 ready\n"), says(client, "Hello")});
    ASSERT_THAT(found, Fails({Code::data_unexpected}));
    EXPECT_EQ(found.findings[0].message, "the server sent 10 octets where it had nothing to say: \"220 ready\\n\"");
}

TEST(Exchange, NoticesWhoDoesNotWaitForTheAnswer) {
    const auto found = verdict(two_messages(), {says(client, "Hello world!"), says(client, "Again!"),
                                                says(server, "Echo ==>b'Hello world!Again!'")});
    ASSERT_THAT(found, Fails({Code::out_of_turn}));
    EXPECT_EQ(found.findings[0].side, client);
    EXPECT_EQ(found.findings[0].message, "the client sent its turn 3 without waiting for the server's turn 2");
    EXPECT_EQ(found.findings[0].offset, 12u);
}

TEST(Exchange, NoticesABeginningOfTheNextTurnToo) {
    EXPECT_THAT(verdict(two_messages(), {says(client, "Hello world!Ag"), says(server, "Echo"), says(client, "ain!")}),
                Fails({Code::out_of_turn}));
}

TEST(Exchange, WantsNoDataWhereThereIsNone) {
    EXPECT_THAT(verdict({}, {}), Passes());
    EXPECT_THAT(verdict({}, {ends(client), ends(server)}), Passes());
    const auto found = verdict({}, {says(client, "Hello")});
    ASSERT_THAT(found, Fails({Code::data_unexpected}));
    EXPECT_EQ(found.findings[0].position, (Position{5, 15}));
    EXPECT_EQ(found.findings[0].actual_bytes, "Hello");
}

TEST(Exchange, WantsNoDataAfterTheLastTurn) {
    EXPECT_THAT(verdict({turn(Who::server, "time")}, {says(server, "time"), says(client, "thanks")}),
                Fails({Code::data_unexpected}));
    EXPECT_THAT(verdict({turn(Who::client, StreamEvent::end)}, {says(server, "x"), ends(client)}),
                Fails({Code::data_unexpected}));
}

TEST(Exchange, SaysWhatDidNotCome) {
    const auto found = verdict(question_and_answer(), {says(client, "Hello\n")});
    ASSERT_THAT(found, Fails({Code::turn_missing}));
    EXPECT_EQ(found.findings[0].side, server);
    EXPECT_THAT(found.findings[0].message, HasSubstr("the server's turn 2 did not come"));
}

TEST(Exchange, TakesAnEmptyTurnAsSaid) {
    EXPECT_THAT(verdict({turn(Who::client, ""), turn(Who::server, "Hi")}, {says(server, "Hi")}), Passes());
}

TEST(Ends, MayRaceWhereBothAreExpectedAtOnce) {
    EXPECT_THAT(verdict(with_ends(), {says(client, "Hello\n"), says(server, "Hi\n"), ends(client), ends(server)}),
                Passes());
    EXPECT_THAT(verdict(with_ends(), {says(client, "Hello\n"), says(server, "Hi\n"), ends(server), ends(client)}),
                Passes());
}

TEST(Ends, HaveToFollowTheirCause) {
    auto events = two_messages_said();
    std::swap(events[4], events[5]);
    const auto found = verdict(two_messages(), events);
    ASSERT_THAT(found, Fails({Code::end_unexpected}));
    EXPECT_EQ(found.findings[0].side, server);
    EXPECT_EQ(found.findings[0].message, "the server ended its stream before the client's end of stream (turn 5)");
}

TEST(Ends, AreNotCheckedWhereTheExchangeDoesNotMentionThem) {
    const std::vector<WireEvent> said{says(client, "Hello\n"), says(server, "Hi\n")};
    for (const auto& more : std::vector<std::vector<WireEvent>>{
             {}, {ends(client)}, {ends(server)}, {ends(server), ends(client)}, {ends(client), ends(server)}}) {
        auto events = said;
        events.insert(events.end(), more.begin(), more.end());
        EXPECT_THAT(verdict(question_and_answer(), events), Passes());
    }
    // A half-close before the reply is the client's own affair then.
    EXPECT_THAT(verdict(question_and_answer(), {says(client, "Hello\n"), ends(client), says(server, "Hi\n")}),
                Passes());
}

TEST(Ends, MayNotComeBeforeTheReplyWhereTheyAreExpectedAfterIt) {
    const auto found =
        verdict(with_ends(), {says(client, "Hello\n"), ends(client), says(server, "Hi\n"), ends(server)});
    ASSERT_THAT(found, Fails({Code::end_unexpected}));
    EXPECT_EQ(found.findings[0].side, client);
    EXPECT_EQ(found.findings[0].message, "the client ended its stream before the server's turn 2");
}

TEST(Ends, MayNotComeInPlaceOfATurn) {
    for (const auto& exchange : {question_and_answer(), with_ends()}) {
        const auto found = verdict(exchange, {says(client, "Hello\n"), ends(server), ends(client)});
        ASSERT_THAT(found, Fails({Code::end_unexpected}));
        EXPECT_EQ(found.findings[0].side, server);
        EXPECT_EQ(found.findings[0].message, "the server ended its stream before its turn 2");
    }
}

// Whether the client's words had come by then is a matter of chance, on which the message does not depend.
TEST(Ends, TellOfTheTurnThatTheirSideHadYetToTake) {
    for (const auto& leaves : {ends(server), resets(server)}) {
        const auto early = verdict(question_and_answer(), {leaves, says(client, "Hello\n"), ends(client)});
        const auto late = verdict(question_and_answer(), {says(client, "Hello\n"), leaves, ends(client)});
        ASSERT_THAT(early,
                    Fails({leaves.kind == WireEvent::Kind::end ? Code::end_unexpected : Code::reset_unexpected}));
        ASSERT_EQ(late.findings.size(), 1U);
        EXPECT_EQ(early.findings[0].message, late.findings[0].message);
        EXPECT_THAT(early.findings[0].message, testing::EndsWith("before its turn 2"));
        EXPECT_EQ(early.findings[0].expected_bytes, "Hi\n");
        EXPECT_EQ(early.findings[0].actual_bytes, "");
    }
}

TEST(Ends, TellOfTheOtherSidesTurnWhereTheirSideHasNoneLeft) {
    const std::vector<Turn> exchange{turn(Who::server, "Hi"), turn(Who::client, "Hello"),
                                     turn(Who::both, StreamEvent::end)};
    const auto found = verdict(exchange, {says(server, "Hi"), ends(server), says(client, "Hello"), ends(client)});
    ASSERT_THAT(found, Fails({Code::end_unexpected}));
    EXPECT_EQ(found.findings[0].message, "the server ended its stream before the client's turn 2");
    EXPECT_EQ(found.findings[0].expected, R"(the client's turn 2: "Hello")");
    EXPECT_FALSE(found.findings[0].expected_bytes);
}

TEST(Ends, MayNotCutATurn) {
    for (const auto& exchange : {question_and_answer(), with_ends()}) {
        const auto found = verdict(exchange, {says(client, "Hello\n"), says(server, "Hi"), ends(server), ends(client)});
        ASSERT_THAT(found, Fails({Code::bytes_missing}));
        EXPECT_EQ(found.findings[0].message,
                  "the server's turn 2 stops after 2 of 3 octets, then it ended its stream; missing: \"\\n\"");
    }
}

TEST(Ends, AreCausesOfWhatFollowsThem) {
    const std::vector<Turn> exchange{turn(Who::client, "Hello"), turn(Who::client, StreamEvent::end),
                                     turn(Who::server, "Hi")};
    EXPECT_THAT(verdict(exchange, {says(client, "Hello"), ends(client), says(server, "Hi")}), Passes());
    const auto found = verdict(exchange, {says(client, "Hello"), says(server, "Hi"), ends(client)});
    ASSERT_THAT(found, Fails({Code::out_of_turn}));
    EXPECT_EQ(found.findings[0].side, server);
}

TEST(Ends, DivideTheDataOfTheOtherSide) {
    const std::vector<Turn> exchange{turn(Who::server, "Hi."), turn(Who::client, StreamEvent::end),
                                     turn(Who::server, "Bye.")};
    EXPECT_THAT(verdict(exchange, {says(server, "Hi."), ends(client), says(server, "Bye.")}), Passes());
    EXPECT_THAT(verdict(exchange, {says(server, "Hi.Bye."), ends(client)}), Fails({Code::out_of_turn}));
}

TEST(Ends, AreMissedWhereTheyAreExpected) {
    auto events = two_messages_said();
    events.pop_back();
    const auto found = verdict(two_messages(), events);
    ASSERT_THAT(found, Fails({Code::end_missing}));
    EXPECT_EQ(found.findings[0].side, server);
    EXPECT_EQ(found.findings[0].message, "the server has not ended its stream");
    EXPECT_EQ(found.findings[0].expected, "the server's end of stream (turn 6)");
}

TEST(Ends, AreMissedOfBothSidesAtOnce) {
    const auto found = verdict(with_ends(), {says(client, "Hello\n"), says(server, "Hi\n")});
    ASSERT_THAT(found, Fails({Code::end_missing}));
    EXPECT_EQ(found.findings[0].message, "neither side has ended its stream");
}

TEST(Ends, AreMissedBesidesWrongData) {
    EXPECT_THAT(verdict(with_ends(), {says(client, "Hello\n"), says(server, "Ha\n"), ends(client)}),
                Fails({Code::bytes_differ, Code::end_missing}));
}

TEST(Resets, FailWhereAnEndWasExpected) {
    const auto found = verdict(with_ends(), {says(client, "Hello\n"), says(server, "Hi\n"), resets(server)});
    ASSERT_THAT(found, Fails({Code::reset_unexpected}));
    EXPECT_EQ(found.findings[0].message, "the server reset the connection before both sides' end of stream (turn 3)");
}

TEST(Resets, FailWhereNothingIsSaidOfThem) {
    EXPECT_THAT(verdict(question_and_answer(), {says(client, "Hello\n"), says(server, "Hi\n"), resets(client)}),
                Fails({Code::reset_unexpected}));
    EXPECT_THAT(verdict(question_and_answer(), {says(client, "Hello\n"), resets(server)}),
                Fails({Code::reset_unexpected}));
    const auto cut = verdict(question_and_answer(), {says(client, "Hello\n"), says(server, "H"), resets(server)});
    ASSERT_THAT(cut, Fails({Code::reset_unexpected}));
    EXPECT_EQ(cut.findings[0].message, "the server reset the connection after 1 octet of its turn 2");
    EXPECT_EQ(cut.findings[0].expected_bytes, "Hi\n");
    EXPECT_EQ(cut.findings[0].actual_bytes, "H");
    EXPECT_THAT(verdict({}, {resets(server)}), Fails({Code::reset_unexpected}));
}

TEST(Resets, DoNotMatterAfterTheSidesOwnEnd) {
    EXPECT_THAT(verdict(with_ends(),
                        {says(client, "Hello\n"), says(server, "Hi\n"), ends(server), ends(client), resets(server)}),
                Passes());
    EXPECT_THAT(verdict(with_ends(),
                        {says(client, "Hello\n"), says(server, "Hi\n"), ends(server), resets(server), ends(client)}),
                Passes());
    EXPECT_THAT(
        verdict(question_and_answer(), {says(client, "Hello\n"), says(server, "Hi\n"), ends(server), resets(server)}),
        Passes());
}

TEST(Resets, MatterAfterTheOtherSidesEndAlone) {
    EXPECT_THAT(
        verdict(question_and_answer(), {says(client, "Hello\n"), says(server, "Hi\n"), ends(client), resets(server)}),
        Fails({Code::reset_unexpected}));
}

TEST(Resets, PassWhereTheyAreExpected) {
    const std::vector<Turn> exchange{turn(Who::client, "x"), turn(Who::server, StreamEvent::reset)};
    EXPECT_THAT(verdict(exchange, {says(client, "x"), resets(server)}), Passes());
    EXPECT_THAT(verdict(exchange, {says(client, "x"), ends(server), resets(server)}), Passes());
    EXPECT_THAT(verdict(exchange, {says(client, "x"), ends(client), resets(server)}), Passes());
}

TEST(Resets, AreMissedWhereTheyAreExpected) {
    const std::vector<Turn> exchange{turn(Who::client, "x"), turn(Who::server, StreamEvent::reset)};
    const auto ended = verdict(exchange, {says(client, "x"), ends(server)});
    ASSERT_THAT(ended, Fails({Code::reset_missing}));
    EXPECT_EQ(ended.findings[0].message, "the server ended its stream in order where a reset was expected");
    EXPECT_THAT(verdict(exchange, {says(client, "x")}), Fails({Code::reset_missing}));
}

TEST(Resets, AreToldBesidesWrongData) {
    EXPECT_THAT(verdict(question_and_answer(), {says(client, "Hello\n"), says(server, "Ha\n"), resets(server)}),
                Fails({Code::bytes_differ, Code::reset_unexpected}));
}

TEST(Connections, OfSeveralClientsAreJudgedEachByItsOwnExchange) {
    auto wanted = scenario(question_and_answer());
    wanted.clients.push_back(wanted.clients[0]);
    wanted.clients[1].exchange = {turn(Who::client, "Bye\n")};
    auto seen = observation({says(client, "Hello\n")});
    seen.clients.push_back(seen.clients[0]);
    connect(seen, 1);
    seen.transcript.events.push_back(says(client, "Bye\n", 1));
    seen.transcript.events.push_back(says(server, "Hi\n", 0));
    EXPECT_THAT(judge(wanted, seen), Passes());

    seen.transcript.events[5].bytes = "bye\n";
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::bytes_differ}));
    EXPECT_EQ(found.findings[0].client, 1);
    EXPECT_THAT(found.findings[0].message, HasSubstr("client 2's turn 1 has 62"));
}

TEST(Connections, OfAnIdleClientAreJudgedToo) {
    auto wanted = scenario(question_and_answer());
    wanted.clients.emplace_back();
    wanted.clients[1].player = Player::idle;
    wanted.clients[1].exchange = {turn(Who::server, "220 ready\n")};
    auto seen = observation({says(client, "Hello\n"), says(server, "Hi\n")});
    connect(seen, 1);
    seen.transcript.events.push_back(says(server, "220 ready\n", 1));
    seen.transcript.events.push_back(ends(client, 1));
    EXPECT_THAT(judge(wanted, seen), Passes());

    wanted.clients[1].exchange.clear();
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::data_unexpected}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("on client 2's connection"));
}

TEST(Connections, BesidesTheOneAreTooMany) {
    auto seen = observation({ends(client)});
    connect(seen, 0);
    for (const auto& event : {says(client, "Hello\n", 1), says(server, "Hi\n", 1)})
        seen.transcript.events.push_back(event);
    EXPECT_THAT(judge(scenario(question_and_answer()), seen), Fails({Code::connection_extra}));

    seen.transcript.events.back().bytes = "Ha\n";
    EXPECT_THAT(judge(scenario(question_and_answer()), seen), Fails({Code::connection_extra, Code::bytes_differ}));
}

TEST(Connections, GoToTheHostThatTheClientIsTold) {
    auto wanted = scenario(question_and_answer());
    auto seen = observation({says(client, "Hello\n"), says(server, "Hi\n"), ends(client), ends(server)});
    seen.transcript.connections[0].reached = "127.0.0.1";
    EXPECT_THAT(judge(wanted, seen), Passes());
    wanted.clients[0].host = "127.0.0.2";
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::wrong_host}));
    EXPECT_EQ(found.findings[0].message, "the client connected to 127.0.0.1, not to 127.0.0.2");
    seen.transcript.connections[0].reached = "127.0.0.2";
    EXPECT_THAT(judge(wanted, seen), Passes());
}

TEST(Connections, ThatTheServerDidNotLiveToSeeAreItsFault) {
    auto wanted = scenario(question_and_answer());
    wanted.clients.push_back(wanted.clients[0]);
    auto seen = observation({says(client, "Hello\n"), says(server, "Hi\n")});
    seen.server->state = Exited{0};
    seen.clients.push_back(seen.clients[0]);
    seen.transcript.connections.push_back({1});
    seen.transcript.events.push_back(connects(client, 1));
    seen.transcript.events.push_back(says(client, "Hello\n", 1));
    seen.transcript.events.push_back(resets(server, 1));
    const auto found = judge(wanted, seen);
    ASSERT_THAT(found, Fails({Code::ended_early}));
    EXPECT_EQ(found.findings[0].message,
              "the server ended with exit 0 before the connection of client 2 could reach it");
}

TEST(Connections, BeyondWhatIsCarriedAreCounted) {
    auto seen = observation({says(client, "Hello\n"), says(server, "Hi\n")});
    for (std::uint64_t count = 1; count < Transcript::most_connections; ++count) connect(seen, 0);
    seen.transcript.refused[0] = 4'744;
    const auto found = judge(scenario(question_and_answer()), seen);
    ASSERT_THAT(found, Fails({Code::connection_extra}));
    EXPECT_EQ(found.findings[0].message,
              "the client opened 5,000 connections, where 1 was expected; parley carried the first 256 and reset the "
              "others at once");
}

// ---- more than is kept

// The client says `all`, of which three octets are kept, and the server answers.
Observation flood(const Bytes& all) {
    auto seen = observation({says(client, all.substr(0, 3)), says(server, "Hi\n")});
    seen.transcript.events[2].cut = all.size() - 3;
    seen.transcript.floods = {{0, client, all.size(), all.substr(all.size() - 2), digest_of(all)}};
    return seen;
}

Scenario expecting(const Bytes& all) {
    return scenario({turn(Who::client, all), turn(Who::server, "Hi\n")});
}

TEST(Flood, IsHeldAgainstExactOctetsByCountAndDigest) {
    EXPECT_THAT(judge(expecting("abcdefgh"), flood("abcdefgh")), Passes());
    const auto found = judge(expecting("abcdefgh"), flood("abcdefgx"));
    ASSERT_THAT(found, Fails({Code::output_flood}));
    EXPECT_EQ(found.findings[0].message,
              "the client sent 8 octets, too many to keep and to compare: kept are the first of them, the last "
              "(\"gx\"), and the digest of all, " +
                  digest_of("abcdefgx"));
    EXPECT_EQ(found.findings[0].expected, "8 octets with the digest " + digest_of("abcdefgh"));
}

TEST(Flood, InSeveralTurnsIsPutBackWhereItBelongs) {
    auto seen = observation({says(client, "abc"), says(server, "1"), says(client, ""), says(server, "2")});
    seen.transcript.events[4].cut = 3;
    seen.transcript.floods = {{0, client, 6, "def", digest_of("abcdef")}};
    const auto turns = [](const Bytes& first, const Bytes& second) {
        return scenario(
            {turn(Who::client, first), turn(Who::server, "1"), turn(Who::client, second), turn(Who::server, "2")});
    };
    EXPECT_THAT(judge(turns("abc", "def"), seen), Passes());
    EXPECT_THAT(judge(turns("abcd", "ef"), seen), Fails({Code::out_of_turn}));
}

TEST(Flood, OfWhichEventsAreMissingCannotBeCompared) {
    auto seen = flood("abcdefgh");
    seen.transcript.events[2].cut = 1;
    EXPECT_THAT(judge(expecting("abcdefgh"), seen), Fails({Code::output_flood}));
}

TEST(Flood, CannotBeHeldAgainstAPattern) {
    const auto wanted = scenario({turn(Who::client, pattern("[a-h]*")), turn(Who::server, "Hi\n")});
    const auto found = judge(wanted, flood("abcdefgh"));
    ASSERT_THAT(found, Fails({Code::output_flood}));
    EXPECT_EQ(found.findings[0].expected, "");
}

TEST(Flood, ShowsWhatIsWrongAtItsBeginning) {
    EXPECT_THAT(judge(expecting("axcdefgh"), flood("abcdefgh")), Fails({Code::bytes_differ}));
    const auto found = judge(expecting("a"), flood("abcdefgh"));
    ASSERT_THAT(found, Fails({Code::bytes_extra}));
    EXPECT_THAT(found.findings[0].message, HasSubstr("goes on for 7 octets"));
}

TEST(Ends, ThatAResetCutOffAreItsDoing) {
    const auto found =
        verdict(with_ends(), {says(client, "Hello\n"), says(server, "Hi\n"), ends(client), resets(client)});
    ASSERT_THAT(found, Fails({Code::reset_unexpected}));
    EXPECT_EQ(found.findings[0].side, client);
    EXPECT_EQ(found.findings[0].message, "the client reset the connection before both sides' end of stream (turn 3)");
}

// ---- programs on trial

Verdict verdict_on_trial(std::vector<Turn> exchange, const std::vector<WireEvent>& events) {
    auto made = scenario(std::move(exchange));
    made.clients[0].on_trial = true;
    return judge(made, observation(events));
}

TEST(ClientOnTrial, MayHalfCloseOnceItHasSaidAll) {
    EXPECT_THAT(
        verdict_on_trial(with_ends(), {says(client, "Hello\n"), ends(client), says(server, "Hi\n"), ends(server)}),
        Passes());
    EXPECT_THAT(verdict_on_trial(two_messages(), {says(client, "Hello world!"), says(server, "Echo ==>b'Hello world!'"),
                                                  says(client, "Again!"), ends(client),
                                                  says(server, "Echo ==>b'Again!'"), ends(server)}),
                Passes());
}

TEST(ClientOnTrial, MayHalfCloseInTheMidstOfTheAnswer) {
    EXPECT_THAT(verdict_on_trial(with_ends(), {says(client, "Hello\n"), says(server, "H"), ends(client),
                                               says(server, "i\n"), ends(server)}),
                Passes());
}

TEST(ClientOnTrial, MayNotCloseBothWaysBeforeTheAnswer) {
    const auto found = verdict_on_trial(
        with_ends(), {says(client, "Hello\n"), ends(client), says(server, "Hi\n"), resets(client), ends(server)});
    ASSERT_THAT(found, Fails({Code::end_unexpected}));
    EXPECT_EQ(found.findings[0].message, "the client ended its stream before the server's turn 2");
}

TEST(ClientOnTrial, MayNotEndBeforeItHasSaidAll) {
    EXPECT_THAT(verdict_on_trial(two_messages(), {says(client, "Hello world!"), ends(client),
                                                  says(server, "Echo ==>b'Hello world!'"), ends(server)}),
                Fails({Code::end_unexpected}));
}

TEST(ClientOnTrial, IsTheOnlyOneThatMay) {
    EXPECT_THAT(verdict(with_ends(), {says(client, "Hello\n"), ends(client), says(server, "Hi\n"), ends(server)}),
                Fails({Code::end_unexpected}));
}

}  // namespace
}  // namespace parley
