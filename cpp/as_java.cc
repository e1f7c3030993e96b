#include "as_java.h"

#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>

#include "utf8.h"

namespace parley::java {

namespace {

/// Whether the machine has IPv6: the JVM then makes IPv6 sockets only, and maps IPv4 addresses.
bool has_ipv6() {
    std::ifstream interfaces("/proc/net/if_inet6");
    return interfaces.peek() != std::ifstream::traits_type::eof();
}

net::Socket stream_socket() {
    if (!has_ipv6()) return net::Socket(AF_INET);
    net::Socket socket(AF_INET6);
    socket.set_option(IPPROTO_IPV6, IPV6_V6ONLY, 0);
    return socket;
}

net::Address resolve(const std::string& host, std::uint16_t port) {
    try {
        return net::resolve(host, port, AF_INET);
    } catch (const net::UnknownHost&) {
        return net::resolve(host, port, AF_INET6);
    }
}

const char* class_of(int number) {
    switch (number) {
        case EADDRINUSE:
        case EADDRNOTAVAIL:
        case EACCES: return "java.net.BindException";
        case ECONNREFUSED:
        case ETIMEDOUT:
        case ENOTCONN: return "java.net.ConnectException";
        case EHOSTUNREACH: return "java.net.NoRouteToHostException";
        default: return "java.net.SocketException";
    }
}

/// The JVM's form of an IPv6 address: no `::`, no leading zeros.
std::string full(const net::Address& address) {
    std::string text;
    for (const std::uint16_t group : address.groups()) {
        std::array<char, 8> digits{};
        std::snprintf(digits.data(), digits.size(), "%s%x", text.empty() ? "" : ":", static_cast<unsigned>(group));
        text += digits.data();
    }
    if (address.scope() != 0) text += "%" + std::to_string(address.scope());
    return "[" + text + "]";
}

bool continues(std::string_view bytes, std::size_t i) {
    return i < bytes.size() && (static_cast<unsigned char>(bytes[i]) & 0xc0) == 0x80;
}

/// The octets that one U+FFFD stands for. The JVM takes a surrogate in UTF-8 for one malformed part, not for three.
std::size_t malformed_length(std::string_view bytes, const Utf8Unit& unit) {
    const bool surrogate = bytes[0] == '\xed' && continues(bytes, 1) && unit.length == 1;
    if (!surrogate) return unit.length;
    return continues(bytes, 2) ? 3 : 2;
}

}  // namespace

void take_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    for (const int ending : {SIGHUP, SIGINT, SIGTERM}) {
        std::signal(ending, [](int number) { _exit(128 + number); });
    }
}

void println(const std::string& line) {
    const std::string whole = line + "\n";
    std::fwrite(whole.data(), 1, whole.size(), stdout);
    std::fflush(stdout);
}

std::string to_string(const net::Address& address) {
    return "/" + (address.is_ipv6() ? full(address) : address.host()) + ":" + std::to_string(address.port());
}

std::string to_string(const net::Error& error) {
    const int number = error.code().value();
    const bool reset = error.primitive() == net::Primitive::receive && number == ECONNRESET;
    return std::string(class_of(number)) + ": " + (reset ? "Connection reset" : error.reason());
}

net::Socket server_socket(std::uint16_t port) {
    net::Socket socket = stream_socket();
    socket.set_option(SOL_SOCKET, SO_REUSEADDR, 1);
    socket.bind(net::Address::any(has_ipv6() ? AF_INET6 : AF_INET, port));
    socket.listen(50);
    return socket;
}

net::Socket connected_socket(const std::string& host, std::uint16_t port) {
    const net::Address address = resolve(host, port);
    net::Socket socket = stream_socket();
    socket.connect(has_ipv6() ? address.mapped() : address);
    return socket;
}

void write(net::Socket& socket, std::string_view text) {
    try {
        while (!text.empty()) text.remove_prefix(socket.send(text));
    } catch (const net::Error&) {
        // PrintWriter only remembers it, for checkError().
    }
}

std::optional<std::string> read_line(net::Socket& socket) {
    std::string line;
    while (true) {
        const std::string chunk = socket.receive(8192);  // a BufferedReader's buffer
        line += chunk;
        if (const std::size_t end = line.find_first_of("\r\n"); end != std::string::npos)
            return decode(line.substr(0, end));
        if (chunk.empty()) break;
    }
    if (line.empty()) return std::nullopt;
    return decode(line);
}

void close(net::Socket& socket) {
    socket.shutdown_output();
    socket.close();
}

std::string decode(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const Utf8Unit unit = first_utf8_unit(bytes);
        const bool whole = unit.kind == Utf8Unit::Kind::character;
        const std::size_t length = whole ? unit.length : malformed_length(bytes, unit);
        text += whole ? bytes.substr(0, length) : "\xef\xbf\xbd";
        bytes.remove_prefix(length);
    }
    return text;
}

}  // namespace parley::java
