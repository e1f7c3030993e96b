#include <sstream>

#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;
using Code = Finding::Code;
using On = SocketCall::On;

const std::vector<std::string> echo_server{"socket", "bind", "listen", "accept", "recv", "send", "close"};
const std::vector<std::string> echo_client{"socket", "connect", "send", "recv", "close"};
const std::vector<std::string> ctime_client{"socket", "connect", "recv", "close"};

/// Calls on socket number `socket`, spelled `socket bind listen`.
std::vector<SocketCall> on(int socket, On role, const std::string& names) {
    std::vector<SocketCall> calls;
    std::istringstream words(names);
    for (std::string name; words >> name;) {
        SocketCall call;
        call.call = name;
        call.socket = socket;
        call.on = role;
        calls.push_back(call);
    }
    return calls;
}

std::vector<SocketCall> operator+(std::vector<SocketCall> a, const std::vector<SocketCall>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// What a server calls until it has its connection, number 1.
std::vector<SocketCall> accepted(const std::string& names = "socket bind listen accept4") {
    auto calls = on(0, On::listener, names);
    calls.back().accepted = 1;
    return calls;
}

class Primitives : public testing::Test {
protected:
    Verdict verdict_on_server(std::vector<SocketCall> calls) {
        wanted.server->expect.primitives = echo_server;
        seen.server->calls = std::move(calls);
        return judge(wanted, seen);
    }
    Verdict verdict_on_client(std::vector<SocketCall> calls, std::vector<std::string> primitives = echo_client) {
        wanted.clients[0].expect.primitives = std::move(primitives);
        seen.clients[0].calls = std::move(calls);
        return judge(wanted, seen);
    }
    static std::string told_of(const Verdict& verdict) {
        return verdict.findings.empty() ? "" : verdict.findings[0].message;
    }

    Scenario wanted = scenario(two_messages());
    Observation seen = observation(two_messages_said());
};

TEST_F(Primitives, PassInTheirOrder) {
    EXPECT_THAT(
        verdict_on_server(accepted() + on(1, On::connection, "recvfrom sendto close") + on(0, On::listener, "accept4")),
        Passes());
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect write read close")), Passes());
}

TEST_F(Primitives, AreNotLookedAtWhereNothingIsExpected) {
    seen.server->calls = accepted() + on(1, On::connection, "write read");
    EXPECT_THAT(judge(wanted, seen), Passes());
}

TEST_F(Primitives, AreEachSeveralSystemCalls) {
    for (const auto* names : {"read write close", "readv writev shutdown", "recvmsg sendmsg close",
                              "recvmmsg sendmmsg close", "recvfrom sendfile close"})
        EXPECT_THAT(verdict_on_server(accepted("socket bind listen accept") + on(1, On::connection, names)), Passes())
            << names;
}

TEST_F(Primitives, FailWhereOneComesTooEarly) {
    const auto verdict = verdict_on_server(accepted() + on(1, On::connection, "sendto recvfrom close"));
    ASSERT_THAT(verdict, Fails({Code::primitives_differ}));
    const auto& finding = verdict.findings[0];
    EXPECT_EQ(finding.message, "the server called send before recv");
    EXPECT_EQ(finding.expected, "socket, bind, listen, accept, recv, send, close");
    EXPECT_EQ(finding.actual, "socket, bind, listen, accept, send, recv, close");
    EXPECT_EQ(finding.side, Side::server);
    EXPECT_EQ(finding.position, (Position{4, 15}));
}

TEST_F(Primitives, FailWhereOneIsMissingBeforeAnother) {
    EXPECT_EQ(told_of(verdict_on_server(accepted() + on(1, On::connection, "sendto close"))),
              "the server called send, and never recv before it");
}

TEST_F(Primitives, ComeBeforeWhatTheyExplain) {
    seen.server->state = Exited{1};
    seen.server->listens = {};
    seen.transcript = {};
    const auto verdict = verdict_on_server(on(0, On::nothing, "socket bind accept close"));
    ASSERT_EQ(verdict.kind, Verdict::Kind::failed);
    EXPECT_EQ(verdict.findings[0].message, "the server called accept, and never listen before it");
    EXPECT_EQ(verdict.findings[1].code, Code::never_listened);
}

TEST_F(Primitives, TellOfASetUpInTheWrongOrder) {
    EXPECT_EQ(told_of(verdict_on_server(on(0, On::listener, "socket listen bind accept4"))),
              "the server called listen before bind");
    seen.server->calls.clear();
    EXPECT_EQ(told_of(verdict_on_client(on(0, On::nothing, "socket sendto"))),
              "the client called send, and never connect before it");
}

TEST_F(Primitives, AreLookedAtOnEachConnection) {
    auto calls = accepted() + on(1, On::connection, "recvfrom sendto close") + on(0, On::listener, "accept4") +
                 on(2, On::connection, "sendto recvfrom close");
    calls[7].accepted = 2;
    EXPECT_EQ(told_of(verdict_on_server(calls)), "the server called send before recv");
}

TEST_F(Primitives, AreNotLookedAtOnSocketsThatLedNowhere) {
    EXPECT_THAT(verdict_on_client(on(0, On::nothing, "socket connect close") +
                                  on(1, On::connection, "socket connect write read close")),
                Passes());
    EXPECT_THAT(verdict_on_server(on(3, On::nothing, "socket connect") + accepted() +
                                  on(1, On::connection, "recvfrom sendto close")),
                Passes());
}

TEST_F(Primitives, MayBeOthersBesides) {
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket bind connect write read close")), Passes());
    wanted = scenario({turn(Who::server, "now"), turn(Who::both, StreamEvent::end)});
    seen = observation({says(Side::server, "now"), ends(Side::server), ends(Side::client)});
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect write read close"), ctime_client), Passes());
}

TEST_F(Primitives, MayEndTheStreamBeforeTheLastAnswer) {
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect write shutdown read close")), Passes());
}

TEST_F(Primitives, MayBeClosedByAProcessThatOnlyHandsTheConnectionOn) {
    EXPECT_THAT(verdict_on_server(accepted() + on(1, On::connection, "close recvfrom sendto")), Passes());
}

TEST_F(Primitives, AreMissingWhereAProgramEndsWithoutThem) {
    const auto verdict = verdict_on_client(on(0, On::connection, "socket connect write read"));
    ASSERT_THAT(verdict, Fails({Code::primitives_differ}));
    EXPECT_EQ(verdict.findings[0].message, "the client ended and had never closed its connection");
    EXPECT_EQ(verdict.findings[0].actual, "socket, connect, send, recv");
}

TEST_F(Primitives, AreMissedAfterWhatElseIsWrong) {
    wanted.clients[0].expect.out = text("x");
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect write read")),
                Fails({Code::stdout_differs, Code::primitives_differ}));
}

