// Sides that the harness plays, against real programs.
#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>

#include "made_cell.h"
#include "parley/run/script.h"
#include "tests/programs/eventually.h"

namespace parley {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::VariantWith;

using Scripts = CellTest;

Value text(Bytes bytes) {
    return {{Literal{std::move(bytes)}}, {}};
}

Value pattern(std::string expression) {
    return {{Pattern{std::move(expression)}}, {}};
}

Turn client(Value value) {
    return {Who::client, std::move(value), {}};
}
Turn client(Bytes bytes) {
    return client(text(std::move(bytes)));
}
Turn server(Value value) {
    return {Who::server, std::move(value), {}};
}
Turn server(Bytes bytes) {
    return server(text(std::move(bytes)));
}
Turn event(Who who, StreamEvent what) {
    return {who, what, {}};
}

// ---- what a script does

TEST_F(Scripts, TalkWithAServer) {
    made.server({"listen", "5050", "accept", "recv", "2", "send", "b", "recv-end", "close"})
        .scripted_client()
        .exchange(
            {client("aa"), server("b"), event(Who::client, StreamEvent::end), event(Who::server, StreamEvent::end)});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(spelled(seen.transcript), ElementsAre("client connected", "server connected", "client \"aa\"",
                                                      "server \"b\"", "client end", "server end"));
}

TEST_F(Scripts, TalkWithAClient) {
    made.scripted_server()
        .client({"connect", "5050", "send", "hi", "recv", "3", "shutdown", "recv-end"})
        .exchange({client("hi"), server("you"), event(Who::both, StreamEvent::end)});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{0}));
    EXPECT_FALSE(seen.server);
}

TEST_F(Scripts, TalkWithSeveralClientsEachInItsOwnWay) {
    made.scripted_server().client({"connect", "5050", "recv", "1", "exit", "1"}).exchange({server("1")});
    made.client({"connect", "5050", "recv", "2", "exit", "2"}).exchange({server("22")});
    made.scenario.at_once = true;
    const auto seen = run(made);
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{1}));
    EXPECT_THAT(seen.clients[1].state, VariantWith<Exited>(Exited{2}));
}

TEST_F(Scripts, WaitForAServerThatListensLate) {
    made.server({"sleep", "300", "listen", "5050", "accept", "recv", "1", "send", "x"})
        .scripted_client()
        .exchange({client("?"), server("x")});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Scripts, WaitForASlowAnswerToTheEndOfItsPattern) {
    made.server({"listen", "5050", "accept", "send", "a", "sleep", "200", "send", "b\n", "recv", "1"})
        .scripted_client()
        .exchange({server(pattern("[ab]*\n")), client("c")});
    EXPECT_THAT(spelled(run(made).transcript), ElementsAre("client connected", "server connected", "server \"ab\\n\"",
                                                           "client \"c\"", testing::_, testing::_));
}

TEST_F(Scripts, SayAgainWhatTheyCaptured) {
    made.server({"listen", "5050", "accept", "send", "id 42\n", "recv", "2", "recv-end"})
        .scripted_client()
        .exchange({server(Value{{Literal{"id "}, CaptureBegin{"id"}, AnyOctets{2}, CaptureEnd{}, Literal{"\n"}}, {}}),
                   client(Value{{Recall{"id"}}, {}})});
    EXPECT_THAT(spelled(run(made).transcript),
                ElementsAre("client connected", "server connected", "server \"id 42\\n\"", "client \"42\"",
                            "client end", "server end"));
}

// The program reads as much as there is: that it got one octet each time shows that they came one by one.
TEST_F(Scripts, SendInPiecesThatAreReadOneByOne) {
    auto pieces = client("abc");
    pieces.pieces_of = 1;
    made.server({"listen", "5050", "accept", "read-some", "read-some", "read-some"})
        .scripted_client()
        .exchange({std::move(pieces)});
    const auto seen = run(made);
    EXPECT_EQ(seen.server->out.bytes, "1 1 1 ");
}

TEST_F(Scripts, KeepTheNextPieceUntilThereIsAReader) {
    auto pieces = client("abc");
    pieces.pieces_of = 1;
    made.server({"sleep", "100", "listen", "5050", "accept", "read-some", "read-some", "read-some"})
        .scripted_client()
        .exchange({std::move(pieces)});
    EXPECT_EQ(run(made).server->out.bytes, "1 1 1 ");
}

// An alarm may come at any time, so such a reader is never seen to wait for its peer alone.
TEST_F(Scripts, SendTheNextPieceToAServerThatHasReadAndIsNotAtRest) {
    auto pieces = client("abc");
    pieces.pieces_of = 1;
    made.server({"listen", "5050", "accept", "alarm", "60", "recv", "3"})
        .scripted_client()
        .exchange({std::move(pieces)});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Scripts, SendTheNextPieceToAClientThatHasReadAndIsNotAtRest) {
    auto pieces = server("abc");
    pieces.pieces_of = 1;
    made.scripted_server().client({"connect", "5050", "alarm", "60", "recv", "3"}).exchange({std::move(pieces)});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Scripts, ReachAReaderThatDoesNotReadWithAllPiecesAllTheSame) {
    auto pieces = client("abc");
    pieces.pieces_of = 1;
    made.server({"listen", "5050", "accept", "sleep", "200", "recv", "3"})
        .scripted_client()
        .exchange({std::move(pieces)});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Scripts, Reset) {
    made.server({"listen", "5050", "accept", "recv", "1", "recv", "1"})
        .scripted_client()
        .exchange({client("a"), {Who::client, Pause{50ms}, {}}, event(Who::client, StreamEvent::reset)});
    const auto seen = run(made);
    EXPECT_THAT(spelled(seen.transcript),
                ElementsAre("client connected", "server connected", "client \"a\"", "client reset"));
    EXPECT_THAT(seen.server->err.bytes, HasSubstr("Connection reset by peer"));
}

