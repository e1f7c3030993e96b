// What the kernel knows of a socket of one's own, asked without waiting; and how to take what is there so that it can
// be asked about until it is taken. Asio's own async_accept() and async_read_some() take it as soon as the loop sees
// it, and tell of it when their turn comes: between the two it would be nowhere.
#pragma once

#include <poll.h>

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
