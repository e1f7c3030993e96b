#include "as_python.h"

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>

namespace parley::python {

namespace {

/// The subclass of OSError that PEP 3151 gives to an errno.
const char* class_of(int number) {
    switch (number) {
        case EPERM:
        case EACCES: return "PermissionError";
        case EPIPE: return "BrokenPipeError";
        case ECONNABORTED: return "ConnectionAbortedError";
        case ECONNREFUSED: return "ConnectionRefusedError";
        case ECONNRESET: return "ConnectionResetError";
        case ETIMEDOUT: return "TimeoutError";
        default: return "OSError";
    }
}

void print_exception(const char* name, int number, const std::string& reason) {
    std::fprintf(stderr, "%s: [Errno %d] %s\n", name, number, reason.c_str());
}

/// The two hosts that Python does not look up.
std::string special(const std::string& host) {
    if (host.empty()) return "0.0.0.0";
    return host == "<broadcast>" ? "255.255.255.255" : host;
}

}  // namespace

void print(const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::putchar('\n');
}

std::string str(const net::Address& address) {
    return "('" + address.host() + "', " + std::to_string(address.port()) + ")";
}

std::string ctime(std::time_t instant) {
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), "%a %b %e %H:%M:%S %Y", std::localtime(&instant));
    return text.data();
}

void connect(net::Socket& socket, const std::string& host, long port) {
    constexpr auto overflow = "OverflowError: connect(): port must be 0-65535.";
    if (port < INT_MIN || port > INT_MAX) throw Exception(overflow);
    const net::Address address = net::resolve(special(host), static_cast<std::uint16_t>(port));
    if (port < 0 || port > 65535) throw Exception(overflow);  // Python resolves the host first.
    socket.connect(address);
}

int run(const std::function<void()>& program) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        program();
        return 0;
    } catch (const net::Error& error) {
        const int number = error.code().value();
        print_exception(class_of(number), number, error.reason());
    } catch (const net::UnknownHost& error) {
        print_exception("socket.gaierror", error.code(), error.what());
    } catch (const Exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
    return 1;
}

}  // namespace parley::python
