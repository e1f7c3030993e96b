#include "net/socket.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace parley::net {
namespace {

Socket listen_anywhere() {
    Socket listener;
    listener.bind(resolve("127.0.0.1", 0));
    listener.listen(5);
    return listener;
}

TEST(Socket, CarriesOctetsBothWaysAndThenTheEnd) {
    Socket listener = listen_anywhere();
    Socket client;
    client.connect(listener.address());
    auto [connection, address] = listener.accept();
    EXPECT_EQ(address.host(), "127.0.0.1");
    EXPECT_EQ(client.send({"a\0b", 3}), 3u);
    EXPECT_EQ(connection.receive(255), std::string("a\0b", 3));
    connection.send("reply");
    connection.close();
    EXPECT_EQ(client.receive(3), "rep");
    EXPECT_EQ(client.receive(255), "ly");
    EXPECT_EQ(client.receive(255), "");
}

TEST(Socket, NamesThePrimitiveThatFailedAndWhy) {
    Socket client;
    try {
        client.connect(Address::any(AF_INET6, 1));
        FAIL() << "an IPv4 socket took an IPv6 address";
    } catch (const Error& error) {
        EXPECT_EQ(error.primitive(), Primitive::connect);
        EXPECT_EQ(error.code().value(), EAFNOSUPPORT);
        EXPECT_EQ(error.reason(), "Address family not supported by protocol");
    }
}

TEST(Resolve, ReadsNumbersAndRefusesUnknownHosts) {
    EXPECT_EQ(resolve("127.1", 80).host(), "127.0.0.1");
    EXPECT_EQ(resolve("::1", 80, AF_INET6).host(), "::1");
    EXPECT_THROW(resolve("a..b", 80), UnknownHost);
}

TEST(Address, MapsIpv4IntoIpv6AndBack) {
    const Address mapped = resolve("127.0.0.1", 5155).mapped();
    EXPECT_EQ(mapped.family(), AF_INET6);
    EXPECT_FALSE(mapped.is_ipv6());
    EXPECT_EQ(mapped.host(), "127.0.0.1");
    EXPECT_EQ(mapped.port(), 5155);
}

TEST(PortOf, IsWhatAtoiAndHtonsMakeOfIt) {
    EXPECT_EQ(port_of("5488"), 5488);
    EXPECT_EQ(port_of("x"), 0);
    EXPECT_EQ(port_of("65537"), 1);
    EXPECT_EQ(port_of("80 and more"), 80);
}

}  // namespace
}  // namespace parley::net
