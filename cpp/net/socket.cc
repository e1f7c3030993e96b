#include "net/socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace parley::net {

namespace {

template <typename Result>
Result checked(Result result, Primitive primitive) {
    if (result < 0) throw Error(primitive);
    return result;
}

}  // namespace

Socket::Socket(int family) : descriptor_(checked(::socket(family, SOCK_STREAM, 0), Primitive::socket)) {}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

void Socket::bind(const Address& address) {
    checked(::bind(descriptor_, address.data(), address.size()), Primitive::bind);
}

void Socket::listen(int backlog) {
    checked(::listen(descriptor_, backlog), Primitive::listen);
}

Accepted Socket::accept() {
    Address address;
    socklen_t size = address.size();
    const int connection = checked(::accept(descriptor_, address.data(), &size), Primitive::accept);
    return {Socket(Owned{connection}), address};
}

void Socket::connect(const Address& address) {
    checked(::connect(descriptor_, address.data(), address.size()), Primitive::connect);
}

std::size_t Socket::send(std::string_view octets) {
    return static_cast<std::size_t>(checked(::send(descriptor_, octets.data(), octets.size(), 0), Primitive::send));
}

std::string Socket::receive(std::size_t limit) {
    std::string octets(limit, '\0');
    octets.resize(static_cast<std::size_t>(checked(::recv(descriptor_, octets.data(), limit, 0), Primitive::receive)));
    return octets;
}

Address Socket::address() const {
    Address address;
    socklen_t size = address.size();
    checked(::getsockname(descriptor_, address.data(), &size), Primitive::socket);
    return address;
}

void Socket::set_option(int level, int name, int value) {
    checked(::setsockopt(descriptor_, level, name, &value, sizeof value), Primitive::socket);
}

void Socket::shutdown_output() {
    ::shutdown(descriptor_, SHUT_WR);
}

void Socket::close() {
    if (const int descriptor = std::exchange(descriptor_, -1); descriptor >= 0) ::close(descriptor);
}

}  // namespace parley::net
