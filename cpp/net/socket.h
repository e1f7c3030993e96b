// A stream socket, with the deck's primitives as its functions.
//
//     server:  socket → bind → listen → accept → receive/send → close
//     client:  socket → connect → send/receive → close
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "net/address.h"
#include "net/error.h"

namespace parley::net {

struct Accepted;

/// Owns one TCP socket and closes it. Every function is one system call, and throws Error where the call fails.
class Socket {
public:
    /// The primitive `socket` for TCP over `family`: AF_INET or AF_INET6.
    explicit Socket(int family = AF_INET);
    Socket(Socket&& other) noexcept;
    ~Socket() { close(); }

    void bind(const Address& address);
    void listen(int backlog);
    /// Blocks until a client connects.
    Accepted accept();
    void connect(const Address& address);

    /// One send: how many of the octets were taken. Sending nothing is a call too. SIGPIPE is the process's affair.
    std::size_t send(std::string_view octets);
    /// One recv: at least one octet and at most `limit`, or none at the end of the stream.
    std::string receive(std::size_t limit);
    /// The address of this end.
    Address address() const;

    void set_option(int level, int name, int value);
    /// Ends the direction to the peer; a failure changes nothing and is ignored.
    void shutdown_output();
    /// Does nothing where the socket is closed already.
    void close();

private:
    struct Owned {
        int descriptor;
    };
    explicit Socket(Owned owned) : descriptor_(owned.descriptor) {}

    int descriptor_;
};

/// What accept gives: the connection, and the client's end of it.
struct Accepted {
    Socket socket;
    Address address;
};

}  // namespace parley::net
