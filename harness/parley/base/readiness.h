// What the kernel knows of a socket of one's own, asked without waiting; and how to take what is there so that it can
// be asked about until it is taken. Asio's own async_accept() and async_read_some() take it as soon as the loop sees
// it, and tell of it when their turn comes: between the two it would be nowhere.
#pragma once

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>

#include "parley/base/asio.h"

namespace parley {

/// Whether octets, an end or a reset wait to be read, or a connection to be accepted; false of a closed socket.
/// `Socket` is one of Asio's sockets or acceptors (poll(2)).
template <typename Socket>
bool is_readable(const Socket& socket) {
    pollfd look{const_cast<Socket&>(socket).native_handle(), POLLIN, 0};
    return socket.is_open() && poll(&look, 1, 0) > 0;
}

/// What `request` of ioctl(2) tells of the octets that lie in the socket's queues (tcp(7)); 0 of a closed socket.
template <typename Socket>
int octets_queued(const Socket& socket, unsigned long request) {
    int count = 0;
    if (!socket.is_open() || ioctl(const_cast<Socket&>(socket).native_handle(), request, &count) < 0) return 0;
    return count;
}

/// How many octets are on the way to the peer's kernel, which answers them as soon as it comes to them; an end counts
/// as one. Not counted are those that wait here because it has no room.
inline int octets_on_the_way(const asio::ip::tcp::socket& socket) {
    return octets_queued(socket, SIOCOUTQ) - octets_queued(socket, SIOCOUTQNSD);
}

/// The next connection, which is_readable() knows of until this returns.
inline asio::awaitable<asio::ip::tcp::socket> accept_in_turn(asio::ip::tcp::acceptor& listener, error_code& error) {
    listener.non_blocking(true, error);
    asio::ip::tcp::socket socket(listener.get_executor());
    do {
        co_await listener.async_wait(asio::socket_base::wait_read, into(error));
        if (!error) listener.accept(socket, error);
    } while (error == asio::error::would_block);
    co_return socket;
}

/// Reads what has come, at most what `buffer` takes; is_readable() knows of it until this returns. Returns how many
/// octets that were.
inline asio::awaitable<std::size_t> read_in_turn(asio::ip::tcp::socket& socket, asio::mutable_buffer buffer,
                                                 error_code& error) {
    socket.non_blocking(true, error);
    std::size_t count = 0;
    do {
        co_await socket.async_wait(asio::socket_base::wait_read, into(error));
        if (!error) count = socket.read_some(buffer, error);
    } while (error == asio::error::would_block);
    co_return count;
}

}  // namespace parley
