#include "parley/observe/sockets.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <optional>

#include "parley/process/console.h"
#include "tests/programs/eventually.h"
#include "tests/programs/network.h"

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;

// The kernel treats the own process's descriptors as any other's.
DescriptorLook look_at_own(int descriptor) {
    return look_at_descriptor(getpid(), descriptor);
}

class Sockets : public NamespaceTest {
protected:
    void SetUp() override {
        NamespaceTest::SetUp();
        if (IsSkipped()) return;
        there.emplace(test_sandbox().make());
        const Sandbox::Visit visit(test_sandbox(), *there);
        watch.emplace();
    }
    std::optional<NetworkNamespace> there;
    std::optional<ListenerWatch> watch;
};

// ---- what a program does on its connections

/// An address as the kernel tells it.
struct End {
    sockaddr_storage storage{};
    const sockaddr& operator*() const { return reinterpret_cast<const sockaddr&>(storage); }
};

template <typename Get>
End end_of(const TestSocket& socket, Get get) {
    End end;
    socklen_t length = sizeof end.storage;
    EXPECT_EQ(get(socket.descriptor(), reinterpret_cast<sockaddr*>(&end.storage), &length), 0);
    return end;
}

class Connections : public Sockets {
protected:
    void SetUp() override {
        Sockets::SetUp();
        if (IsSkipped()) return;
        const Sandbox::Visit visit(test_sandbox(), *there);
        connections.emplace();
    }
    std::optional<std::uint64_t> octets_read(const End& here, const End& far) const {
        const auto look = connections->look_at(*here, *far);
        return look ? std::optional(look->read) : std::nullopt;
    }
    /// Between a server that listens on `address` and a client that connects to `host`: of five octets three are read.
    void expect_count(const std::string& address, const std::string& host) const {
        const auto listener = TestSocket::listening(*there, 5050, address);
        const auto client = TestSocket::connected(*there, 5050, host);
        auto server = listener.accept();
        const auto clients = end_of(client, getsockname), servers = end_of(client, getpeername);
        EXPECT_EQ(octets_read(servers, clients), 0U);
        ASSERT_EQ(client.send("hello"), 0);
        ASSERT_EQ(server.receive(3), "hel");
        EXPECT_EQ(octets_read(servers, clients), 3U);
        EXPECT_EQ(octets_read(clients, servers), 0U) << "the other direction";
    }

    std::optional<ConnectionWatch> connections;
};

TEST_F(Connections, TellHowManyOctetsWereRead) {
    expect_count("0.0.0.0", "127.0.0.1");
}

TEST_F(Connections, TellItWhereASocketOfTheNewerFamilyServesTheOlder) {
    expect_count("::", "127.0.0.1");
}

TEST_F(Connections, TellItInTheNewerFamily) {
    expect_count("::1", "::1");
}

TEST_F(Connections, TellItOfEveryAddressOfTheMachineItself) {
    expect_count("0.0.0.0", "127.0.0.2");
}

TEST_F(Connections, TellItOfTheirOwnNamespaceAlone) {
    const auto other = test_sandbox().make();
    const auto listener = TestSocket::listening(other, 5050);
    const auto client = TestSocket::connected(other, 5050);
    EXPECT_EQ(octets_read(end_of(client, getsockname), end_of(client, getpeername)), std::nullopt);
}

TEST_F(Connections, TellNothingOnceTheyAreClosed) {
    auto listener = TestSocket::listening(*there, 5050);
    const auto client = TestSocket::connected(*there, 5050);
    const auto clients = end_of(client, getsockname), servers = end_of(client, getpeername);
    listener.accept().reset();
    EXPECT_EQ(octets_read(servers, clients), std::nullopt) << "the socket that listens is no connection";
    listener.close();
    EXPECT_EQ(octets_read(servers, clients), std::nullopt);
}

