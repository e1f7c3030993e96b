#include "parley/observe/sockets.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/observe/proc.h"

namespace parley {

namespace {

std::string link_target(pid_t process, int descriptor) {
    std::array<char, 256> target{};
    const auto length = readlink(format("/proc/{}/fd/{}", process, descriptor).c_str(), target.data(), target.size());
    return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length)) : std::string();
}

// `pipe:[12345]` says no more to a reader than `pipe`.
std::string object_named(const std::string& target) {
    if (target.starts_with("/dev/pts/")) return "terminal";
    return target.substr(0, target.find(":["));
}

FileDescriptor duplicate(pid_t process, int descriptor) {
    const FileDescriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
    if (!handle) return {};
    return FileDescriptor(static_cast<int>(syscall(SYS_pidfd_getfd, handle.get(), descriptor, 0)));
}

std::string spell(const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        return format("{}:{}", inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size()), ntohs(v4.sin_port));
    }
    if (address.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
        return format("[{}]:{}", inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size()), ntohs(v6.sin6_port));
    }
    return address.ss_family == AF_UNIX ? marked("a Unix-domain socket") : marked("an address of another family");
}

template <typename Option>
Option socket_option(int socket, int name) {
    Option value{};
    socklen_t length = sizeof value;
    getsockopt(socket, SOL_SOCKET, name, &value, &length);
    return value;
}

bool is_set(const timeval& time) {
    return time.tv_sec != 0 || time.tv_usec != 0;
}

std::string describe_socket(int socket) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (socket_option<int>(socket, SO_ACCEPTCONN) != 0 && getsockname(socket, generic, &length) == 0)
        return "listening on " + spell(address);
    length = sizeof address;
    if (getpeername(socket, generic, &length) == 0) return "connected to " + spell(address);
    length = sizeof address;
    if (getsockname(socket, generic, &length) == 0) return "unconnected, bound to " + spell(address);
    return marked("a socket");
}

void look_at_socket(int socket, DescriptorLook& look) {
    look.socket = true;
    look.object = describe_socket(socket);
    look.has_timeout =
        is_set(socket_option<timeval>(socket, SO_RCVTIMEO)) || is_set(socket_option<timeval>(socket, SO_SNDTIMEO));
    int unsent = 0;
    // A listening socket has none; its queue is reported elsewhere.
    look.in_flight = ioctl(socket, SIOCOUTQ, &unsent) == 0 && unsent > 0;
}

constexpr unsigned loopback_index = 1;                                        // of `lo`, in every namespace
constexpr unsigned tcp_established = 1, tcp_close_wait = 8, tcp_listen = 10;  // include/net/tcp_states.h
constexpr unsigned listening = 1U << tcp_listen;

FileDescriptor open_sock_diag() {
    return FileDescriptor(
        checked(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG), "open a sock_diag socket"));
}

struct Question {
    nlmsghdr header{};
    inet_diag_req_v2 request{};
};

// About TCP sockets of a family that are in one of `states`.
Question question(int family, unsigned states) {
    Question question;
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST;
    question.request.sdiag_family = static_cast<__u8>(family);
    question.request.sdiag_protocol = IPPROTO_TCP;
    question.request.idiag_states = states;
    question.request.idiag_ext = 1U << (INET_DIAG_INFO - 1);
    return question;
}

void ask(int netlink, const Question& question) {
    checked(send(netlink, &question, sizeof question, 0), "ask sock_diag");
}

// Calls `visit` for each socket of the next part of the answer; whether more is to come.
template <typename Visitor>
bool read_answer(int netlink, Visitor visit) {
    alignas(nlmsghdr) std::array<char, 16384> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
    const auto length =
        static_cast<std::size_t>(checked(recv(netlink, buffer.data(), buffer.size(), 0), "read sock_diag's answer"));
    bool more = true;
    for (std::size_t at = 0; at + sizeof(nlmsghdr) <= length;) {
        const auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data() + at);
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) return false;
        visit(*header, *reinterpret_cast<const inet_diag_msg*>(buffer.data() + at + NLMSG_HDRLEN));
        at += NLMSG_ALIGN(header->nlmsg_len);
        more = (header->nlmsg_flags & NLM_F_MULTI) != 0;
    }
    return more;
}

// Calls `visit` for each listening TCP socket.
template <typename Visitor>
void for_each_listener(int netlink, Visitor visit) {
    for (const int family : {AF_INET, AF_INET6}) {
        auto all = question(family, listening);
        all.header.nlmsg_flags |= NLM_F_DUMP;
        ask(netlink, all);
        while (read_answer(netlink, visit)) continue;
    }
}

// The attribute of the message that has that type; all zero where it has none.
template <typename Value>
Value attribute_of(const nlmsghdr& header, const inet_diag_msg& socket, unsigned short type) {
    const auto* begin = reinterpret_cast<const char*>(&header);
    auto at = static_cast<std::size_t>(reinterpret_cast<const char*>(&socket + 1) - begin);
    Value value{};
    while (at + sizeof(rtattr) <= header.nlmsg_len) {
        const auto& attribute = *reinterpret_cast<const rtattr*>(begin + at);
        if (attribute.rta_type == type)
            std::memcpy(&value, &attribute + 1, std::min(sizeof value, attribute.rta_len - sizeof attribute));
        at += RTA_ALIGN(std::max<std::size_t>(attribute.rta_len, sizeof attribute));
    }
    return value;
}

// What struct tcp_info counts (tcp(7), TCP_INFO).
std::uint64_t octets_received(const nlmsghdr& header, const inet_diag_msg& socket) {
    return attribute_of<tcp_info>(header, socket, INET_DIAG_INFO).tcpi_bytes_received;
}

