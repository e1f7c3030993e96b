// What the harness shares with the library that it has preloaded into programs: which port a program names, and which
// one it gets.
//
// A table lies in a file that both map into memory. Entries are only ever added, so that whoever reads needs no lock.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace parley {

/// The environment variable that holds the path of the table.
inline constexpr const char* port_table_variable = "PARLEY_PORTS";

/// As large as a page of memory. In a new file all of it is zero, and so an empty table.
class PortTable {
public:
    /// The real port of what programs call `named`, a port of `protocol` (IPPROTO_TCP, IPPROTO_UDP); 0: it has none.
    std::uint16_t real(int protocol, std::uint16_t named) const {
        for (const auto& slot : entries_) {
            const auto entry = slot.load();
            if (entry == 0) break;
            if (entry >> 16U == key(protocol, named)) return static_cast<std::uint16_t>(entry);
        }
        return 0;
    }

    /// What programs call the real port; itself, where they were given no other.
    std::uint16_t named(int protocol, std::uint16_t real) const {
        for (const auto& slot : entries_) {
            const auto entry = slot.load();
            if (entry == 0) break;
            if (static_cast<std::uint16_t>(entry) == real && entry >> 32U == static_cast<std::uint64_t>(protocol))
                return static_cast<std::uint16_t>(entry >> 16U);
        }
        return real;
    }

    /// Gives `named` a real port, and returns that which it has now: another process may have been first. 0 where the
    /// table is full.
    std::uint16_t add(int protocol, std::uint16_t named, std::uint16_t real) {
        for (auto& slot : entries_) {
            std::uint64_t entry = 0;
            if (slot.compare_exchange_strong(entry, key(protocol, named) << 16U | real)) return real;
            if (entry >> 16U == key(protocol, named)) return static_cast<std::uint16_t>(entry);
        }
        return 0;
    }

    std::atomic<std::uint64_t> connects;  ///< how often programs have called connect() on TCP sockets
    std::atomic<std::uint64_t> refusing;  ///< a real port on which nobody ever listens

private:
    static constexpr std::uint64_t key(int protocol, std::uint16_t named) {
        return static_cast<std::uint64_t>(protocol) << 16U | named;
    }
    std::atomic<std::uint64_t> entries_[510];  ///< protocol, named, real; the first that is zero ends them
};
static_assert(sizeof(PortTable) == 4096 && std::atomic<std::uint64_t>::is_always_lock_free);

/// A port that the kernel chose because nobody had it, in either family, and that nobody is given as long as this
/// object lives.
///
/// Its socket has SO_REUSEADDR and never listens. Beside such a one whoever names the port, and has SO_REUSEADDR too,
/// can bind and listen (socket(7)); where the kernel itself chooses a port, it takes none that is bound. So between the
/// choice and the program's bind() there is no moment at which the port is free for others.
class PortReservation {
public:
    PortReservation() = default;
    /// Where it fails, port() is 0, and errno says why.
    explicit PortReservation(int protocol) {
        const int type = protocol == IPPROTO_TCP ? SOCK_STREAM : SOCK_DGRAM;
        socket_ = ::socket(AF_INET6, type | SOCK_CLOEXEC, 0);
        const bool both = socket_ >= 0 && bind_any<sockaddr_in6>(AF_INET6);
        if (both) return;
        close();
        socket_ = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);  // a kernel without IPv6
        if (socket_ >= 0 && !bind_any<sockaddr_in>(AF_INET)) close();
    }
    PortReservation(PortReservation&& other) noexcept : socket_(other.socket_), port_(other.port_) {
        other.socket_ = -1;
    }
    PortReservation& operator=(PortReservation&& other) noexcept {
        close();
        socket_ = other.socket_;
        port_ = other.port_;
        other.socket_ = -1;
        return *this;
    }
    PortReservation(const PortReservation&) = delete;
    PortReservation& operator=(const PortReservation&) = delete;
    ~PortReservation() { close(); }

    std::uint16_t port() const { return socket_ < 0 ? 0 : port_; }

private:
    template <typename Address>
    bool bind_any(sa_family_t family) {
        const int yes = 1, no = 0;
        if (family == AF_INET6) ::setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
        sockaddr_storage storage{};  // all zero: any address, and a port that is free
        storage.ss_family = family;
        auto* generic = reinterpret_cast<sockaddr*>(&storage);
        socklen_t length = sizeof(Address);
        // The kernel is asked itself: in a program, bind() is the library's own.
        if (::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
            ::syscall(SYS_bind, socket_, generic, length) < 0 ||
            ::syscall(SYS_getsockname, socket_, generic, &length) < 0)
            return false;
        // The port lies at the same place in both families.
        port_ = ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port);
        return true;
    }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    int socket_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace parley