TEST_F(Connections, TellWhatThePeersKernelHasNotTaken) {
    const auto listener = TestSocket::listening(*there, 5050);
    const auto client = TestSocket::connected(*there, 5050);
    const auto server = listener.accept();
    const auto clients = end_of(client, getsockname), servers = end_of(client, getpeername);
    const auto unacknowledged = [&] { return connections->look_at(*servers, *clients).value().unacknowledged; };
    ASSERT_EQ(server.send("hello"), 0);
    EXPECT_TRUE(eventually([&] { return unacknowledged() == 0; })) << "though nobody has read it";
    ASSERT_EQ(fcntl(server.descriptor(), F_SETFL, O_NONBLOCK), 0);
    while (server.send(Bytes(64 << 10, 'x')) == 0) continue;
    EXPECT_GT(unacknowledged(), 0U) << "the client's kernel has no room";
}

TEST_F(Connections, TellWhetherTheyWaitToBeAccepted) {
    const auto listener = TestSocket::listening(*there, 5050);
    auto client = TestSocket::connected(*there, 5050);
    const auto clients = end_of(client, getsockname), servers = end_of(client, getpeername);
    const auto queued = [&] { return connections->look_at(*servers, *clients).value().queued; };
    EXPECT_TRUE(queued());
    EXPECT_FALSE(connections->look_at(*clients, *servers).value().queued) << "the end that connected";
    const auto server = listener.accept();
    EXPECT_FALSE(queued());
}

TEST_F(Connections, WaitToBeAcceptedAlsoWhereTheirClientHasLeft) {
    const auto listener = TestSocket::listening(*there, 5050);
    auto client = TestSocket::connected(*there, 5050);
    const auto clients = end_of(client, getsockname), servers = end_of(client, getpeername);
    client.close();
    EXPECT_TRUE(connections->look_at(*servers, *clients).value().queued);
}

// ---- what a descriptor is

TEST_F(Sockets, AreDescribedByWhatTheyAreFor) {
    const auto v4 = TestSocket::listening(*there, 5050);
    const auto v6 = TestSocket::listening(*there, 5155, "::");
    EXPECT_EQ(look_at_own(v4.descriptor()).object, "listening on 0.0.0.0:5050");
    EXPECT_EQ(look_at_own(v6.descriptor()).object, "listening on [::]:5155");
    const auto client = TestSocket::connected(*there, 5050);
    const auto server = v4.accept();
    EXPECT_EQ(look_at_own(client.descriptor()).object, "connected to 127.0.0.1:5050");
    EXPECT_THAT(look_at_own(server.descriptor()).object, MatchesRegex("connected to 127\\.0\\.0\\.1:[0-9]+"));
    EXPECT_TRUE(look_at_own(client.descriptor()).socket);
}

TEST(OtherDescriptors, AreDescribedByTheirName) {
    const auto pipe = open_output_pipe();
    const auto terminal = open_terminal();
    const auto null = open_null();
    EXPECT_EQ(look_at_own(pipe.ours.get()).object, "pipe");
    EXPECT_EQ(look_at_own(terminal.theirs.get()).object, "terminal");
    EXPECT_EQ(look_at_own(null.get()).object, "/dev/null");
    EXPECT_FALSE(look_at_own(pipe.ours.get()).socket);
    EXPECT_EQ(look_at_own(9999).object, "");
}

// ---- whether it is ready

TEST_F(Sockets, AreReadableWhenThereIsSomethingToTake) {
    const auto listener = TestSocket::listening(*there, 5050);
    EXPECT_FALSE(look_at_own(listener.descriptor()).readable);
    auto client = TestSocket::connected(*there, 5050);
    EXPECT_TRUE(look_at_own(listener.descriptor()).readable);
    const auto server = listener.accept();
    EXPECT_FALSE(look_at_own(server.descriptor()).readable);
    client.send("x");
    EXPECT_TRUE(look_at_own(server.descriptor()).readable);
}

TEST_F(Sockets, AreReadableAtTheEndOfTheStream) {
    const auto listener = TestSocket::listening(*there, 5050);
    auto client = TestSocket::connected(*there, 5050);
    const auto server = listener.accept();
    client.close();
    EXPECT_TRUE(look_at_own(server.descriptor()).readable);
}