/// Only accept(2) gives a connection its inode, and it keeps it while a program has the socket: until it is closed,
/// when it has another state.
bool is_queued(const inet_diag_msg& socket) {
    return socket.idiag_inode == 0 && (socket.idiag_state == tcp_established || socket.idiag_state == tcp_close_wait);
}

// At the loopback's own address of IPv6, too, nobody who uses IPv4 finds it.
bool is_v6_only(const nlmsghdr& header, const inet_diag_msg& socket) {
    if (socket.idiag_family != AF_INET6) return false;
    in6_addr address{};
    std::memcpy(&address, socket.id.idiag_src, sizeof address);
    return IN6_IS_ADDR_LOOPBACK(&address) || attribute_of<std::uint8_t>(header, socket, INET_DIAG_SKV6ONLY) != 0;
}

void put(const sockaddr& end, __be16& port, __be32 (&address)[4]) {
    if (end.sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(end);
        port = v4.sin_port;
        address[0] = v4.sin_addr.s_addr;
    } else {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(end);
        port = v6.sin6_port;
        std::memcpy(address, &v6.sin6_addr, sizeof address);
    }
}

std::string spell(const inet_diag_msg& socket) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(socket.idiag_family, socket.id.idiag_src, text.data(), text.size());
    const auto port = ntohs(socket.id.idiag_sport);
    return socket.idiag_family == AF_INET ? format("{}:{}", text.data(), port) : format("[{}]:{}", text.data(), port);
}

}  // namespace

DescriptorLook look_at_descriptor(pid_t process, int descriptor) {
    DescriptorLook look;
    const auto target = link_target(process, descriptor);
    look.object = object_named(target);
    look.socket = target.starts_with("socket:");
    const auto theirs = duplicate(process, descriptor);
    if (!theirs) return look;
    if (look.socket) look_at_socket(theirs.get(), look);
    pollfd poll{theirs.get(), POLLIN | POLLOUT, 0};
    if (::poll(&poll, 1, 0) > 0) {
        look.readable = (poll.revents & (POLLIN | POLLHUP | POLLERR)) != 0;
        look.writable = (poll.revents & (POLLOUT | POLLERR)) != 0;
    }
    return look;
}

ListenerWatch::ListenerWatch() : netlink_(open_sock_diag()) {}

bool ListenerWatch::listens(std::uint16_t port) const {
    bool found = false;
    for_each_listener(netlink_.get(), [&](const nlmsghdr&, const inet_diag_msg& socket) {
        found |= ntohs(socket.id.idiag_sport) == port;
    });
    return found;
}

std::vector<Listener> ListenerWatch::listeners() const {
    std::vector<Listener> found;
    for_each_listener(netlink_.get(), [&](const nlmsghdr& header, const inet_diag_msg& socket) {
        found.push_back({spell(socket), ntohs(socket.id.idiag_sport), socket.idiag_inode, is_v6_only(header, socket)});
    });
    return found;
}

std::vector<std::string> ListenerWatch::all() const {
    std::vector<std::string> found;
    for (auto& listener : listeners()) found.push_back(std::move(listener.address));
    std::sort(found.begin(), found.end());
    return found;
}

std::set<ino_t> sockets_of(pid_t process) {
    constexpr std::string_view prefix = "socket:[";
    std::set<ino_t> sockets;
    for (const int descriptor : descriptors_of(process)) {
        const auto target = link_target(process, descriptor);
        if (!target.starts_with(prefix)) continue;
        ino_t inode = 0;
        std::from_chars(target.data() + prefix.size(), target.data() + target.size(), inode);
        sockets.insert(inode);
    }
    return sockets;
}

std::string listener_on(std::uint16_t port) {
    const auto all = ListenerWatch().listeners();
    const auto found = std::ranges::find(all, port, &Listener::port);
    if (found == all.end()) return {};
    for (const pid_t process : all_processes())
        if (sockets_of(process).contains(found->inode))
            return told("{} (process {})", read_stat(process, process).name, process);
    return tr("another user's process");
}

ConnectionWatch::ConnectionWatch() : netlink_(open_sock_diag()) {}

std::optional<ConnectionLook> ConnectionWatch::look_at(const sockaddr& here, const sockaddr& there) const {
    auto one = question(here.sa_family, ~listening);
    auto& id = one.request.id;
    put(here, id.idiag_sport, id.idiag_src);
    put(there, id.idiag_dport, id.idiag_dst);
    id.idiag_if = loopback_index;  // a socket that is bound to it is found by no other question
    id.idiag_cookie[0] = id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    ask(netlink_.get(), one);
    std::optional<ConnectionLook> look;
    read_answer(netlink_.get(), [&](const nlmsghdr& header, const inet_diag_msg& socket) {
        // Where there is no such connection, the kernel tells of a socket that listens for it.
        if (socket.idiag_state == tcp_listen) return;
        look = {octets_received(header, socket) - socket.idiag_rqueue, socket.idiag_wqueue, is_queued(socket)};
    });
    return look;
}

// Two lines begin with `Tcp:`: the names of the columns, then the numbers.
bool has_connected() {
    const auto text = slurp("/proc/thread-self/net/snmp");
    const auto names = text.find("Tcp:");
    const auto numbers = names == std::string::npos ? names : text.find("Tcp:", names + 1);
    if (numbers == std::string::npos) return false;
    constexpr int active_opens = 5;  // RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens
    auto at = numbers;
    for (int column = 0; column < active_opens; ++column) at = text.find(' ', at) + 1;
    unsigned long count = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), count);
    return count > 0;
}

}  // namespace parley
