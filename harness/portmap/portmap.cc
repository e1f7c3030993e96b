// Preloaded into programs that share the machine's loopback (ld.so(8), LD_PRELOAD): each finds the ports that it names
// free, and meets nobody but who named the same in its place.
//
//   the program                this library                     the kernel
//   bind(…:5050)        ──▶    real port of 5050, 41807   ──▶   bind(…:41807)
//   getsockname(): 5050  ◀──    41807 is called 5050       ◀──   41807
//
// It stands in for the calls that take or return addresses, and does as a private network would: nothing outside is
// reached or reaches in, reserved ports are the superuser's, and who connects where nobody listens is refused. Programs
// that ask the kernel themselves (Go) or are linked statically do not notice it.
//
// Nothing here throws or allocates; there is no C++ library.
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <nss.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "portmap/port_table.h"

namespace parley {

namespace {

PortTable* table = nullptr;
char table_path[4096];

/// Restores errno, which the caller of a function that has succeeded, or failed, wants as it was.
class Errno {
public:
    Errno() : kept_(errno) {}
    ~Errno() { errno = kept_; }
    Errno(const Errno&) = delete;
    Errno& operator=(const Errno&) = delete;

private:
    int kept_;
};

/// The function of that name that the program would have called without this library.
template <typename Function>
class Next {
public:
    constexpr explicit Next(const char* name) : name_(name) {}
    Function operator*() {
        if (auto known = found_.load()) return known;
        auto found = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name_));
        found_.store(found);
        return found;
    }

private:
    const char* name_;
    std::atomic<Function> found_{nullptr};
};

using AddressCall = int (*)(int, const sockaddr*, socklen_t);
using NameCall = int (*)(int, sockaddr*, socklen_t*);
constinit Next<AddressCall> next_bind("bind"), next_connect("connect");
constinit Next<NameCall> next_accept("accept"), next_getsockname("getsockname"), next_getpeername("getpeername");
constinit Next<int (*)(int, sockaddr*, socklen_t*, int)> next_accept4("accept4");
constinit Next<int (*)(int, int)> next_listen("listen");
constinit Next<ssize_t (*)(int, const void*, size_t, int, const sockaddr*, socklen_t)> next_sendto("sendto");
constinit Next<ssize_t (*)(int, void*, size_t, int, sockaddr*, socklen_t*)> next_recvfrom("recvfrom");
constinit Next<ssize_t (*)(int, const msghdr*, int)> next_sendmsg("sendmsg");
constinit Next<ssize_t (*)(int, msghdr*, int)> next_recvmsg("recvmsg");

int fail(int code) {
    errno = code;
    return -1;
}

int option(int socket, int name, int otherwise) {
    const Errno kept;
    int value = 0;
    socklen_t length = sizeof value;
    return getsockopt(socket, SOL_SOCKET, name, &value, &length) == 0 ? value : otherwise;
}

/// IPPROTO_TCP or IPPROTO_UDP; 0: a socket of another kind, or none.
int protocol_of(int socket) {
    const int domain = option(socket, SO_DOMAIN, AF_UNSPEC);
    if (domain != AF_INET && domain != AF_INET6) return 0;
    const int type = option(socket, SO_TYPE, 0);
    return type == SOCK_STREAM ? IPPROTO_TCP : type == SOCK_DGRAM ? IPPROTO_UDP : 0;
}

/// The port of an Internet address of that length, in network byte order; null where it is another address.
in_port_t* port_of(sockaddr* address, socklen_t length) {
    constexpr socklen_t shortest_v6 = offsetof(sockaddr_in6, sin6_scope_id);  // what the kernel takes too
    if (!address || length < sizeof address->sa_family) return nullptr;
    if (address->sa_family == AF_INET && length >= sizeof(sockaddr_in))
        return &reinterpret_cast<sockaddr_in*>(address)->sin_port;
    if (address->sa_family == AF_INET6 && length >= shortest_v6)
        return &reinterpret_cast<sockaddr_in6*>(address)->sin6_port;
    return nullptr;
}

/// A program's address, copied so that its port can be another.
class Address {
public:
    Address(const sockaddr* from, socklen_t length) : length_(length) {
        if (!from || length > sizeof storage_) return;
        std::memcpy(&storage_, from, length);
        port_ = port_of(generic(), length_);
    }
    /// bind() takes an address without a family for one of IPv4, where it is any address (net/ipv4/af_inet.c).
    void take_for_v4(int socket) {
        if (port_ || storage_.ss_family != AF_UNSPEC || length_ < sizeof(sockaddr_in)) return;
        if (option(socket, SO_DOMAIN, AF_UNSPEC) != AF_INET) return;
        if (v4() == INADDR_ANY) port_ = &reinterpret_cast<sockaddr_in*>(&storage_)->sin_port;
    }

    bool is_internet() const { return port_ != nullptr; }
    std::uint16_t port() const { return ntohs(*port_); }
    void set_port(std::uint16_t port) { *port_ = htons(port); }

