#include "tests/programs/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "parley/base/error.h"

namespace parley {

namespace {

struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;
    const sockaddr* generic() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Address address_of(const std::string& host, std::uint16_t port) {
    Address address;
    auto& v4 = reinterpret_cast<sockaddr_in&>(address.storage);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address.storage);
    if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        address.length = sizeof v4;
    } else {
        inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr);
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        address.length = sizeof v6;
    }
    return address;
}

FileDescriptor make_socket(const NetworkNamespace& there, const Address& address) {
    const Sandbox::Visit visit(test_sandbox(), there);
    return FileDescriptor(checked(socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
}

}  // namespace

const Sandbox& test_sandbox() {
    static const Sandbox sandbox;
    return sandbox;
}

void NamespaceTest::SetUp() {
    static const auto reason = why_no_namespaces();
    if (!reason.empty()) GTEST_SKIP() << "no private namespaces here: " << reason;
    test_sandbox();
}

TestSocket::TestSocket(FileDescriptor socket) : socket_(std::move(socket)) {
    const timeval patience{10, 0};
    setsockopt(descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(descriptor(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

TestSocket TestSocket::listening(const NetworkNamespace& there, std::uint16_t port, const std::string& host) {
    const auto address = address_of(host, port);
    TestSocket made(make_socket(there, address));
    checked(bind(made.descriptor(), address.generic(), address.length), "bind");
    checked(listen(made.descriptor(), 16), "listen");
    return made;
}

TestSocket TestSocket::connected(const NetworkNamespace& there, std::uint16_t port, const std::string& host) {
    const auto address = address_of(host, port);
    TestSocket made(make_socket(there, address));
    checked(connect(made.descriptor(), address.generic(), address.length), "connect");
    return made;
}

TestSocket TestSocket::accept() const {
    return TestSocket(FileDescriptor(checked(accept4(descriptor(), nullptr, nullptr, SOCK_CLOEXEC), "accept")));
}

int TestSocket::send(const Bytes& bytes) const {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto count = ::send(descriptor(), bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (count < 0) return errno;
        at += static_cast<std::size_t>(count);
    }
    return 0;
}

Bytes TestSocket::receive(std::size_t count) {
    Bytes bytes;
    std::array<char, 65536> buffer{};
    how_ = Received::all;
    while (bytes.size() < count) {
        const auto got = recv(descriptor(), buffer.data(), std::min(buffer.size(), count - bytes.size()), 0);
        if (got > 0) {
            bytes.append(buffer.data(), static_cast<std::size_t>(got));
            continue;
        }
        how_ = got == 0 ? Received::end : errno == ECONNRESET ? Received::reset : Received::silence;
        break;
    }
    return bytes;
}

void TestSocket::shutdown_sending() const {
    checked(shutdown(descriptor(), SHUT_WR), "shutdown");
}

void TestSocket::reset() {
    const linger at_once{1, 0};
    setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    socket_.reset();
}

}  // namespace parley
