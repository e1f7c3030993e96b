#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <string>
#include <thread>

#include "as_java.h"

namespace parley::java {
namespace {

/// What the Java client reads as its first line from a server that sends `stream` and closes.
std::optional<std::string> first_line_of(const std::string& stream) {
    net::Socket listener;
    listener.bind(net::resolve("127.0.0.1", 0));
    listener.listen(1);
    net::Socket client;
    client.connect(listener.address());
    net::Socket connection = listener.accept().socket;
    std::jthread server([&] {
        write(connection, stream);
        connection.close();
    });
    return read_line(client);
}

TEST(ReadLine, EndsALineAtANewlineACarriageReturnOrBoth) {
    EXPECT_EQ(first_line_of("one\ntwo\n"), "one");
    EXPECT_EQ(first_line_of("one\rtwo\n"), "one");
    EXPECT_EQ(first_line_of("one\r\ntwo\n"), "one");
    EXPECT_EQ(first_line_of("\n"), "");
}

TEST(ReadLine, TakesALastLineWithoutItsEnd) {
    EXPECT_EQ(first_line_of("one"), "one");
}

TEST(ReadLine, FindsNoneWhereTheStreamIsEmpty) {
    EXPECT_EQ(first_line_of(""), std::nullopt);
}

TEST(ReadLine, ReadsPastItsBuffer) {
    const std::string line(20000, 'x');
    EXPECT_EQ(first_line_of(line + "\n"), line);
}

TEST(Decode, PutsAReplacementForEachMalformedPart) {
    EXPECT_EQ(decode("Agora é:"), "Agora é:");
    EXPECT_EQ(decode("a\xff\xfe"
                     "b"),
              "a\ufffd\ufffdb");
    EXPECT_EQ(decode("\xe2\x82x"), "\ufffdx");
    EXPECT_EQ(decode("\xf0\x9f\x98"), "\ufffd");
    EXPECT_EQ(decode("\xed\xa0\x80x"), "\ufffdx") << "a surrogate is one malformed part";
    EXPECT_EQ(decode("\xed\xa0x"), "\ufffdx") << "so is its beginning";
    EXPECT_EQ(decode("\xe0\x80\x80"), "\ufffd\ufffd\ufffd") << "an overlong form is three";
}

TEST(JavaAddress, ShowsIpv4PlainAndIpv6InFull) {
    EXPECT_EQ(to_string(net::resolve("127.0.0.1", 54321)), "/127.0.0.1:54321");
    EXPECT_EQ(to_string(net::resolve("127.0.0.1", 54321).mapped()), "/127.0.0.1:54321");
    EXPECT_EQ(to_string(net::resolve("::1", 54321, AF_INET6)), "/[0:0:0:0:0:0:0:1]:54321");
    EXPECT_EQ(to_string(net::resolve("2001:db8::a0b", 1, AF_INET6)), "/[2001:db8:0:0:0:0:0:a0b]:1");
}

std::string shown(int number, net::Primitive primitive) {
    errno = number;
    return to_string(net::Error(primitive));
}

TEST(JavaException, HasTheClassThatTheJvmChoosesByErrno) {
    EXPECT_EQ(shown(ECONNREFUSED, net::Primitive::connect), "java.net.ConnectException: Connection refused");
    EXPECT_EQ(shown(ENETUNREACH, net::Primitive::connect), "java.net.SocketException: Network is unreachable");
    EXPECT_EQ(shown(EHOSTUNREACH, net::Primitive::connect), "java.net.NoRouteToHostException: No route to host");
    EXPECT_EQ(shown(EADDRINUSE, net::Primitive::bind), "java.net.BindException: Address already in use");
    EXPECT_EQ(shown(EACCES, net::Primitive::bind), "java.net.BindException: Permission denied");
    EXPECT_EQ(shown(ECONNRESET, net::Primitive::receive), "java.net.SocketException: Connection reset");
    EXPECT_EQ(shown(ECONNRESET, net::Primitive::connect), "java.net.SocketException: Connection reset by peer");
}

}  // namespace
}  // namespace parley::java
