// Whole cells that come to their end as they should: who meets whom, what is seen of it.
#include "made_cell.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "parley/process/clock.h"
#include "parley/scenario/time_text.h"

namespace parley {
namespace {

using std::ranges::find_if;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::VariantWith;

using Cells = CellTest;

const Steps echo_once{"listen", "5050", "accept", "recv", "5", "send", "hello", "recv-end"};

TEST_F(Cells, AreCompleteWhenBothProgramsHaveEnded) {
    made.ending_server(echo_once).client(
        {"connect", "5050", "send", "HELLO", "recv", "5", "print", "done", "exit", "3"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_THAT(spelled(seen.transcript), ElementsAre("client connected", "server connected", R"(client "HELLO")",
                                                      R"(server "hello")", "client end", "server end"));
    ASSERT_TRUE(seen.server);
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{0}));
    ASSERT_THAT(seen.clients, SizeIs(1));
    EXPECT_THAT(seen.clients[0].state, VariantWith<Exited>(Exited{3}));
    EXPECT_EQ(seen.clients[0].out.bytes, "done");
    EXPECT_GT(seen.clients[0].process, 0);
    EXPECT_NE(seen.clients[0].process, seen.server->process);
    EXPECT_TRUE(seen.clients[0].opened_connection);
    EXPECT_EQ(seen.port, made_port);
    EXPECT_LE(seen.clock.began, seen.clock.ended);
}

TEST_F(Cells, AreCompleteWhenAServerThatLoopsWaitsForTheNextClient) {
    made.server({"listen", "5050", "accept", "send", "hi", "close", "accept"}).client({"connect", "5050", "recv-end"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_THAT(seen.server->state, VariantWith<Running>(Running{}));
}

TEST_F(Cells, RunTheirClientsInARow) {
    made.server({"listen", "5050", "accept", "recv-end", "close", "accept", "recv-end"})
        .client({"connect", "5050", "send", "first"})
        .client({"connect", "5050", "send", "second"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    ASSERT_THAT(seen.transcript.connections, SizeIs(2));
    EXPECT_EQ(seen.transcript.connections[0].client, 0);
    EXPECT_EQ(seen.transcript.connections[1].client, 1);
    EXPECT_EQ(seen.transcript.events.back().connection, 1);
}

// The server answers the first only when the second has come, which in a row it never would.
TEST_F(Cells, RunTheirClientsAtOnce) {
    made.scenario.at_once = true;
    made.ending_server({"listen", "5050", "accept", "accept", "send", "x", "recv-end"})
        .client({"connect", "5050", "shutdown", "poll", "-1"})
        .client({"connect", "5050", "shutdown", "poll", "-1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_THAT(seen.transcript.connections, SizeIs(2));
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{0}));
}

TEST_F(Cells, SetTheServersClock) {
    if (!can_set_clocks()) GTEST_SKIP() << "libfaketime is not installed";
    made.server({"listen", "5050", "accept", "sleep", "600", "sleep", "600", "time", "close", "accept"})
        .scripted_client()
        .exchange({{Who::server, Value{{TimeText{}}, {}}, {}}, {Who::client, Value{{Literal{"thanks"}}, {}}, {}}});
    made.scenario.server->clock = moment("2037-03-05 09:41:00");
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_EQ(seen.clock.began, made.scenario.server->clock);
    EXPECT_NE(seen.clock.shift, 0);
    const auto told = find_if(seen.transcript.events, [](const WireEvent& event) { return !event.bytes.empty(); });
    ASSERT_NE(told, seen.transcript.events.end());
    EXPECT_THAT(time_texts({}, seen.clock), Contains(told->bytes));
    EXPECT_THAT(spelled(seen.transcript), Contains(R"(client "thanks")"));
}

// Python's time.sleep() does it so. What its clock is set with must not take the end for a time of day.
TEST_F(Cells, LetAProgramWhoseClockIsSetSleepByAClockThatOnlyGoesOn) {
    if (!can_set_clocks()) GTEST_SKIP() << "libfaketime is not installed";
    made.ending_server({"listen", "5050", "accept", "sleep-until", "50", "send", "hi"})
        .client({"connect", "5050", "recv", "2"});
    made.scenario.server->clock = moment("2037-03-05 09:41:00");
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_NE(seen.clock.shift, 0);
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{0}));
}

TEST_F(Cells, KeepAnIdleClientForAsLongAsTheOthersNeed) {
    made.server({"listen", "5050", "accept", "accept", "send", "hi"})
        .idle_client()
        .client({"connect", "5050", "recv", "2"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_THAT(seen.clients[1].state, VariantWith<Exited>(Exited{0}));
    ASSERT_THAT(seen.transcript.connections, SizeIs(2));
    EXPECT_EQ(seen.transcript.connections[0].client, 0);
}

TEST_F(Cells, MayHaveAnIdleClientAlone) {
    made.server({"listen", "5050", "accept", "recv-end"}).idle_client();
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete) << seen.trouble;
    EXPECT_THAT(seen.server->state, VariantWith<Running>(Running{}));
}

TEST_F(Cells, MayHaveNoServer) {
    made.client({"connect", "5050"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_FALSE(seen.server);
    EXPECT_EQ(seen.clients[0].err.bytes, "connect: Connection refused\n");
    EXPECT_TRUE(seen.clients[0].opened_connection);
}

TEST_F(Cells, MayHaveNoClient) {
    made.server({"listen", "5050", "accept"});
    EXPECT_EQ(run(made).ending, Ending::complete);
}

TEST_F(Cells, CanLetSomebodyElseHaveTheServersPort) {
    made.server({"listen", "5050", "accept"});
    made.scenario.server->port_in_use = true;
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_EQ(seen.server->err.bytes, "bind: Address already in use\n");
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{100}));
}

TEST_F(Cells, GiveAProgramItsInput) {
    made.ending_server({"listen", "5050", "read-stdin", "accept", "recv-end"}).client({"connect", "5050"});
    made.scenario.server->input = "x";
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{0}));
}

TEST_F(Cells, FillInHostAndPort) {
    made.scenario.port = 6060;
    made.server({"listen", "{port}", "accept", "recv-end"}).client({"connect", "{port}", "print", "{host}"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_EQ(seen.clients[0].out.bytes, "localhost");
    EXPECT_EQ(seen.port, 6060);
    EXPECT_EQ(seen.server->command.at(2), "6060");
}

// ---- what goes wrong at the start

TEST_F(Cells, SayWhyAServerCouldNotBeStarted) {
    made.server({}).client({"connect", "5050"});
    auto cell = made.cell();
    auto missing = *cell.server;
    missing.command = {"/no/such/server"};
    cell.server = &missing;
    const auto seen = run(cell);
    ASSERT_TRUE(std::holds_alternative<NotStarted>(seen.server->state));
    EXPECT_THAT(std::get<NotStarted>(seen.server->state).reason, HasSubstr("/no/such/server"));
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_FALSE(seen.clients[0].opened_connection);
}

TEST_F(Cells, ResetTheClientOfAServerThatExitsBeforeItListens) {
    made.server({"complain", "no", "exit", "4"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_EQ(seen.ending, Ending::complete);
    EXPECT_THAT(seen.server->state, VariantWith<Exited>(Exited{4}));
    EXPECT_EQ(seen.clients[0].err.bytes, "recv: Connection reset by peer\n");
    EXPECT_THAT(spelled(seen.transcript), ElementsAre("client connected"));
    EXPECT_THAT(seen.server->listens, IsEmpty());
}

TEST_F(Cells, TellWhereAServerListensInstead) {
    made.scenario.time_limit = std::chrono::milliseconds(300);
    made.server({"listen", "5051", "accept"}).client({"connect", "5050", "recv", "1"});
    const auto seen = run(made);
    EXPECT_NE(seen.ending, Ending::complete);
    EXPECT_THAT(seen.server->listens, ElementsAre("0.0.0.0:5051"));
}

}  // namespace
}  // namespace parley