TEST_F(Scripts, AreNotHeldUpByWhatTheyDoNotReadYet) {
    const Bytes much(4 << 20, 's');
    made.server(
            {"listen", "5050", "accept", "send-many", std::to_string(much.size()), "recv", std::to_string(much.size())})
        .scripted_client()
        .exchange({client(much), server(much)});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

// ---- what does not go as the script has it

TEST_F(Scripts, LeaveWhereTheAnswerIsAnotherOne) {
    made.server({"listen", "5050", "accept", "recv", "1", "send", "no", "recv-end"})
        .scripted_client()
        .exchange({client("a"), server("yes"), client("b")});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(spelled(seen.transcript),
                ElementsAre("client connected", "server connected", "client \"a\"", "server \"no\""))
        << "what comes of its leaving is not recorded";
}

TEST_F(Scripts, HearWhatIsTooMuch) {
    made.server({"listen", "5050", "accept", "recv", "1", "send", "b", "sleep", "20", "send", "!", "recv-end"})
        .scripted_client()
        .exchange({client("a"), server("b")});
    EXPECT_THAT(spelled(run(made).transcript), testing::Contains("server \"b!\""));
}

TEST_F(Scripts, StayWhereADeadlockIsWanted) {
    made.scenario.outcome = Outcome::deadlock;
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv", "2"}).scripted_client().exchange({client("a")});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_THAT(seen.script_waits, ElementsAre("the client waits for nothing more"));
}

TEST_F(Scripts, WaitForEverTogetherWithAServer) {
    made.scenario.time_limit = 30s;
    made.server({"listen", "5050", "accept", "recv", "2"}).scripted_client().exchange({client("a"), server("b")});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_THAT(seen.script_waits, ElementsAre("the client waits for the server's data (turn 2)"));
}

TEST_F(Scripts, WaitForEverTogetherWithAClient) {
    made.scenario.time_limit = 30s;
    made.scripted_server().client({"connect", "5050", "recv", "1"}).exchange({client("a")});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::deadlock);
    EXPECT_THAT(seen.script_waits, ElementsAre("the server waits for the client's data (turn 1)"));
}

// Who looks for a deadlock does so in a turn of the loop. Where others take turns of it too, and the machine is busy,
// it may do so twice before a script comes to what lies in its socket.
TEST(Script, KnowsInEveryTurnOfTheLoopThatItHasToGoOn) {
    asio::io_context context;
    tcp::acceptor listener(context, {asio::ip::address_v4::loopback(), 0});
    tcp::socket other_side(context);
    other_side.connect(listener.local_endpoint());
    asio::write(other_side, asio::buffer("hi", 2));
    auto socket = listener.accept();

    int changes = 0;  // it begins to wait, and goes on, in turn
    TaskGroup tasks(context.get_executor(), [] {});
    ScriptSurroundings surroundings;
    surroundings.stillness = [] { return Stillness::waiting; };
    surroundings.clock = [] { return Clock(); };
    surroundings.changed = [&] { ++changes; };
    const std::vector<Turn> exchange{client("hi"), server("you"), client("ho"), server("you")};
    Script script(std::move(socket), Side::server, exchange, surroundings, tasks);
    const auto goes_on_after = [&](int change) {
        bool known = true;
        while (changes < change) {
            known &= script.goes_on_by_itself() || script.has_to_hear();
            context.run_one();
        }
        return known;
    };
    EXPECT_TRUE(goes_on_after(2)) << "what had come before it";
    while (changes < 3) context.run_one();
    asio::write(other_side, asio::buffer("ho", 2));
    EXPECT_TRUE(eventually([&] { return script.has_to_hear(); }));
    EXPECT_TRUE(goes_on_after(4)) << "what came while it waited";
    script.stop();
    context.run();
}

TEST_F(Scripts, PauseWithoutBeingTakenForADeadlock) {
    made.server({"listen", "5050", "accept", "recv", "2"})
        .scripted_client()
        .exchange({client("a"), {Who::client, Pause{500ms}, {}}, client("b")});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Scripts, EndWithAServerThatDies) {
    made.server({"listen", "5050", "accept", "exit", "3"}).scripted_client().exchange({client("a"), server("b")});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{3}));
}

TEST_F(Scripts, EndWithAServerThatNeverListens) {
    made.server({"exit", "3"}).scripted_client().exchange({client("a")});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

}  // namespace
}  // namespace parley
