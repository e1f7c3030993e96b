#include "parley/sandbox/shared_loopback.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "tests/programs/network.h"

namespace parley {
namespace {

using testing::HasSubstr;

/// What becomes of a socket of the older family on any address: 0, or errno. The socket is kept in `socket`.
int bind_and_listen(FileDescriptor& socket, std::uint16_t port, bool reusing, bool listening = true) {
    socket.reset(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    const int reuse = reusing ? 1 : 0;
    setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) return errno;
    return listening && listen(socket.get(), 1) < 0 ? errno : 0;
}

class Loopback : public testing::Test {
protected:
    SharedLoopback loopback{PARLEY_PORTMAP};
    PortMap ports = loopback.make();
    FileDescriptor socket, other;
};

// ---- reserved ports

TEST_F(Loopback, ReservesAPortThatOnlyWhoKnowsItCanBind) {
    const auto real = ports.reserve(5050);
    EXPECT_NE(real, 5050);
    EXPECT_EQ(ports.real(5050), real);
    EXPECT_EQ(ports.named(real), 5050);
    EXPECT_EQ(bind_and_listen(socket, real, false), EADDRINUSE);
    EXPECT_EQ(bind_and_listen(socket, real, true), 0);
    EXPECT_EQ(bind_and_listen(other, real, true), EADDRINUSE) << "somebody listens now";
}

TEST_F(Loopback, ReservesAnotherPortEachTime) {
    std::vector<PortMap> places;
    std::set<std::uint16_t> all;
    for (int count = 0; count < 200; ++count) all.insert(places.emplace_back(loopback.make()).reserve(5050));
    EXPECT_EQ(all.size(), 200U);
}

std::uint16_t port_of(const FileDescriptor& socket) {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.sin_port);
}

using Kernel = NamespaceTest;

// In a namespace in which it has four ports to choose from.
TEST_F(Kernel, GivesAReservedPortToNobodyUnasked) {
    const auto there = test_sandbox().make();
    const Sandbox::Visit visit(test_sandbox(), there);
    std::ofstream range("/proc/sys/net/ipv4/ip_local_port_range");
    if (!(range << "40000 40003" << std::flush)) GTEST_SKIP() << "the range of ports cannot be set here";
    SharedLoopback loopback(PARLEY_PORTMAP);  // it takes one itself
    auto ports = loopback.make();
    const auto real = ports.reserve(5050);
    std::vector<FileDescriptor> chosen(3);
    std::set<std::uint16_t> given;
    for (std::size_t count = 0; count < 2; ++count) {
        ASSERT_EQ(bind_and_listen(chosen[0], 0, count == 0), 0);
        given.insert(port_of(chosen[0]));
        std::swap(chosen[0], chosen[1 + count]);
    }
    EXPECT_FALSE(given.contains(real));
    EXPECT_EQ(bind_and_listen(chosen[0], 0, false), EADDRINUSE);
    EXPECT_EQ(bind_and_listen(chosen[0], 0, true), EADDRINUSE);
    // Nor does a connection leave from it.
    const auto listener = TestSocket::listening(there, 5050);
    try {
        const auto client = TestSocket::connected(there, 5050);
        FAIL() << "it leaves from a port that is bound";
    } catch (const SystemError& error) {
        EXPECT_EQ(error.code().value(), EADDRNOTAVAIL);
    }
}

TEST_F(Kernel, HasNoRoomWhileHalfOfItsPortsAreKeptByConnectionsThatHaveEnded) {
    const auto there = test_sandbox().make();
    const auto narrow_range = [&] {
        const Sandbox::Visit visit(test_sandbox(), there);
        std::ofstream range("/proc/sys/net/ipv4/ip_local_port_range");
        return static_cast<bool>(range << "40000 40007\n" << std::flush);
    };
    const auto has_room = [&] {
        const Sandbox::Visit visit(test_sandbox(), there);
        return SharedLoopback::has_room();
    };
    if (!narrow_range()) GTEST_SKIP() << "the range of ports cannot be set here";
    const auto listener = TestSocket::listening(there, 5050);
    for (int count = 0; count < 4; ++count) {
        EXPECT_TRUE(has_room()) << count;
        auto client = TestSocket::connected(there, 5050);
        auto server = listener.accept();
        client.close();
        EXPECT_EQ(server.receive_rest(), "");
        server.close();
    }
    EXPECT_FALSE(has_room());
}

TEST_F(Loopback, GivesAPortBackWithThePlace) {
    std::uint16_t real = 0;
    {
        auto place = loopback.make();
        real = place.reserve(5050);
    }
    EXPECT_EQ(bind_and_listen(socket, real, false), 0);
}

TEST_F(Loopback, NamesNoPortThatIsUnknown) {
    EXPECT_EQ(ports.real(5051), 5051);
    EXPECT_EQ(ports.named(40000), 40000);
    EXPECT_FALSE(ports.has_connected());
}

// ---- ports as they are

TEST_F(Loopback, LendsAPortOutsideTheKernelsOwn) {
    const auto real = ports.lend(5050);
    int first = 0, last = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first >> last;
    EXPECT_TRUE(real < first || real > last) << real;
    EXPECT_EQ(ports.real(5050), real);
    EXPECT_EQ(bind_and_listen(socket, real, false), 0) << "also for a server that does not ask for it";
}

TEST_F(Loopback, LendsAPortOnce) {
    auto second = loopback.make();
    EXPECT_NE(ports.lend(5050), second.lend(5050));
}

TEST_F(Loopback, LeavesAPortAsItIs) {
    ports.leave(5050);
    EXPECT_EQ(ports.real(5050), 5050);
}

TEST(Claims, AreHeldByOneAtATime) {
    auto claim = PortClaim::take(7007);
    ASSERT_TRUE(claim);
    EXPECT_FALSE(PortClaim::take(7007));
    EXPECT_TRUE(PortClaim::take(7008));
    claim.reset();
    EXPECT_TRUE(PortClaim::take(7007));
}

TEST_F(Loopback, TellsWhetherAPortIsFree) {
    const auto real = ports.lend(5050);
    EXPECT_TRUE(is_free(real, false));
    ASSERT_EQ(bind_and_listen(socket, real, true, false), 0);
    EXPECT_FALSE(is_free(real, false));
    EXPECT_TRUE(is_free(real, true));
    ASSERT_EQ(listen(socket.get(), 1), 0);
    EXPECT_FALSE(is_free(real, true));
}

// ---- what programs find

TEST_F(Loopback, KeepsWhatIsPreloadedAlready) {
    std::map<std::string, std::string> environment{{"LD_PRELOAD", "/lib/other.so"}};
    ports.add_to(environment);
    EXPECT_EQ(environment["LD_PRELOAD"], PARLEY_PORTMAP ":/lib/other.so");
    EXPECT_EQ(ports.mark(), "PARLEY_PORTS=" + environment["PARLEY_PORTS"]);
    EXPECT_TRUE(std::filesystem::exists(environment["PARLEY_PORTS"]));
}

TEST_F(Loopback, LeavesNoTableBehind) {
    std::map<std::string, std::string> environment;
    {
        const auto place = loopback.make();
        place.add_to(environment);
    }
    EXPECT_FALSE(std::filesystem::exists(environment["PARLEY_PORTS"]));
}

TEST(Loopbacks, FindTheirLibraryWhereverItIsInstalled) {
    const auto folder = std::filesystem::temp_directory_path() / format("a folder: {}", getpid());
    std::filesystem::create_directory(folder);
    std::filesystem::create_symlink(PARLEY_PORTMAP, folder / "library.so");
    std::map<std::string, std::string> environment;
    {
        const SharedLoopback loopback(folder / "library.so");
        loopback.make().add_to(environment);
        EXPECT_EQ(environment["LD_PRELOAD"].find_first_of(" :"), std::string::npos);
        EXPECT_TRUE(std::filesystem::equivalent(environment["LD_PRELOAD"], PARLEY_PORTMAP));
    }
    EXPECT_FALSE(std::filesystem::is_symlink(environment["LD_PRELOAD"]));
    std::filesystem::remove_all(folder);
}

TEST(Loopbacks, SayWhatTheyLack) {
    EXPECT_EQ(why_no_shared_loopback(PARLEY_PORTMAP), "");
    EXPECT_THAT(why_no_shared_loopback("/no/such/library.so"), HasSubstr("/no/such/library.so is not there"));
}

}  // namespace
}  // namespace parley
