#include "relay_figures.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <thread>
#include <vector>

#include "parley/base/digest.h"
#include "parley/base/error.h"
#include "parley/base/file_descriptor.h"
#include "parley/observe/sockets.h"
#include "parley/relay/relay.h"
#include "parley/sandbox/namespaces.h"

namespace parley {
namespace {

using asio::ip::tcp;
using Time = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr std::uint16_t port = 5050;
constexpr std::size_t block = 256 << 10;
constexpr std::size_t flood = std::size_t{4} << 30;
constexpr int rounds = 20'000;
constexpr int rounds_in_a_row = 500;
constexpr std::size_t question = 64;

// ---- blocking sockets, as programs use them

sockaddr_in loopback() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

FileDescriptor stream_socket() {
    FileDescriptor made(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    const int yes = 1;
    setsockopt(made.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return made;
}

FileDescriptor listening() {
    auto made = stream_socket();
    auto address = loopback();
    checked(bind(made.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
    checked(listen(made.get(), 16), "listen");
    return made;
}

FileDescriptor connected() {
    auto made = stream_socket();
    auto address = loopback();
    checked(connect(made.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), "connect");
    return made;
}

FileDescriptor accepted(const FileDescriptor& listener) {
    FileDescriptor made(checked(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept"));
    const int yes = 1;
    setsockopt(made.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return made;
}

void send_flood(const FileDescriptor& socket) {
    const Bytes octets(block, 'x');
    for (std::size_t sent = 0; sent < flood;)
        sent += static_cast<std::size_t>(checked(send(socket.get(), octets.data(), block, MSG_NOSIGNAL), "send"));
    shutdown(socket.get(), SHUT_WR);
}

std::size_t receive_all(const FileDescriptor& socket) {
    Bytes buffer(block, '\0');
    std::size_t sum = 0;
    while (const auto count = checked(recv(socket.get(), buffer.data(), block, 0), "recv"))
        sum += static_cast<std::size_t>(count);
    return sum;
}

void echo(const FileDescriptor& socket) {
    char buffer[question];
    while (const auto count = checked(recv(socket.get(), buffer, sizeof buffer, 0), "recv"))
        checked(send(socket.get(), buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL), "send");
}

double round_trip(const FileDescriptor& socket) {
    char buffer[question]{};
    const auto began = Time::now();
    checked(send(socket.get(), buffer, sizeof buffer, MSG_NOSIGNAL), "send");
    checked(recv(socket.get(), buffer, sizeof buffer, MSG_WAITALL), "recv");
    return Microseconds(Time::now() - began).count();
}

// ---- the two ways

/// A client's socket and a server's that are connected.
struct Pair {
    FileDescriptor client, server;
};

/// The relay between two namespaces, on a thread of its own, and somebody who is told of each event as in a cell.
class Relayed {
public:
    explicit Relayed(const Sandbox& sandbox)
        : sandbox_(sandbox), client_side_(sandbox.make()), server_side_(sandbox.make()) {
        {
            const Sandbox::Visit visit(sandbox_, server_side_);
            listeners_.emplace();
            listener_ = listening();
        }
        ServerEnd end{[this](tcp protocol) {
                          const Sandbox::Visit visit(sandbox_, server_side_);
                          return tcp::socket(loop_, protocol);
                      },
                      [this] { return listeners_->listens(port); }, [] { return true; }, port};
        relay_.emplace(loop_.get_executor(), recorder_, std::move(end), tasks_);
        {
            const Sandbox::Visit visit(sandbox_, client_side_);
            relay_->serve(tcp::acceptor(loop_, tcp::endpoint(tcp::v4(), port)), 0);
        }
        tasks_.spawn(watch());
        thread_ = std::thread([this] { loop_.run(); });
    }

    Pair connect() {
        const Sandbox::Visit visit(sandbox_, client_side_);
        auto client = connected();
        return {std::move(client), accepted(listener_)};
    }

    Transcript finish() {
        asio::post(loop_, [this] {
            stopped_ = true;
            relay_->stop();
            changed_.notify();
        });
        thread_.join();
        return recorder_.take();
    }

private:
    asio::awaitable<void> watch() {
        while (!stopped_) co_await changed_.wait();
    }

    const Sandbox& sandbox_;
    NetworkNamespace client_side_, server_side_;
    std::optional<ListenerWatch> listeners_;
    FileDescriptor listener_;
    asio::io_context loop_{1};
    Condition changed_{loop_.get_executor()};
    Recorder recorder_{[this] { changed_.notify(); }};
    TaskGroup tasks_{loop_.get_executor(), [] {}};
    std::optional<Relay> relay_;
    std::thread thread_;
    bool stopped_ = false;
};

/// Both in one namespace, and nobody between them.
class Direct {
public:
    explicit Direct(const Sandbox& sandbox) : sandbox_(sandbox), network_(sandbox.make()) {
        const Sandbox::Visit visit(sandbox_, network_);
        listener_ = listening();
    }
    Pair connect() {
        const Sandbox::Visit visit(sandbox_, network_);
        auto client = connected();
        return {std::move(client), accepted(listener_)};
    }

private:
    const Sandbox& sandbox_;
    NetworkNamespace network_;
    FileDescriptor listener_;
};

// ---- figures

/// In 10^9 octets a second.
double throughput(const Pair& pair) {
    const auto began = Time::now();
    std::thread source([&pair] { send_flood(pair.client); });
    const auto received = receive_all(pair.server);
    source.join();
    const auto seconds = std::chrono::duration<double>(Time::now() - began).count();
    if (received != flood) {
        std::fprintf(stderr, "only %zu of %zu octets came: no figures\n", received, flood);
        std::exit(1);
    }
    return static_cast<double>(received) / seconds / 1e9;
}

void measure_throughput(const Sandbox& sandbox) {
    const auto direct = throughput(Direct(sandbox).connect());
    Relayed relayed(sandbox);
    const auto through_relay = throughput(relayed.connect());
    const auto floods = relayed.finish().floods;
    if (floods.size() != 1 || floods.front().octets != flood) {
        std::fprintf(stderr, "not all octets were recorded: no figures\n");
        std::exit(1);
    }
    std::printf("%-28s %6.2f GB/s through the relay, which recorded %.1f GB   %.2f GB/s without it\n",
                "relay, one stream", through_relay, static_cast<double>(flood) / 1e9, direct);
}

double quantile(std::vector<double>& sorted, double at) {
    return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * at)];
}

// In turns, so that what else the machine does meets both alike.
void measure_round_trips(const Sandbox& sandbox) {
    Direct direct(sandbox);
    Relayed relayed(sandbox);
    Pair pairs[] = {direct.connect(), relayed.connect()};
    std::vector<double> times[2];
    std::vector<std::thread> servers;
    for (const auto& pair : pairs) servers.emplace_back([&pair] { echo(pair.server); });
    for (int round = 0; round < rounds; round += rounds_in_a_row) {
        for (int way = 0; way < 2; ++way) {
            for (int count = 0; count < rounds_in_a_row; ++count) times[way].push_back(round_trip(pairs[way].client));
        }
    }
    for (auto& pair : pairs) pair.client.reset();
    for (auto& server : servers) server.join();
    relayed.finish();
    for (auto& way : times) std::sort(way.begin(), way.end());
    for (const auto& [name, at] : {std::pair("median", 0.5), std::pair("99th percentile", 0.99)}) {
        const auto without = quantile(times[0], at), with = quantile(times[1], at);
        std::printf("%-28s %6.1f µs more: %.1f µs through the relay, %.1f µs without it (%s of %d)\n",
                    "relay, round trip", with - without, with, without, name, rounds);
    }
}

}  // namespace

void measure_relay() {
    const Sandbox sandbox;
    measure_throughput(sandbox);
    measure_round_trips(sandbox);
}

}  // namespace parley