    bool is_any() const { return is_v6() ? IN6_IS_ADDR_UNSPECIFIED(&v6()) : v4() == INADDR_ANY; }
    bool is_loopback() const { return is_v6() ? IN6_IS_ADDR_LOOPBACK(&v6()) : v4() >> 24U == IN_LOOPBACKNET; }
    bool is_multicast() const { return is_v6() ? IN6_IS_ADDR_MULTICAST(&v6()) : IN_MULTICAST(v4()); }

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
    socklen_t length() const { return length_; }

private:
    sockaddr* generic() { return reinterpret_cast<sockaddr*>(&storage_); }
    const in6_addr& v6() const { return reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_addr; }
    bool is_v6() const { return storage_.ss_family == AF_INET6 && !IN6_IS_ADDR_V4MAPPED(&v6()); }
    /// In host byte order; the end of an address of IPv6 that holds one.
    in_addr_t v4() const {
        in_addr_t address = reinterpret_cast<const sockaddr_in*>(&storage_)->sin_addr.s_addr;
        if (storage_.ss_family == AF_INET6) std::memcpy(&address, &v6().s6_addr[12], sizeof address);
        return ntohl(address);
    }

    sockaddr_storage storage_{};
    socklen_t length_;
    in_port_t* port_ = nullptr;
};

/// Gives a socket SO_REUSEADDR for one call, so that it finds its port although it is reserved (PortReservation).
class BesideReservation {
public:
    explicit BesideReservation(int socket) : socket_(socket), before_(option(socket, SO_REUSEADDR, 1)) { set(1); }
    ~BesideReservation() { set(before_); }
    BesideReservation(const BesideReservation&) = delete;
    BesideReservation& operator=(const BesideReservation&) = delete;

private:
    void set(int value) const {
        const Errno kept;
        if (before_ == 0) setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &value, sizeof value);
    }
    int socket_, before_;
};

/// A socket on any address would be reached from other machines. Where the kernel is too old to let everybody ask for
/// it (before Linux 5.7), it is.
void keep_to_loopback(int socket) {
    const Errno kept;
    setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, "lo", sizeof "lo");
}

/// That the program listens on a port that the kernel chose: whoever connects to it means it.
void note_own_port(int socket, int protocol) {
    const Errno kept;
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* generic = reinterpret_cast<sockaddr*>(&storage);
    if ((*next_getsockname)(socket, generic, &length) < 0) return;
    const auto* port = port_of(generic, length);
    if (port && *port != 0 && table->named(protocol, ntohs(*port)) == ntohs(*port))
        table->add(protocol, ntohs(*port), ntohs(*port));
}

/// Where the kernel has told an address, with room for `room` octets: the port as programs call it.
void name_port(int socket, sockaddr* address, socklen_t room, socklen_t length) {
    const Errno kept;
    auto* port = port_of(address, room < length ? room : length);
    if (!port) return;
    if (const int protocol = protocol_of(socket)) *port = htons(table->named(protocol, ntohs(*port)));
}

/// Turns a destination into the real one. False, with errno, where a private network has no way to it.
bool direct(int protocol, Address& address) {
    if (!address.is_any() && !address.is_loopback()) {
        errno = ENETUNREACH;
        return false;
    }
    if (address.port() == 0) return true;
    if (const auto real = table->real(protocol, address.port()))
        address.set_port(real);
    else if (protocol == IPPROTO_TCP)
        address.set_port(static_cast<std::uint16_t>(table->refusing.load()));
    return true;
}