TEST_F(Sockets, AreWritableUntilTheReceiverIsFull) {
    const auto listener = TestSocket::listening(*there, 5050);
    const auto client = TestSocket::connected(*there, 5050);
    const auto server = listener.accept();
    EXPECT_TRUE(look_at_own(client.descriptor()).writable);
    EXPECT_FALSE(look_at_own(client.descriptor()).in_flight);
    const Bytes piece(65536, 'x');
    while (send(client.descriptor(), piece.data(), piece.size(), MSG_DONTWAIT) > 0) continue;
    EXPECT_FALSE(look_at_own(client.descriptor()).writable);
    EXPECT_TRUE(look_at_own(client.descriptor()).in_flight);
}

TEST_F(Sockets, TellWhetherTheyHaveATimeout) {
    const int plain = socket(AF_INET, SOCK_STREAM, 0);
    const FileDescriptor owner(plain);
    EXPECT_FALSE(look_at_own(plain).has_timeout);
    const timeval limit{0, 1000};
    setsockopt(plain, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    EXPECT_TRUE(look_at_own(plain).has_timeout);
}

// ---- who listens

TEST_F(Sockets, ThatListenAreKnownByNamespace) {
    const auto other = test_sandbox().make();
    EXPECT_THAT(watch->all(), IsEmpty());
    EXPECT_FALSE(watch->listens(5050));
    auto one = TestSocket::listening(*there, 5050);
    const auto two = TestSocket::listening(*there, 5155, "::1");
    const auto elsewhere = TestSocket::listening(other, 8888);
    EXPECT_THAT(watch->all(), ElementsAre("0.0.0.0:5050", "[::1]:5155"));
    for (const auto& listener : watch->listeners()) EXPECT_EQ(listener.v6_only, listener.port == 5155);
    EXPECT_TRUE(watch->listens(5050));
    EXPECT_TRUE(watch->listens(5155));
    EXPECT_FALSE(watch->listens(8888));
    one.close();
    EXPECT_TRUE(eventually([this] { return !watch->listens(5050); }));
}

TEST_F(Sockets, ThatListenAreKnownByWhoHoldsThem) {
    const auto mine = TestSocket::listening(*there, 5050);
    const auto found = watch->listeners();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().address, "0.0.0.0:5050");
    EXPECT_EQ(found.front().port, 5050);
    EXPECT_TRUE(sockets_of(getpid()).contains(found.front().inode));
    EXPECT_FALSE(sockets_of(getppid()).contains(found.front().inode));
    const Sandbox::Visit visit(test_sandbox(), *there);
    EXPECT_THAT(listener_on(5050), MatchesRegex("observe_test \\(process [0-9]+\\)"));
    EXPECT_EQ(listener_on(5051), "");
}

TEST_F(Sockets, ThatAreOnlyBoundDoNotListen) {
    const Sandbox::Visit visit(test_sandbox(), *there);
    const FileDescriptor bound(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(5050);
    ASSERT_EQ(bind(bound.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_FALSE(watch->listens(5050));
}

TEST_F(Sockets, ThatAreManyAreAllFound) {
    std::vector<TestSocket> all;
    for (std::uint16_t port = 2000; port < 2300; ++port) all.push_back(TestSocket::listening(*there, port));
    EXPECT_EQ(watch->all().size(), 300U);  // more than one answer of the kernel holds
    EXPECT_TRUE(watch->listens(2299));
}

TEST_F(Sockets, TellThatSomebodyHasTriedToConnect) {
    const auto tried = [this] {
        const Sandbox::Visit visit(test_sandbox(), *there);
        return has_connected();
    };
    const auto listener = TestSocket::listening(*there, 5050);
    EXPECT_FALSE(tried());
    EXPECT_ANY_THROW(TestSocket::connected(*there, 5155));
    EXPECT_TRUE(tried());
}

}  // namespace
}  // namespace parley
