// What was seen, drawn as the files diagrams/observed-*.txt show.
#include "parley/report/observed_rows.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using namespace made;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

void expect_drawn(const Scenario& wanted, const Observation& seen, const std::string& name) {
    expect_golden(draw(observed_rows(wanted, seen, 0), false),
                  PARLEY_SOURCE_DIR "/harness/tests/report/diagrams/observed-" + name + ".txt");
}

TEST(ObservedRows, TellAWholeConversation) {
    auto seen = observation(two_messages_said());
    seen.clients[0].out = printed("Received: Echo ==>b'Hello world!'\nReceived: Echo ==>b'Again!'\n");
    expect_drawn(scenario(two_messages()), seen, "conversation");
}

TEST(ObservedRows, JoinWhatCameInPieces) {
    auto seen = observation({says(client, "Hel"), says(client, "lo"), says(server, "Hi"), ends(server)});
    expect_drawn(scenario({}), seen, "pieces");
}

TEST(ObservedRows, TellAClientThatClosedFromOneThatHasSaidAll) {
    const auto wanted = scenario({turn(Who::server, "Hi"), turn(Who::both, StreamEvent::end)});
    expect_drawn(wanted, observation({ends(client), says(server, "Hi"), ends(server)}), "half-closed");
    expect_drawn(wanted, observation({ends(client), says(server, "Hi"), resets(client)}), "closed-early");
}

TEST(ObservedRows, TellWhoWaitsInWhichCall) {
    auto seen = observation({says(client, "Hello world!")});
    seen.ending = Ending::deadlock;
    both_receive(seen);
    seen.server->waits = {{"python3", "epoll_wait", 4, "", false}};
    expect_drawn(scenario(two_messages()), seen, "deadlock");
}

TEST(ObservedRows, TellAProgramThatWasKilled) {
    auto seen = observation({says(client, "Hello world!"), resets(server)});
    seen.server->state = Signaled{11};
    seen.clients[0].err = printed("recv: Connection reset by peer\n");
    seen.clients[0].state = Exited{1};
    expect_drawn(scenario(two_messages()), seen, "killed");
}

TEST(ObservedRows, TellAConnectionThatReachedNoServer) {
    auto seen = observation({});
    seen.transcript.events.pop_back();
    expect_drawn(scenario({}), seen, "unreached");
}

TEST(ObservedRows, TellAConnectionThatTheServerNeverAccepted) {
    auto seen = observation({says(client, "Hello world!"), ends(client)});
    seen.transcript.connections[0].queued = true;
    seen.ending = Ending::deadlock;
    both_receive(seen);
    expect_drawn(scenario(two_messages()), seen, "queued");
}

TEST(ObservedRows, TellARefusal) {
    auto wanted = scenario({});
    wanted.server.reset();
    auto seen = observation({});
    seen.server.reset();
    seen.transcript = {};
    expect_drawn(wanted, seen, "refusal");
}

TEST(ObservedRows, TellAClientThatOpenedNoConnection) {
    auto seen = observation({});
    seen.transcript = {};
    seen.clients[0].opened_connection = false;
    seen.clients[0].state = Exited{2};
    expect_drawn(scenario({}), seen, "nothing");
}

TEST(ObservedRows, TellWhatAScriptServed) {
    auto wanted = scenario(two_messages());
    wanted.server->player = Player::script;
    auto seen = observation({says(client, "Hello world!"), says(server, "Echo ==>b'Hello world!'"), resets(client)});
    seen.server.reset();
    expect_drawn(wanted, seen, "scripted-server");
}

TEST(ObservedRows, TellWhatAScriptAsked) {
    auto wanted = scenario(two_messages());
    wanted.clients[0].player = Player::script;
    auto seen = observation({says(client, "Hello world!"), ends(server)});
    seen.clients[0] = {};
    expect_drawn(wanted, seen, "scripted-client");
}

}  // namespace
}  // namespace parley