/// Opens the table, and has names looked up in this machine's files alone: a private network has no name server.
__attribute__((constructor)) void begin() {
    const char* path = std::getenv(port_table_variable);
    if (!path || std::strlen(path) >= sizeof table_path) return;
    std::strcpy(table_path, path);
    const int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void* memory = mmap(nullptr, sizeof(PortTable), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return;
    table = static_cast<PortTable*>(memory);
    __nss_configure_lookup("hosts", "files");
}

/// One bind() at a time in all processes of the place: of two sockets that both stand beside a reservation for a moment
/// neither could listen. The lock goes with its process (flock(2)).
class Turn {
public:
    Turn() : file_(open(table_path, O_RDONLY | O_CLOEXEC)) {
        if (file_ >= 0) flock(file_, LOCK_EX);
    }
    ~Turn() {
        const Errno kept;
        if (file_ >= 0) close(file_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    int file_;
};

int bind_named(int socket, int protocol, Address& address) {
    if (address.port() < IPPORT_RESERVED) return fail(EACCES);
    const Turn turn;
    PortReservation reservation;
    auto real = table->real(protocol, address.port());
    if (real == 0) {
        reservation = PortReservation(protocol);
        if (reservation.port() == 0) return fail(EADDRINUSE);
        real = table->add(protocol, address.port(), reservation.port());
        if (real == 0) return fail(EADDRINUSE);
    }
    address.set_port(real);
    const BesideReservation beside(socket);
    const int result = (*next_bind)(socket, address.get(), address.length());
    const Errno kept;
    reservation = {};
    return result;
}

}  // namespace

extern "C" {

#define PARLEY_EXPORTED __attribute__((visibility("default")))

PARLEY_EXPORTED int bind(int socket, const sockaddr* from, socklen_t length) noexcept {
    const int protocol = table ? protocol_of(socket) : 0;
    Address address(from, length);
    if (protocol != 0) address.take_for_v4(socket);
    if (protocol == 0 || !address.is_internet()) return (*next_bind)(socket, from, length);
    if (!address.is_any() && !address.is_loopback() && !address.is_multicast()) return fail(EADDRNOTAVAIL);
    if (address.is_any()) keep_to_loopback(socket);
    return address.port() == 0 ? (*next_bind)(socket, from, length) : bind_named(socket, protocol, address);
}

PARLEY_EXPORTED int listen(int socket, int backlog) noexcept {
    const int protocol = table ? protocol_of(socket) : 0;
    if (protocol == 0) return (*next_listen)(socket, backlog);
    const BesideReservation beside(socket);
    const int result = (*next_listen)(socket, backlog);
    if (result == 0) note_own_port(socket, protocol);
    return result;
}

PARLEY_EXPORTED int connect(int socket, const sockaddr* to, socklen_t length) {
    const int protocol = table ? protocol_of(socket) : 0;
    Address address(to, length);
    if (protocol == 0 || !address.is_internet()) return (*next_connect)(socket, to, length);
    if (!direct(protocol, address)) return -1;
    if (protocol == IPPROTO_TCP) table->connects.fetch_add(1);
    return (*next_connect)(socket, address.get(), address.length());
}

PARLEY_EXPORTED int accept(int socket, sockaddr* peer, socklen_t* length) {
    const socklen_t room = length ? *length : 0;
    const int accepted = (*next_accept)(socket, peer, length);
    if (table && accepted >= 0 && peer && length) name_port(accepted, peer, room, *length);
    return accepted;
}

PARLEY_EXPORTED int accept4(int socket, sockaddr* peer, socklen_t* length, int flags) {
    const socklen_t room = length ? *length : 0;
    const int accepted = (*next_accept4)(socket, peer, length, flags);
    if (table && accepted >= 0 && peer && length) name_port(accepted, peer, room, *length);
    return accepted;
}

PARLEY_EXPORTED int getsockname(int socket, sockaddr* own, socklen_t* length) noexcept {
    const socklen_t room = length ? *length : 0;
    const int result = (*next_getsockname)(socket, own, length);
    if (table && result == 0) name_port(socket, own, room, *length);
    return result;
}

PARLEY_EXPORTED int getpeername(int socket, sockaddr* peer, socklen_t* length) noexcept {
    const socklen_t room = length ? *length : 0;
    const int result = (*next_getpeername)(socket, peer, length);
    if (table && result == 0) name_port(socket, peer, room, *length);
    return result;
}

PARLEY_EXPORTED ssize_t sendto(int socket, const void* data, size_t size, int flags, const sockaddr* to,
                               socklen_t length) {
    const int protocol = table && to ? protocol_of(socket) : 0;
    Address address(to, length);
    if (protocol == 0 || !address.is_internet()) return (*next_sendto)(socket, data, size, flags, to, length);
    if (!direct(protocol, address)) return -1;
    if (protocol == IPPROTO_TCP && (flags & MSG_FASTOPEN) != 0) table->connects.fetch_add(1);
    return (*next_sendto)(socket, data, size, flags, address.get(), address.length());
}

PARLEY_EXPORTED ssize_t sendmsg(int socket, const msghdr* message, int flags) {
    const auto* to = message ? static_cast<const sockaddr*>(message->msg_name) : nullptr;
    const int protocol = table && to ? protocol_of(socket) : 0;
    Address address(to, protocol != 0 ? message->msg_namelen : 0);
    if (protocol == 0 || !address.is_internet()) return (*next_sendmsg)(socket, message, flags);
    if (!direct(protocol, address)) return -1;
    if (protocol == IPPROTO_TCP && (flags & MSG_FASTOPEN) != 0) table->connects.fetch_add(1);
    msghdr directed = *message;
    directed.msg_name = const_cast<sockaddr*>(address.get());
    return (*next_sendmsg)(socket, &directed, flags);
}

PARLEY_EXPORTED ssize_t recvfrom(int socket, void* data, size_t size, int flags, sockaddr* from, socklen_t* length) {
    const socklen_t room = length ? *length : 0;
    const auto count = (*next_recvfrom)(socket, data, size, flags, from, length);
    if (table && count >= 0 && from && length) name_port(socket, from, room, *length);
    return count;
}

PARLEY_EXPORTED ssize_t recvmsg(int socket, msghdr* message, int flags) {
    const socklen_t room = message ? message->msg_namelen : 0;
    const auto count = (*next_recvmsg)(socket, message, flags);
    if (table && count >= 0 && message->msg_name)
        name_port(socket, static_cast<sockaddr*>(message->msg_name), room, message->msg_namelen);
    return count;
}

}  // extern "C"

}  // namespace parley
