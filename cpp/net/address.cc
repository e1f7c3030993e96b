#include "net/address.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <cstdlib>
#include <cstring>
#include <memory>

#include "net/error.h"

namespace parley::net {

Address::Address() : storage_{} {}

Address::Address(const in_addr& host, std::uint16_t port) : storage_{} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr = host;
    address.sin_port = htons(port);
    std::memcpy(&storage_, &address, sizeof address);
}

Address::Address(const in6_addr& host, std::uint16_t port) : storage_{} {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = host;
    address.sin6_port = htons(port);
    std::memcpy(&storage_, &address, sizeof address);
}

Address Address::any(int family, std::uint16_t port) {
    if (family == AF_INET6) return {in6addr_any, port};
    return {in_addr{htonl(INADDR_ANY)}, port};
}

std::uint16_t Address::port() const {
    return ntohs(family() == AF_INET6 ? ipv6().sin6_port : ipv4().sin_port);
}

std::string Address::host() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_ipv6()) return inet_ntop(AF_INET6, &ipv6().sin6_addr, text.data(), text.size());
    const void* last_four_octets =
        family() == AF_INET6 ? &ipv6().sin6_addr.s6_addr[12] : static_cast<const void*>(&ipv4().sin_addr);
    return inet_ntop(AF_INET, last_four_octets, text.data(), text.size());
}

std::array<std::uint16_t, 8> Address::groups() const {
    std::array<std::uint16_t, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = ntohs(ipv6().sin6_addr.s6_addr16[i]);
    return groups;
}

std::uint32_t Address::scope() const {
    return is_ipv6() ? ipv6().sin6_scope_id : 0;
}

bool Address::is_ipv6() const {
    return family() == AF_INET6 && !IN6_IS_ADDR_V4MAPPED(&ipv6().sin6_addr);
}

Address Address::mapped() const {
    if (family() == AF_INET6) return *this;
    in6_addr host{};
    host.s6_addr[10] = host.s6_addr[11] = 0xff;
    std::memcpy(&host.s6_addr[12], &ipv4().sin_addr, sizeof(in_addr));
    return {host, port()};
}

socklen_t Address::size() const {
    switch (family()) {
        case AF_INET: return sizeof(sockaddr_in);
        case AF_INET6: return sizeof(sockaddr_in6);
        default: return sizeof storage_;
    }
}

Address resolve(const std::string& host, std::uint16_t port, int family) {
    addrinfo wanted{};
    wanted.ai_family = family;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* first = nullptr;
    if (const int code = getaddrinfo(host.c_str(), nullptr, &wanted, &first); code != 0) throw UnknownHost(code);
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> found(first, freeaddrinfo);
    if (family == AF_INET6) return {reinterpret_cast<const sockaddr_in6*>(found->ai_addr)->sin6_addr, port};
    return {reinterpret_cast<const sockaddr_in*>(found->ai_addr)->sin_addr, port};
}

std::uint16_t port_of(const char* argument) {
    return static_cast<std::uint16_t>(std::atoi(argument));
}

}  // namespace parley::net
