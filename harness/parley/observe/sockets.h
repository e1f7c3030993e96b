// The sockets of other processes: what they are, whether they are ready, who listens where.
#pragma once

#include <sys/socket.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "parley/base/file_descriptor.h"

namespace parley {

/// What stands behind a descriptor of another process.
struct DescriptorLook {
    std::string object;     ///< `listening on 0.0.0.0:5050`, `connected to 127.0.0.1:5050`, `pipe`, `/dev/null`, …
    bool socket = false;    ///< an Internet or Unix-domain socket
    bool readable = false;  ///< reading it now would not block
    bool writable = false;
    bool has_timeout = false;  ///< SO_RCVTIMEO or SO_SNDTIMEO is set
    bool in_flight = false;    ///< it has sent octets that the other side's kernel has not taken yet
};

/// Looks through pidfd_getfd(2) where the kernel allows it, else only at the name in /proc/PID/fd.
DescriptorLook look_at_descriptor(pid_t process, int descriptor);

/// A TCP socket that listens.
struct Listener {
    std::string address;  ///< `0.0.0.0:5050`, `[::]:5155`
    std::uint16_t port = 0;
    ino_t inode = 0;       ///< as in the name of its descriptors: `socket:[12345]`
    bool v6_only = false;  ///< nobody reaches it by IPv4 (ipv6(7), IPV6_V6ONLY)
};

/// Knows who listens in a network namespace: that in which it was made. By sock_diag(7), which walks the listening
/// sockets alone; /proc/net/tcp walks the machine's whole table of connections.
class ListenerWatch {
public:
    /// Throws SystemError.
    ListenerWatch();
    /// Whether a TCP socket listens on `port`.
    bool listens(std::uint16_t port) const;
    /// Every TCP socket that listens.
    std::vector<Listener> listeners() const;
    /// Where they listen: `0.0.0.0:5050`, `[::]:5155`, sorted.
    std::vector<std::string> all() const;

private:
    FileDescriptor netlink_;
};

/// The sockets that a process holds, by their inodes.
std::set<ino_t> sockets_of(pid_t process);

/// Who listens on `port` in the network namespace of the calling thread: `redis-server (process 123)`. Empty: nobody.
std::string listener_on(std::uint16_t port);

/// One end of a connection.
struct ConnectionLook {
    std::uint64_t read = 0;            ///< octets that its program has read
    std::uint64_t unacknowledged = 0;  ///< octets that it has written and the other end's kernel has not taken
    bool queued = false;               ///< it waits for its program to accept() it
};

/// Knows what goes on on the connections of a network namespace: that in which it was made. sock_diag(7) finds one by
/// its four numbers in an instant; to walk all takes the longer the more memory the machine has.
class ConnectionWatch {
public:
    /// Throws SystemError.
    ConnectionWatch();
    /// What the program has done that owns the connection from its own end `here` to `there`, which are of one Internet
    /// family; nothing where there is no such connection (any more).
    std::optional<ConnectionLook> look_at(const sockaddr& here, const sockaddr& there) const;

private:
    FileDescriptor netlink_;
};

/// Whether connect() was ever called on a TCP socket in the network namespace of the calling thread: the kernel counts
/// `ActiveOpens` (RFC 4022, tcpActiveOpens).
bool has_connected();

}  // namespace parley
