// An Internet address with its port: what bind and connect take, and what accept tells of the other end.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <string>

namespace parley::net {

class Address {
public:
    /// An empty address that accept fills in.
    Address();
    Address(const in_addr& host, std::uint16_t port);
    Address(const in6_addr& host, std::uint16_t port);

    /// Every interface of the machine: INADDR_ANY, or `::` for AF_INET6.
    static Address any(int family, std::uint16_t port);

    int family() const { return storage_.ss_family; }
    std::uint16_t port() const;
    /// The host in numbers: `127.0.0.1`. An IPv4 address that is mapped into IPv6 shows as IPv4.
    std::string host() const;
    /// The eight 16-bit groups of an IPv6 address.
    std::array<std::uint16_t, 8> groups() const;
    /// The interface that a link-local IPv6 address belongs to, or 0.
    std::uint32_t scope() const;
    /// Whether this is an IPv6 address that stands for no IPv4 one.
    bool is_ipv6() const;
    /// An IPv4 address as IPv6 carries it (`::ffff:127.0.0.1`, RFC 4291, section 2.5.5.2); an IPv6 address as it is.
    Address mapped() const;

    const sockaddr* data() const { return reinterpret_cast<const sockaddr*>(&storage_); }
    sockaddr* data() { return reinterpret_cast<sockaddr*>(&storage_); }
    socklen_t size() const;

private:
    const sockaddr_in& ipv4() const { return reinterpret_cast<const sockaddr_in&>(storage_); }
    const sockaddr_in6& ipv6() const { return reinterpret_cast<const sockaddr_in6&>(storage_); }

    sockaddr_storage storage_;
};

/// The first address of `host` in `family` (AF_INET or AF_INET6). Throws UnknownHost.
Address resolve(const std::string& host, std::uint16_t port, int family = AF_INET);

/// The port that an argument names, as C's `htons(atoi(argument))` takes it: 0 for what is no number, modulo 65536.
std::uint16_t port_of(const char* argument);

}  // namespace parley::net
