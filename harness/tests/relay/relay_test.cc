#include "parley/relay/relay.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <ctime>
#include <future>
#include <thread>

#include "parley/base/digest.h"
#include "parley/base/format.h"
#include "parley/observe/sockets.h"
#include "tests/programs/eventually.h"
#include "tests/programs/network.h"

namespace parley {
namespace {

using asio::ip::tcp;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::uint16_t port = 5050;

// The transcript without times, one word an event: `0 client data "hello"`. Data in a row is joined, because in how
// many pieces it travels is up to the kernel.
std::vector<std::string> spelled(const Transcript& transcript) {
    std::vector<WireEvent> joined;
    for (const auto& event : transcript.events) {
        const bool goes_on = !joined.empty() && event.kind == WireEvent::Kind::data &&
                             joined.back().kind == event.kind && joined.back().side == event.side &&
                             joined.back().connection == event.connection;
        if (goes_on)
            joined.back().bytes += event.bytes;
        else
            joined.push_back(event);
    }
    std::vector<std::string> words;
    for (const auto& event : joined) {
        words.push_back(format("{} {} {}", event.connection, name(event.side), name(event.kind)));
        if (event.kind == WireEvent::Kind::data) words.back() += " " + quoted(event.bytes);
    }
    return words;
}

// The relay on a thread of its own between two namespaces, so that tests can use plain blocking sockets.
class RelayTest : public NamespaceTest {
protected:
    void SetUp() override {
        NamespaceTest::SetUp();
        if (IsSkipped()) return;
        client_side.emplace(test_sandbox().make());
        server_side.emplace(test_sandbox().make());
        const Sandbox::Visit visit(test_sandbox(), *server_side);
        listeners.emplace();
    }

    void TearDown() override { finish(); }

    ServerEnd server_end() {
        ServerEnd end;
        end.make_socket = [this](tcp protocol) {
            const Sandbox::Visit visit(test_sandbox(), *server_side);
            if (after_making_socket) after_making_socket();
            return tcp::socket(context, protocol);
        };
        end.listens = [this] { return pretends_to_listen || listeners->listens(port); };
        end.alive = [this] { return alive.load(); };
        end.port = port;
        return end;
    }

    /// Begins to relay.
    void start() {
        serve();
        run();
    }
    void serve() {
        relay.emplace(context.get_executor(), recorder, server_end(), tasks);
        const Sandbox::Visit visit(test_sandbox(), *client_side);
        relay->serve(tcp::acceptor(context, tcp::endpoint(tcp::v4(), port)), 0);
    }
    void run() {
        runner = std::thread([this] { context.run(); });
    }

    /// What `ask` says on the relay's thread.
    template <typename Question>
    auto on_relay(Question ask) {
        return asio::post(context, asio::use_future(std::move(ask))).get();
    }
    static std::uint16_t port_of_client(int number) { return static_cast<std::uint16_t>(port + number); }
    void serve_client(int number) {
        on_relay([this, number] {
            const Sandbox::Visit visit(test_sandbox(), *client_side);
            relay->serve(tcp::acceptor(context, tcp::endpoint(tcp::v4(), port_of_client(number))), number);
        });
    }

    bool has_recorded(const std::string& event) {
        return on_relay([&] {
            const auto words = spelled(recorder.transcript());
            return std::find(words.begin(), words.end(), event) != words.end();
        });
    }
    bool will_have_recorded(const std::string& event) {
        return eventually([&] { return has_recorded(event); });
    }

    /// Stops the relay and says what it has recorded.
    Transcript finish() {
        if (!runner.joinable()) return {};
        asio::post(context, [this] {
            recorder.freeze();
            relay->stop();
            open_for_questions.reset();
        });
        runner.join();
        EXPECT_EQ(tasks.running(), 0);
        return recorder.take();
    }

    TestSocket connect_client() const { return TestSocket::connected(*client_side, port); }
    TestSocket listen_server(const std::string& host = "0.0.0.0") const {
        return TestSocket::listening(*server_side, port, host);
    }