TEST_F(Primitives, OfAListenerCloseNoConnection) {
    seen.server->state = Exited{0};
    EXPECT_EQ(told_of(verdict_on_server(accepted() + on(1, On::connection, "recvfrom sendto") +
                                        on(0, On::listener, "close"))),
              "the server ended and had never closed its connection");
}

TEST_F(Primitives, AreOnlyKnownUpToWhereTheHarnessEndedTheProgram) {
    seen.clients[0].state = Running{};
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect write")), Passes());
}

TEST_F(Primitives, AreNotMissedWhereTheConversationFailedAnyway) {
    seen = observation({says(Side::client, "Hello world!"), ends(Side::client)});
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect write")), Fails({Code::end_unexpected}));
}

TEST_F(Primitives, ThatMoveDataAreNeededWhereThereIsSome) {
    wanted = scenario({turn(Who::client, StreamEvent::end), turn(Who::server, StreamEvent::end)});
    seen = observation({ends(Side::client), ends(Side::server)});
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect close")), Passes());
    wanted = scenario({turn(Who::server, "now"), turn(Who::both, StreamEvent::end)});
    seen = observation({says(Side::server, "now"), ends(Side::server), ends(Side::client)});
    EXPECT_THAT(verdict_on_client(on(0, On::connection, "socket connect read close")), Passes());
    EXPECT_EQ(told_of(verdict_on_client(on(0, On::connection, "socket connect close"))),
              "the client ended and had never called recv");
}

TEST_F(Primitives, OfAProgramWithoutAConnectionMayStopAnywhere) {
    wanted = scenario({turn(Who::client, StreamEvent::refused)});
    wanted.server.reset();
    seen = observation({});
    seen.server.reset();
    seen.transcript = {};
    EXPECT_THAT(verdict_on_client(on(0, On::nothing, "socket connect")), Passes());
}

}  // namespace
}  // namespace parley
