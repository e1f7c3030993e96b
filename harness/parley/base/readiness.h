// What the kernel knows of a socket of one's own, asked without waiting.
#pragma once

#include <poll.h>

namespace parley {

/// Whether octets, an end or a reset wait to be read, or a connection to be accepted; false of a closed socket.
/// `Socket` is one of Asio's sockets or acceptors (poll(2)).
template <typename Socket>
bool is_readable(const Socket& socket) {
    pollfd look{const_cast<Socket&>(socket).native_handle(), POLLIN, 0};
    return socket.is_open() && poll(&look, 1, 0) > 0;
}

}  // namespace parley