    std::optional<NetworkNamespace> client_side, server_side;
    std::optional<ListenerWatch> listeners;
    std::function<void()> after_making_socket;
    asio::io_context context;
    asio::executor_work_guard<asio::io_context::executor_type> open_for_questions{context.get_executor()};
    std::function<void()> on_recording;
    Recorder recorder{[this] {
        if (on_recording) on_recording();
    }};
    TaskGroup tasks{context.get_executor(), [] {}};
    std::atomic<bool> alive = true, pretends_to_listen = false;
    std::optional<Relay> relay;
    std::thread runner;
};

// The usual beginning: both are there and have met.
class RelayedPair : public RelayTest {
protected:
    void SetUp() override {
        RelayTest::SetUp();
        if (IsSkipped()) return;
        listener = listen_server();
        start();
        client = connect_client();
        server = listener.accept();
    }
    TestSocket listener, client, server;
};

// ---- data and ends

// The data and the end come in one segment; the answer comes as quickly as can be.
TEST_F(RelayTest, RecordsTheEndThatCameWithTheDataBeforeTheAnswer) {
    const auto listener = listen_server();
    start();
    constexpr int clients = 5;  // one carries not so many
    for (int number = 1; number < clients; ++number) serve_client(number);
    std::vector<std::string> expected;
    for (int round = 0; round < 1000; ++round) {
        auto client = TestSocket::connected(*client_side, port_of_client(round % clients));
        auto server = listener.accept();
        std::thread answering([&] {
            server.receive(3);
            server.send("answer");
        });
        const int cork = 1;
        setsockopt(client.descriptor(), IPPROTO_TCP, TCP_CORK, &cork, sizeof cork);
        client.send("ask");
        client.shutdown_sending();
        EXPECT_EQ(client.receive(6), "answer");
        answering.join();
        for (const auto* event :
             {"client connected", "server connected", R"(client data "ask")", "client end", R"(server data "answer")"})
            expected.push_back(format("{} {}", round, event));
        server.close();
        client.receive_rest();
        expected.push_back(format("{} server end", round));
    }
    EXPECT_EQ(spelled(finish()), expected);
}

TEST_F(RelayedPair, ExchangesDataInOrder) {
    for (int turn = 0; turn < 100; ++turn) {
        const auto request = format("request {:03}", turn);
        const auto reply = format("reply {:03}", turn);
        EXPECT_EQ(client.send(request), 0);
        EXPECT_EQ(server.receive(request.size()), request);
        EXPECT_EQ(server.send(reply), 0);
        EXPECT_EQ(client.receive(reply.size()), reply);
    }
    client.close();
    EXPECT_EQ(server.receive_rest(), "");
    EXPECT_EQ(server.how(), Received::end);
}

TEST_F(RelayedPair, IsRecordedWithEachReplyAfterItsRequest) {
    std::vector<std::string> expected{"0 client connected", "0 server connected"};
    for (int turn = 0; turn < 100; ++turn) {
        client.send("ask");
        server.receive(3);
        server.send("answer");
        client.receive(6);
        expected.insert(expected.end(), {R"(0 client data "ask")", R"(0 server data "answer")"});
    }
    EXPECT_EQ(spelled(finish()), expected);
}

TEST_F(RelayedPair, IsRecordedWithThePortsThatBothSidesSee) {
    const auto port_of = [](const TestSocket& socket, auto ask) {
        sockaddr_in address{};
        socklen_t length = sizeof address;
        EXPECT_EQ(ask(socket.descriptor(), reinterpret_cast<sockaddr*>(&address), &length), 0);
        return int{ntohs(address.sin_port)};
    };
    const int clients_own = port_of(client, getsockname);
    const int seen_by_server = port_of(server, getpeername);
    EXPECT_TRUE(will_have_recorded("0 server connected"));
    auto connections = finish().connections;
    ASSERT_EQ(connections.size(), 1U);
    connections[0].came = 0;  // another test's
    EXPECT_EQ(connections[0], (Connection{0, clients_own, seen_by_server, 0, "127.0.0.1"}));
}

TEST_F(RelayTest, RecordsWhenAConnectionCame) {
    const auto before = std::time(nullptr);
    const auto listener = listen_server();
    start();
    const auto client = connect_client();
    EXPECT_TRUE(will_have_recorded("0 client connected"));
    const auto connections = finish().connections;
    ASSERT_EQ(connections.size(), 1U);
    EXPECT_GE(connections[0].came, before);
    EXPECT_LE(connections[0].came, std::time(nullptr));
}

// A look into the server's queue at the moment of recording.
TEST_F(RelayedPair, IsRecordedBeforeTheDataIsPassedOn) {
    std::atomic<bool> was_recorded = false, was_there_before = false;
    EXPECT_TRUE(will_have_recorded("0 server connected"));
    on_relay([&] {
        on_recording = [&] {
            char octet = 0;
            was_there_before = recv(server.descriptor(), &octet, 1, MSG_PEEK | MSG_DONTWAIT) == 1;
            was_recorded = true;
        };
    });
    client.send("x");
    EXPECT_EQ(server.receive(1), "x");
    EXPECT_TRUE(eventually([&] { return was_recorded.load(); }));
    EXPECT_FALSE(was_there_before);
    on_relay([this] { on_recording = nullptr; });
}

TEST_F(RelayedPair, PassesTheClientsHalfClose) {
    client.send("all that I say");
    client.shutdown_sending();
    EXPECT_EQ(server.receive_rest(), "all that I say");
    EXPECT_EQ(server.how(), Received::end);
    server.send("I go on");
    EXPECT_EQ(client.receive(7), "I go on");
    server.close();
    EXPECT_EQ(client.receive_rest(), "");
    EXPECT_EQ(client.how(), Received::end);
    EXPECT_THAT(spelled(finish()),
                ElementsAre("0 client connected", "0 server connected", R"(0 client data "all that I say")",
                            "0 client end", R"(0 server data "I go on")", "0 server end"));
}

TEST_F(RelayedPair, PassesTheServersHalfClose) {
    server.send("bye");
    server.shutdown_sending();
    EXPECT_EQ(client.receive_rest(), "bye");
    EXPECT_EQ(client.how(), Received::end);
    client.send("one more");
    EXPECT_EQ(server.receive(8), "one more");
    client.close();
    server.receive_rest();
    EXPECT_EQ(server.how(), Received::end);
    EXPECT_THAT(spelled(finish()), ElementsAre("0 client connected", "0 server connected", R"(0 server data "bye")",
                                               "0 server end", R"(0 client data "one more")", "0 client end"));
}

TEST_F(RelayedPair, CountsAsOpenUntilBothHaveEnded) {
    const auto open = [this] { return on_relay([this] { return relay->open_links(0); }); };
    EXPECT_EQ(open(), 1);
    client.shutdown_sending();
    server.receive_rest();
    EXPECT_EQ(open(), 1);
    server.close();
    client.receive_rest();
    EXPECT_EQ(open(), 0);
    EXPECT_EQ(on_relay([this] { return relay->open_links(1); }), 0);
}

// ---- gathering

// The server's turns are five octets each; whether it says no more is up to the test.
class GatheringRelay : public RelayedPair {
protected:
    void SetUp() override {
        RelayedPair::SetUp();
        if (IsSkipped()) return;
        on_relay([this] {
            relay->gather({Side::server, [](int, std::uint64_t octets) { return octets % 5 == 0; },
                           [this](int) { return says_no_more.load(); }});
            relay->ask_what_is_held_back([this](Side side, int, const Carried::Ends& ends) {
                EXPECT_EQ(side == Side::server ? ends.own.port() : ends.relay.port(), port);
                ++asked;
                return side == Side::server && holds_back;
            });
        });
    }
    bool has_come() {
        char octet = 0;
        return recv(client.descriptor(), &octet, 1, MSG_PEEK | MSG_DONTWAIT) == 1;
    }
    std::atomic<bool> says_no_more = false, holds_back = false;
    std::atomic<int> asked = 0;
};

TEST_F(GatheringRelay, HoldsBackATurnUntilItIsComplete) {
    server.send("He");
    EXPECT_TRUE(will_have_recorded(R"(0 server data "He")"));
    EXPECT_FALSE(has_come());
    server.send("llo");
    char whole[8] = {};
    EXPECT_EQ(client.receive(1), "H");
    EXPECT_EQ(recv(client.descriptor(), whole, sizeof whole, MSG_DONTWAIT), 4) << "it did not come in one piece";
}

TEST_F(GatheringRelay, PassesOnWhatThereIsWhereTheProgramSaysNoMore) {
    says_no_more = true;
    server.send("He");
    EXPECT_EQ(client.receive(2), "He");
}

// A server that has written more, and waits, has not said all as long as its kernel keeps that back.
TEST_F(GatheringRelay, AwaitsWhatTheProgramsKernelHoldsBack) {
    says_no_more = holds_back = true;
    server.send("He");
    EXPECT_TRUE(eventually([this] { return asked > 2; }));
    EXPECT_FALSE(has_come());
    EXPECT_TRUE(on_relay([this] { return relay->in_flight(); }));
    holds_back = false;
    EXPECT_EQ(client.receive(2), "He");
}

TEST_F(GatheringRelay, HasWhatAKernelHoldsBackInFlight) {
    EXPECT_TRUE(will_have_recorded("0 server connected"));
    EXPECT_FALSE(on_relay([this] { return relay->in_flight(); }));
    holds_back = true;
    EXPECT_TRUE(on_relay([this] { return relay->in_flight(); }));
}

TEST_F(GatheringRelay, PassesOnWhatThereIsAtTheEnd) {
    server.send("He");
    EXPECT_TRUE(will_have_recorded(R"(0 server data "He")"));
    server.close();
    EXPECT_EQ(client.receive_rest(), "He");
    EXPECT_EQ(client.how(), Received::end);
}

TEST_F(GatheringRelay, PassesTheResetInTheMidstOfATurn) {
    server.send("He");
    EXPECT_TRUE(will_have_recorded(R"(0 server data "He")"));
    server.reset();
    client.receive_rest();
    EXPECT_EQ(client.how(), Received::reset);
    EXPECT_TRUE(has_recorded("0 server reset"));
}

TEST_F(GatheringRelay, PassesTheOtherSidesDataAtOnce) {
    client.send("x");
    EXPECT_EQ(server.receive(1), "x");
}

// ---- hearing out

// The client has nothing more to say once the test says so.
class HearingRelay : public RelayedPair {
protected:
    void SetUp() override {
        RelayedPair::SetUp();
        if (IsSkipped()) return;
        on_relay([this] {
            relay->hear_clients_out([this](int) -> asio::awaitable<void> {
                asked = true;
                while (!heard_out) co_await asio::post(context, asio::use_awaitable);
            });
        });
    }
    void TearDown() override {
        heard_out = true;
        RelayedPair::TearDown();
    }
    bool is_asked() {
        return eventually([this] { return asked.load(); });
    }
    std::vector<std::string> recorded() {
        return on_relay([this] { return spelled(recorder.transcript()); });
    }
    std::atomic<bool> asked = false, heard_out = false;
};

TEST_F(HearingRelay, RecordsWhatTheClientSaysUnaskedBeforeTheAnswer) {
    client.send("a");
    EXPECT_EQ(server.receive(1), "a");
    server.send("A");
    EXPECT_TRUE(is_asked());
    client.send("b");
    heard_out = true;
    EXPECT_EQ(client.receive(1), "A");
    EXPECT_THAT(recorded(), ElementsAre("0 client connected", "0 server connected", R"(0 client data "ab")",
                                        R"(0 server data "A")"));
}

TEST_F(HearingRelay, RecordsWhatTheClientSaysUnaskedBeforeTheServersEnd) {
    server.shutdown_sending();
    EXPECT_TRUE(is_asked());
    client.send("a");
    heard_out = true;
    client.receive_rest();
    EXPECT_THAT(recorded(),
                ElementsAre("0 client connected", "0 server connected", R"(0 client data "a")", "0 server end"));
}

TEST_F(HearingRelay, PassesOnWhatTheClientSaysMeanwhile) {
    server.send("A");
    EXPECT_TRUE(is_asked());
    client.send("b");
    EXPECT_EQ(server.receive(1), "b");
    heard_out = true;
    EXPECT_EQ(client.receive(1), "A");
}

// ---- resets

// The server's own end follows so closely that it could hide that nobody took the answer.
TEST_F(RelayTest, RecordsThatNobodyTookTheAnswerBeforeTheEndThatFollows) {
    const auto listener = listen_server();
    start();
    for (int round = 0; round < 200; ++round) {
        auto client = connect_client();
        auto server = listener.accept();
        client.close();
        EXPECT_TRUE(will_have_recorded(format("{} client end", round)));
        server.send("answer");
        server.close();
        EXPECT_TRUE(will_have_recorded(format("{} client reset", round)));
    }
}

TEST_F(RelayedPair, PassesTheClientsReset) {
    client.reset();
    server.receive_rest();
    EXPECT_EQ(server.how(), Received::reset);
    EXPECT_THAT(spelled(finish()), ElementsAre("0 client connected", "0 server connected", "0 client reset"));
}

TEST_F(RelayedPair, PassesTheServersReset) {
    server.reset();
    client.receive_rest();
    EXPECT_EQ(client.how(), Received::reset);
    EXPECT_THAT(spelled(finish()), ElementsAre("0 client connected", "0 server connected", "0 server reset"));
}

TEST_F(RelayedPair, PassesDataThatWasSentBeforeAReset) {
    client.send("last words");
    client.reset();
    EXPECT_EQ(server.receive_rest(), "last words");
    EXPECT_EQ(server.how(), Received::reset);
    EXPECT_THAT(spelled(finish()), ElementsAre("0 client connected", "0 server connected",
                                               R"(0 client data "last words")", "0 client reset"));
}

TEST_F(RelayedPair, PassesTheResetOfAPeerThatClosesWithUnreadData) {
    client.send("nobody reads this");
    EXPECT_TRUE(will_have_recorded(R"(0 client data "nobody reads this")"));
    EXPECT_TRUE(eventually([this] {
        int waiting = 0;
        return recv(server.descriptor(), &waiting, 1, MSG_PEEK | MSG_DONTWAIT) == 1;
    }));
    server.close();
    client.receive_rest();
    EXPECT_EQ(client.how(), Received::reset);
    EXPECT_TRUE(has_recorded("0 server reset"));
}

// The client's kernel answers what comes for a closed socket with a reset; the server has to learn of it.
TEST_F(RelayedPair, PassesTheResetOfAClientThatHasClosedBothWays) {
    client.close();
    EXPECT_TRUE(will_have_recorded("0 client end"));
    server.send("are you there?");
    EXPECT_TRUE(will_have_recorded("0 client reset"));
    EXPECT_TRUE(eventually([this] { return server.send("?") == EPIPE || server.send("?") == ECONNRESET; }));
}

TEST_F(RelayedPair, PassesAResetAfterTheOtherSideHasEnded) {
    server.shutdown_sending();
    client.receive_rest();
    client.reset();
    server.receive_rest();
    EXPECT_EQ(server.how(), Received::reset);
    EXPECT_THAT(spelled(finish()),
                ElementsAre("0 client connected", "0 server connected", "0 server end", "0 client reset"));
}

TEST_F(RelayedPair, PassesAResetAfterTheSameSideHasEnded) {
    client.shutdown_sending();
    server.receive_rest();
    client.reset();
    EXPECT_TRUE(will_have_recorded("0 client reset"));
    EXPECT_TRUE(eventually([this] { return server.send("?") != 0; }));
}

// What the server does between the moment in which the client's data is recorded and that in which it is written: the
// write fails, and is the first to tell of the reset.
class ResetFoundByWriting : public RelayedPair {
protected:
    void SetUp() override {
        RelayedPair::SetUp();
        if (IsSkipped()) return;
        client.send("nobody reads this");
        char octet = 0;
        recv(server.descriptor(), &octet, 1, MSG_PEEK);
    }

    /// The client speaks again, and `leave` is done when that has been recorded.
    void speak_and_have(const std::function<void()>& leave) {
        std::promise<void> left;
        on_relay([&] {
            on_recording = [&] {
                leave();
                left.set_value();
                on_recording = nullptr;
            };
        });
        client.send("nor this");
        left.get_future().wait();
    }
};

TEST_F(ResetFoundByWriting, ComesAfterWhatWasSentBefore) {
    const auto sent = Bytes(10'000, 'x') + "last words";
    speak_and_have([&] {
        server.send(sent);
        server.close();
    });
    const auto received = client.receive_rest();
    EXPECT_TRUE(received == sent) << received.size() << " octets";
    EXPECT_EQ(client.how(), Received::reset);
    EXPECT_TRUE(has_recorded("0 server reset"));
    EXPECT_FALSE(has_recorded("0 server end"));
}

TEST_F(ResetFoundByWriting, ComesAfterTheEndOfStreamBeforeIt) {
    speak_and_have([this] {
        server.send("last words");
        server.shutdown_sending();
        server.close();
    });
    EXPECT_EQ(client.receive_rest(), "last words");
    EXPECT_EQ(client.how(), Received::end);
    EXPECT_TRUE(will_have_recorded("0 server reset"));
    EXPECT_THAT(spelled(finish()),
                ElementsAre("0 client connected", "0 server connected", R"(0 client data "nobody reads thisnor this")",
                            R"(0 server data "last words")", "0 server end", "0 server reset"));
}

TEST_F(ResetFoundByWriting, EndsTheLinkWhereTheOtherSideHasResetToo) {
    speak_and_have([this] {
        server.send("last words");
        server.close();
        client.reset();
    });
    EXPECT_TRUE(eventually([this] { return on_relay([this] { return relay->open_links(0) == 0; }); }));
}

// ---- meeting

TEST_F(RelayTest, HoldsAClientUntilTheServerListens) {
    start();
    auto client = connect_client();
    client.send("early");
    EXPECT_TRUE(will_have_recorded("0 client connected"));
    EXPECT_FALSE(has_recorded("0 server connected"));
    EXPECT_FALSE(on_relay([this] { return relay->reached_server(); }));
    const auto listener = listen_server();
    auto server = listener.accept();
    EXPECT_EQ(server.receive(5), "early");
    EXPECT_TRUE(on_relay([this] { return relay->reached_server(); }));
    EXPECT_THAT(spelled(finish()), ElementsAre("0 client connected", "0 server connected", R"(0 client data "early")"));
}

TEST_F(RelayTest, LetsHeldClientsReachTheServerInTheirOrder) {
    start();
    std::vector<TestSocket> clients;
    for (int number = 0; number < 10; ++number) {
        clients.push_back(connect_client());
        clients.back().send(std::to_string(number));
        EXPECT_TRUE(will_have_recorded(format("{} client connected", number)));
    }
    const auto listener = listen_server();
    for (int number = 0; number < 10; ++number) EXPECT_EQ(listener.accept().receive(1), std::to_string(number));
}

// Whether a server keeps its clients apart shows where they come together, however busy the machine is.
TEST_F(RelayTest, LetsHeldClientsReachTheServerInOneTurnOfTheLoop) {
    constexpr std::size_t all = 8;
    int turns = 0;
    std::vector<int> arrivals;
    on_recording = [&] {
        const auto& event = recorder.transcript().events.back();
        if (event.side == Side::server && event.kind == WireEvent::Kind::connected) arrivals.push_back(turns);
    };
    const std::function<void()> count_turns = [&] {
        ++turns;
        if (arrivals.size() < all) asio::post(context, count_turns);
    };
    start();
    std::vector<TestSocket> clients;
    for (std::size_t number = 0; number < all; ++number) {
        clients.push_back(connect_client());
        EXPECT_TRUE(will_have_recorded(format("{} client connected", number)));
    }
    asio::post(context, count_turns);
    const auto listener = listen_server();
    std::vector<TestSocket> accepted;
    for (std::size_t number = 0; number < all; ++number) accepted.push_back(listener.accept());
    EXPECT_TRUE(will_have_recorded(format("{} server connected", all - 1)));
    finish();
    ASSERT_THAT(arrivals, SizeIs(all));
    EXPECT_LE(arrivals.back() - arrivals.front(), 1);
}

TEST_F(RelayTest, ReachesAServerThatListensOnTheOtherFamilyOnly) {
    const auto listener = listen_server("::1");
    start();
    const auto client = connect_client();
    auto server = listener.accept();
    client.send("hello");
    EXPECT_EQ(server.receive(5), "hello");
}

TEST_F(RelayTest, ResetsAClientWhoseServerIsGone) {
    alive = false;
    start();
    auto client = connect_client();
    client.receive_rest();
    EXPECT_EQ(client.how(), Received::reset);
    EXPECT_FALSE(on_relay([this] { return relay->reached_server(); }));
    EXPECT_THAT(spelled(finish()), ElementsAre("0 client connected"));
}

TEST_F(RelayTest, ResetsAHeldClientWhenItsServerEnds) {
    start();
    auto client = connect_client();
    EXPECT_TRUE(will_have_recorded("0 client connected"));
    alive = false;
    client.receive_rest();
    EXPECT_EQ(client.how(), Received::reset);
}

TEST_F(RelayTest, CarriesTheConnectionOfAClientThatHasLeftMeanwhile) {
    start();
    auto client = connect_client();
    client.send("too long");
    client.close();
    const auto listener = listen_server();
    auto server = listener.accept();
    EXPECT_EQ(server.receive_rest(), "too long");
    EXPECT_EQ(server.how(), Received::end);
}

// The relay's thread is held from its connect() to the server's reset, so that it sees both at once.
TEST_F(RelayTest, PassesTheResetOfAServerThatIsQuickerThanTheRelay) {
    std::promise<void> server_has_reset;
    after_making_socket = [&, reset = server_has_reset.get_future().share()] {
        asio::post(context, [reset] { reset.wait(); });
        after_making_socket = nullptr;
    };
    const auto listener = listen_server();
    start();
    auto client = connect_client();
    auto server = listener.accept();
    server.send("no");
    server.reset();
    server_has_reset.set_value();
    EXPECT_EQ(client.receive_rest(), "no");
    EXPECT_EQ(client.how(), Received::reset);
    EXPECT_THAT(spelled(finish()),
                ElementsAre("0 client connected", "0 server connected", R"(0 server data "no")", "0 server reset"));
}

TEST_F(RelayTest, NumbersTheConnectionsOfAClientAsTheyCome) {
    const auto listener = listen_server();
    start();
    std::vector<TestSocket> clients, servers;
    for (int number = 0; number < 3; ++number) {
        clients.push_back(connect_client());
        servers.push_back(listener.accept());
    }
    for (int number = 2; number >= 0; --number) {
        const auto at = static_cast<std::size_t>(number);
        const auto text = format("from {}", number);
        clients[at].send(text);
        EXPECT_EQ(servers[at].receive(6), text);
    }
    EXPECT_EQ(on_relay([this] { return relay->open_links(0); }), 3);
    const auto transcript = finish();
    EXPECT_THAT(transcript.connections, SizeIs(3));
    EXPECT_THAT(spelled(transcript), testing::IsSupersetOf({R"(0 client data "from 0")", R"(1 client data "from 1")",
                                                            R"(2 client data "from 2")"}));
}

// While it lives, no descriptor is left.
class NoDescriptors {
public:
    NoDescriptors() {
        getrlimit(RLIMIT_NOFILE, &before_);
        auto none = before_;
        none.rlim_cur = 3;
        setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;

private:
    rlimit before_{};
};

class Shortage : public RelayTest {
protected:
    void SetUp() override {
        RelayTest::SetUp();
        if (IsSkipped()) return;
#ifdef __SANITIZE_ADDRESS__
        GTEST_SKIP() << "UndefinedBehaviorSanitizer, which comes along, looks into memory through a pipe";
#endif
        start();
        const Sandbox::Visit visit(test_sandbox(), *client_side);
        client.emplace(context, tcp::v4());
    }
    void connect() {
        client->connect({asio::ip::address_v4::loopback(), port});
    }
    bool in_trouble() {
        return on_relay([this] { return tasks.trouble() != nullptr; });
    }
    std::optional<tcp::socket> client;
};

TEST_F(Shortage, OfDescriptorsIsOutlasted) {
    {
        const NoDescriptors shortage;
        connect();
        EXPECT_FALSE(in_trouble());
        // By now the relay has looked at least once: the question itself has woken it.
        EXPECT_FALSE(in_trouble());
        EXPECT_FALSE(has_recorded("0 client connected"));
    }
    EXPECT_TRUE(will_have_recorded("0 client connected"));
}

TEST_F(Shortage, OfDescriptorsThatDoesNotEndFailsAloud) {
    const NoDescriptors shortage;
    connect();
    EXPECT_TRUE(eventually([this] { return in_trouble(); }));
}

// ---- much

class Flood : public RelayedPair {
protected:
    static constexpr std::size_t size = 64 << 20;

    static Bytes pattern() {
        Bytes bytes(size, '\0');
        for (std::size_t at = 0; at < size; ++at) bytes[at] = static_cast<char>(at * 31 + (at >> 12));
        return bytes;
    }
    static void send_and_end(const TestSocket& socket, const Bytes& bytes) {
        EXPECT_EQ(socket.send(bytes), 0);
        socket.shutdown_sending();
    }
};

TEST_F(Flood, ArrivesWholeBothWays) {
    const auto bytes = pattern();
    std::thread upload(send_and_end, std::cref(client), std::cref(bytes));
    std::thread download(send_and_end, std::cref(server), std::cref(bytes));
    Bytes down;
    std::thread reader([&] { down = client.receive_rest(); });
    const auto up = server.receive_rest();
    for (auto* thread : {&upload, &download, &reader}) thread->join();
    EXPECT_TRUE(up == bytes);
    EXPECT_TRUE(down == bytes);
    const auto transcript = finish();
    std::size_t kept = 0;
    for (const auto& event : transcript.events) kept += event.bytes.size();
    EXPECT_EQ(kept, 2 * Transcript::kept_bytes);
    ASSERT_THAT(transcript.floods, SizeIs(2));
    for (const auto& flood : transcript.floods) {
        EXPECT_EQ(flood.octets, size);
        EXPECT_EQ(flood.tail, bytes.substr(size - Transcript::tail_bytes));
        EXPECT_EQ(flood.digest, digest_of(bytes));
    }
}

TEST_F(Flood, WaitsForAReaderThatDoesNotRead) {
    const auto bytes = pattern();
    std::thread upload(send_and_end, std::cref(client), std::cref(bytes));
    // The relay has come to a halt when it holds octets and its count stands still; it cannot have taken all of them.
    EXPECT_TRUE(eventually([this] { return on_relay([this] { return relay->in_flight(); }); }));
    const auto so_far = [this] {
        return on_relay([this] {
            std::size_t sum = 0;
            for (const auto& event : recorder.transcript().events) sum += event.bytes.size() + event.cut;
            return sum;
        });
    };
    EXPECT_LT(so_far(), size);
    EXPECT_TRUE(server.receive(size) == bytes);
    upload.join();
    EXPECT_EQ(so_far(), size);
    EXPECT_TRUE(eventually([this] { return !on_relay([this] { return relay->in_flight(); }); }));
}

class Hostile : public RelayTest {
protected:
    static constexpr std::uint64_t most = Transcript::most_connections;
    static constexpr std::uint64_t too_many = 100;

    std::uint64_t refused() {
        return on_relay([this] {
            const auto& all = recorder.transcript().refused;
            return all.contains(0) ? all.at(0) : 0;
        });
    }
};

TEST_F(Hostile, ConnectionsWithoutEndAreResetAndCounted) {
    start();  // without a server: all of them are held
    std::vector<TestSocket> clients;
    for (std::uint64_t count = 0; count < most + too_many; ++count) clients.push_back(connect_client());
    EXPECT_TRUE(eventually([this] { return refused() == too_many; }));
    EXPECT_EQ(on_relay([this] { return relay->open_links(0); }), static_cast<int>(most));
    clients.back().receive_rest();
    EXPECT_EQ(clients.back().how(), Received::reset);
    const auto transcript = finish();
    EXPECT_THAT(transcript.connections, SizeIs(most));
    EXPECT_THAT(transcript.events, SizeIs(most));
}

TEST_F(Hostile, AStormOfResetsIsCarriedThatFarOnly) {
    const auto listener = listen_server();
    listen(listener.descriptor(), SOMAXCONN);
    start();
    std::thread serving([&] {
        for (std::uint64_t count = 0; count < most; ++count) listener.accept().receive_rest();
    });
    for (std::uint64_t count = 0; count < most + too_many; ++count) connect_client().reset();
    serving.join();
    EXPECT_TRUE(eventually([this] { return refused() == too_many; }));
    EXPECT_TRUE(eventually([this] { return on_relay([this] { return relay->open_links(0) == 0; }); }));
    EXPECT_THAT(finish().connections, SizeIs(most));
}

TEST_F(RelayedPair, CarriesSegmentsOfOneOctetAndBoundsTheirEvents) {
    constexpr std::size_t count = 2 * Transcript::most_events;
    std::thread sending([&] {
        for (std::size_t sent = 0; sent < count; ++sent) client.send("x");
        client.shutdown_sending();
    });
    EXPECT_EQ(server.receive_rest().size(), count);
    sending.join();
    const auto transcript = finish();
    EXPECT_LE(transcript.events.size(), Transcript::most_events + 2);
    std::size_t told = 0;
    for (const auto& event : transcript.events) told += event.bytes.size() + event.cut;
    EXPECT_TRUE(told == count || transcript.floods.at(0).octets == count);
}

// So many that flood and do not read: what the relay holds of them stays small, whatever the kernel takes.
TEST_F(Hostile, SidesThatDoNotReadDoNotMakeItGrow) {
    const auto listener = listen_server();
    start();
    std::vector<TestSocket> clients, servers;
    for (int count = 0; count < 32; ++count) {
        clients.push_back(connect_client());
        servers.push_back(listener.accept());
        const timeval at_once{0, 1};
        setsockopt(clients.back().descriptor(), SOL_SOCKET, SO_SNDTIMEO, &at_once, sizeof at_once);
    }
    const Bytes much(16 << 20, 'x');
    for (const auto& client : clients) EXPECT_NE(client.send(much), 0) << "somebody took all";
    std::size_t before = 0, most_held = 0;
    EXPECT_TRUE(eventually([&] {
        const auto [held, carried] = on_relay([this] {
            std::size_t sum = 0;
            for (const auto& event : recorder.transcript().events) sum += event.bytes.size() + event.cut;
            return std::pair(relay->held(), sum);
        });
        most_held = std::max(most_held, held);
        return std::exchange(before, carried) == carried && held > 0;
    }));
    EXPECT_LE(most_held, 3U << 20);
}

// ---- what is on its way

// The relay's own thread does it, so that the relay cannot have come to it yet.
TEST_F(RelayedPair, HasWhatWaitsToBeReadInFlight) {
    EXPECT_TRUE(will_have_recorded("0 server connected"));
    EXPECT_FALSE(on_relay([this] { return relay->in_flight(); }));
    EXPECT_TRUE(on_relay([this] { return server.send("x") == 0 && relay->in_flight(); }));
    EXPECT_EQ(client.receive(1), "x");
    EXPECT_TRUE(eventually([this] { return !on_relay([this] { return relay->in_flight(); }); }));
    EXPECT_TRUE(on_relay([this] {
        client.shutdown_sending();
        return relay->in_flight();
    }));
    EXPECT_TRUE(will_have_recorded("0 client end"));
    EXPECT_TRUE(eventually([this] { return !on_relay([this] { return relay->in_flight(); }); }));
}

TEST_F(RelayedPair, HasAConnectionThatWaitsToBeAcceptedInFlight) {
    EXPECT_TRUE(will_have_recorded("0 server connected"));
    TestSocket second;
    EXPECT_TRUE(on_relay([&] {
        second = connect_client();
        return relay->in_flight() && relay->open_links(0) == 2;
    }));
}

// Who asks does so in a turn of the loop, and another may come before each.
TEST_F(RelayTest, HasAClientAndItsDataInFlightInEveryTurnUntilTheyHaveArrived) {
    const auto listener = listen_server();
    serve();
    context.poll();
    const auto silent_client = connect_client();
    const auto client = connect_client();
    EXPECT_EQ(client.send("x"), 0);
    const auto has_arrived = [this] { return recorder.transcript().events.back().kind == WireEvent::Kind::data; };
    do {
        EXPECT_TRUE(relay->in_flight()) << testing::PrintToString(spelled(recorder.transcript()));
        context.run_one();
    } while (!has_arrived());
    run();
    const auto arrived_first = listener.accept();
    EXPECT_EQ(listener.accept().receive(1), "x");
}

TEST_F(RelayTest, HasAClientInFlightAsSoonAsItsServerListens) {
    start();
    const auto client = connect_client();
    EXPECT_TRUE(will_have_recorded("0 client connected"));
    EXPECT_EQ(client.send("x"), 0);
    EXPECT_FALSE(on_relay([this] { return relay->in_flight(); }));
    pretends_to_listen = true;
    EXPECT_TRUE(on_relay([this] { return relay->in_flight(); }));
}

// ---- stopping

TEST_F(RelayedPair, IsEndedByStop) {
    finish();
    client.receive_rest();
    EXPECT_NE(client.how(), Received::silence);
    server.receive_rest();
    EXPECT_NE(server.how(), Received::silence);
}

TEST_F(RelayTest, StopsWhileAClientIsHeld) {
    start();
    auto client = connect_client();
    EXPECT_TRUE(will_have_recorded("0 client connected"));
    finish();
    client.receive_rest();
    EXPECT_NE(client.how(), Received::silence);
}

}  // namespace
}  // namespace parley
