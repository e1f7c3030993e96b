#include "parley/relay/relay.h"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <ctime>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "parley/base/error.h"
#include "parley/base/readiness.h"

namespace parley {

using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t largest_piece = 256 << 10;

// Sides that do not read may hold back so much of all links together; then links take small pieces.
constexpr std::size_t most_held = 2 << 20;
constexpr std::size_t small_piece = 4 << 10;

constexpr std::size_t most_gathered = 1 << 20;

// Descriptors and the kernel's memory are short for everybody at once, and other cells give some back.
constexpr auto longest_shortage = 2s;
constexpr auto shortage_pause = 10ms;

constexpr asio::steady_timer::duration longest_wait = 24h;

// The kernel answers what is sent over the loopback within microseconds where it gets to it. Its thread for that gets
// to it when it has the processor, which others may hold.
constexpr auto longest_answer = 2s;

// To wake a processor takes longer than to pass a piece on. Where small pieces come one soon after the other, the next
// is awaited awake.
constexpr auto lively_pause = 200us;
constexpr auto awake_for = 60us;
constexpr std::size_t lively_piece = 16 << 10;

/// Where what is read lies until it is written, which takes no turn of the loop: of its own a link has only what the
/// other side did not take at once.
std::span<char> in_passing() {
    thread_local std::vector<char> buffer(largest_piece);
    return buffer;
}

// Without TCP_NODELAY a forwarded piece could wait for the acknowledgement of the one before (RFC 896).
void begin_to_carry(tcp::socket& socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
}

/// What the kernel has to tell of the socket; it tells it once.
error_code pending_error(tcp::socket& socket) {
    int pending = 0;
    socklen_t length = sizeof pending;
    if (socket.is_open()) getsockopt(socket.native_handle(), SOL_SOCKET, SO_ERROR, &pending, &length);
    return {pending, asio::error::get_system_category()};
}

/// Over the loopback a connection stands as soon as it is asked for, where the server has room for it: to await it in
/// the loop would let others have the processor between clients that come together. Returns what went wrong;
/// in_progress: it does not stand yet.
error_code connect_now(tcp::socket& socket, const tcp::endpoint& server) {
    error_code error;
    socket.native_non_blocking(true, error);
    if (::connect(socket.native_handle(), server.data(), static_cast<socklen_t>(server.size())) == 0) return {};
    if (errno != EINPROGRESS) return {errno, asio::error::get_system_category()};
    pollfd look{socket.native_handle(), POLLOUT, 0};
    if (poll(&look, 1, 0) == 0) return asio::error::in_progress;
    return pending_error(socket);
}

/// Whether the end of stream is all that is left to read from `source`.
bool is_at_end(tcp::socket& source) {
    tcp_info info{};
    socklen_t length = sizeof info;
    return getsockopt(source.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &length) == 0 &&
           info.tcpi_state == TCP_CLOSE_WAIT && octets_queued(source, FIONREAD) == 0;
}

/// Of the connection to a program: its own end, and the relay's. Nothing once it is closed.
std::optional<Carried::Ends> ends_of(const tcp::socket& socket) {
    error_code closed;
    Carried::Ends ends{socket.remote_endpoint(closed), {}};
    if (!closed) ends.relay = socket.local_endpoint(closed);
    return closed ? std::nullopt : std::optional(ends);
}

/// What the program writes next may wait for it that this is acknowledged (RFC 896), which the kernel likes to put off.
void acknowledge(tcp::socket& source) {
    const int on = 1;
    setsockopt(source.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);  // until the kernel thinks better
}

/// A time in which the system has too little of what it gives out.
class Shortage {
public:
    /// Whether `error` tells of one that may still pass.
    bool may_pass(const error_code& error) {
        if (!is_shortage(error.value())) return false;
        const auto now = std::chrono::steady_clock::now();
        if (!began_) began_ = now;
        return now - *began_ < longest_shortage;
    }
    void is_over() { began_.reset(); }

private:
    static bool is_shortage(int code) { return code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM; }

    std::optional<std::chrono::steady_clock::time_point> began_;
};

/// A reset in place of whatever the socket had to say.
void turn_away(tcp::socket& socket) {
    error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

}  // namespace

struct Relay::Link {
    /// A reset that something other than reading has come upon: the kernel tells of it once, and reading sees an end.
    enum class Reset { none, in_place_of_end, after_end };

    int client = 0;
    int number = 0;
    tcp::socket client_socket;
    tcp::socket server_socket;
    asio::steady_timer retry;
    bool waiting = true;             ///< for its turn, or for the server to listen
    bool listens_to_client = false;  ///< what the client says next is read at once
    bool client_ended = false, server_ended = false;
    Reset client_reset = Reset::none, server_reset = Reset::none;  ///< by whom, and not yet passed on
    int writing = 0;             ///< directions that hold octets read and not yet written
    std::uint64_t gathered = 0;  ///< octets read so far of the side whose turns are gathered
    Shortage shortage;           ///< of what a socket to the server takes

    Link(tcp::socket accepted, const asio::any_io_executor& executor)
        : client_socket(std::move(accepted)), server_socket(executor), retry(executor) {}

    tcp::socket& of(Side side) { return side == Side::client ? client_socket : server_socket; }
    bool& ended(Side side) { return side == Side::client ? client_ended : server_ended; }
    Reset& reset(Side side) { return side == Side::client ? client_reset : server_reset; }
    /// Notes the reset of `side` of which `error` tells: EPIPE where its end of stream had come before.
    void note_reset(Side side, const error_code& error) {
        reset(side) = error == asio::error::broken_pipe ? Reset::after_end : Reset::in_place_of_end;
    }

    void close() {
        error_code ignored;
        retry.cancel();
        client_socket.close(ignored);
        server_socket.close(ignored);
    }
};

Relay::Relay(asio::any_io_executor executor, Recorder& recorder, ServerEnd server, TaskGroup& tasks)
    : executor_(std::move(executor)), recorder_(recorder), server_(std::move(server)), tasks_(tasks) {}

Relay::~Relay() = default;

void Relay::serve(tcp::acceptor listener, int client) {
    listeners_.push_back({std::move(listener), client});
    tasks_.spawn(accept(listeners_.back().socket, client));
}

int Relay::open_links(int client) const {
    const auto open = std::count_if(links_.begin(), links_.end(), [=](const auto& link) {
        return link.client == client && !(link.client_ended && link.server_ended);
    });
    const auto coming = std::count_if(listeners_.begin(), listeners_.end(), [=](const auto& listener) {
        return listener.client == client && is_readable(listener.socket);
    });
    return static_cast<int>(open + coming);
}

bool Relay::in_flight() const {
    const auto comes_to = [](const auto& listener) { return is_readable(listener.socket); };
    return std::any_of(listeners_.begin(), listeners_.end(), comes_to) ||
           std::any_of(links_.begin(), links_.end(), [this](const auto& link) {
               // What a client sends before its server listens lies in wait; it is on its way to nobody.
               if (link.waiting) return server_.listens();
               if (link.client_ended && link.server_ended) return false;
               return link.writing > 0 || (!link.client_ended && is_readable(link.client_socket)) ||
                      (!link.server_ended && is_readable(link.server_socket)) ||
                      octets_queued(link.client_socket, SIOCOUTQ) > 0 ||
                      octets_queued(link.server_socket, SIOCOUTQ) > 0 || is_held_back(link, Side::client) ||
                      is_held_back(link, Side::server);
           });
}

bool Relay::is_held_back(const Link& link, Side side) const {
    if (!holds_back_) return false;
    const auto ends = ends_of(side == Side::client ? link.client_socket : link.server_socket);
    return ends && holds_back_(side, link.client, *ends);
}

std::optional<Carried> Relay::link_at(Side side, std::uint16_t port) const {
    for (const auto& link : links_) {
        error_code closed;
        const auto& socket = side == Side::client ? link.client_socket : link.server_socket;
        const auto end = side == Side::client ? socket.remote_endpoint(closed) : socket.local_endpoint(closed);
        if (closed || end.port() != port) continue;
        const auto& far = side == Side::client ? link.server_socket : link.client_socket;
        Carried found{link.client, link.number, {}};
        if (!link.waiting) found.other = ends_of(far).value_or(Carried::Ends{});
        return found;
    }
    return std::nullopt;
}

std::optional<Carried::Ends> Relay::ends_at_server(int connection) const {
    const auto link = std::ranges::find(links_, connection, &Link::number);
    return link == links_.end() ? std::nullopt : ends_of(link->server_socket);
}

void Relay::stop() {
    stopped_ = true;
    error_code ignored;
    for (auto& listener : listeners_) listener.socket.close(ignored);
    for (auto& link : links_) link.close();
}

asio::awaitable<void> Relay::accept(tcp::acceptor& listener, int client) {
    std::uint64_t carried = 0;
    Shortage shortage;
    asio::steady_timer timer(executor_);
    for (;;) {
        error_code error;
        auto socket = co_await accept_in_turn(listener, error);
        if (stopped_) co_return;
        if (error == asio::error::connection_aborted) continue;  // the client left while it was queued (accept(2))
        if (shortage.may_pass(error)) {
            timer.expires_after(shortage_pause);
            co_await timer.async_wait(into(error));
            continue;
        }
        if (error) throw SystemError(error.value(), "accept a client's connection");
        shortage.is_over();
        if (carried == Transcript::most_connections) {
            turn_away(socket);
            recorder_.refuse_connection(client);
            continue;
        }
        ++carried;
        auto& link = links_.emplace_back(std::move(socket), executor_);
        begin_to_carry(link.client_socket);
        link.client = client;
        const auto reached = link.client_socket.local_endpoint(error).address();
        link.number = recorder_.open_connection({.client = client,
                                                 .client_port = link.client_socket.remote_endpoint(error).port(),
                                                 .came = std::time(nullptr),
                                                 .reached = reached.to_string()});
        tasks_.spawn(carry(link));
    }
}

asio::awaitable<void> Relay::carry(Link& link) {
    const bool connected = co_await connect(link);
    link.waiting = false;
    for (auto& next : links_) next.retry.cancel();
    if (!connected) {
        refuse(link);
        co_return;
    }
    reached_server_ = true;
    error_code closed;
    recorder_.arrive(link.number, link.server_socket.local_endpoint(closed).port());
    begin_to_carry(link.server_socket);
    tasks_.spawn(forward(link, Side::server));
    co_await forward(link, Side::client);
}

// The kernel announces nowhere that a socket begins to listen, so it is asked again and again: some 10 µs a time, in
// intervals that grow with the time that has passed, so that the delay stays a fraction of the program's own start.
asio::awaitable<bool> Relay::connect(Link& link) {
    auto pause = 200us;
    for (bool last = false; !last && !stopped_;) {
        last = !server_.alive();
        if (is_next(link) && server_.listens()) {
            if (co_await connect_to(link, asio::ip::address_v4::loopback())) co_return !stopped_;
            if (!server_.v4_only) {
                if (co_await connect_to(link, asio::ip::address_v6::loopback())) co_return !stopped_;
            }
        }
        error_code cancelled;
        // Who is not next is woken when that changes.
        link.retry.expires_after(is_next(link) ? asio::steady_timer::duration(pause) : longest_wait);
        if (!last) co_await link.retry.async_wait(into(cancelled));
        pause = std::min(pause * 5 / 4, std::chrono::microseconds(10ms));
    }
    co_return false;
}

// Connections reach the server in the order in which the clients made them: who comes first can decide who is served.
bool Relay::is_next(const Link& link) const {
    const auto first = std::find_if(links_.begin(), links_.end(), [](const auto& other) { return other.waiting; });
    return first != links_.end() && &*first == &link;
}

asio::awaitable<bool> Relay::connect_to(Link& link, asio::ip::address address) {
    const tcp::endpoint server(address, server_.port);
    error_code error = make_server_socket(link, server.protocol());
    if (error) co_return false;
    error = connect_now(link.server_socket, server);
    if (error == asio::error::in_progress) {
        co_await link.server_socket.async_wait(tcp::socket::wait_write, into(error));
        if (!error) error = pending_error(link.server_socket);
    }
    // Refused is ECONNREFUSED; these come from a server that has taken the connection and reset it meanwhile.
    const bool reset = error == asio::error::connection_reset || error == asio::error::broken_pipe;
    if (reset) link.note_reset(Side::server, error);
    co_return !error || reset;
}

/// Returns the error of a shortage that may pass; throws any other.
error_code Relay::make_server_socket(Link& link, tcp protocol) {
    try {
        link.server_socket = server_.make_socket(protocol);
        link.shortage.is_over();
        return {};
    } catch (const boost::system::system_error& failure) {
        if (!link.shortage.may_pass(failure.code())) throw;
        return failure.code();
    }
}

/// Writes what goes at once, and holds the rest for as long as it takes.
asio::awaitable<error_code> Relay::pass_on(tcp::socket& target, std::string_view piece) {
    error_code error;
    const auto written = target.write_some(asio::buffer(piece), error);
    if (error == asio::error::would_block) error.clear();
    if (error || written == piece.size()) co_return error;
    const Bytes rest(piece.substr(written));
    held_ += rest.size();
    co_await asio::async_write(target, asio::buffer(rest), into(error));
    held_ -= rest.size();
    co_return error;
}

void Relay::await_answer_awake() {
    const auto now = std::chrono::steady_clock::now();
    const bool lively = now - std::exchange(last_piece_, now) < lively_pause;
    if (lively) awake_until_ = now + awake_for;
    if (!lively || awake_) return;
    awake_ = true;
    tasks_.spawn(stay_awake());
}

// As long as something is to be done, the loop asks the kernel for more without going to sleep.
asio::awaitable<void> Relay::stay_awake() {
    while (!stopped_ && std::chrono::steady_clock::now() < awake_until_)
        co_await asio::post(executor_, asio::use_awaitable);
    awake_ = false;
}

asio::awaitable<void> Relay::forward(Link& link, Side from) {
    auto& source = link.of(from);
    auto& target = link.of(other(from));
    for (;;) {
        error_code error;
        if (from == Side::client) link.listens_to_client = true;
        co_await source.async_wait(tcp::socket::wait_read, into(error));
        if (from == Side::client) link.listens_to_client = false;
        if (from == Side::server && hear_out_ && !stopped_ && !link.ended(from)) co_await hear_client_out(link);
        if (stopped_ || link.ended(from)) co_return;
        const auto buffer = in_passing().first(held_ < most_held ? largest_piece : small_piece);
        const auto count = source.read_some(asio::buffer(buffer.data(), buffer.size()), error);
        if (error == asio::error::would_block) continue;
        if (error == asio::error::eof && link.reset(from) != Link::Reset::in_place_of_end) break;
        if (error) {
            pass_reset(link, from);
            co_return;
        }
        std::string_view piece(buffer.data(), count);
        recorder_.record(link.number, from, WireEvent::Kind::data, piece);
        ++link.writing;
        Bytes turn;
        error_code after_turn;
        if (gathering_ && gathering_->side == from) {
            turn = piece;
            after_turn = co_await gather_turn(link, turn);
            piece = turn;
        }
        error = co_await pass_on(target, piece);
        if (count < lively_piece) await_answer_awake();
        if (!error && link.ended(other(from))) co_await until_taken(link, other(from));
        --link.writing;
        if (stopped_ || link.ended(from)) co_return;
        if (after_turn) {
            pass_reset(link, from);
            co_return;
        }
        if (error) {
            // What the other side sent before its reset may still lie unread: that goes first, if anybody reads there.
            const Side reset_by = other(from);
            const bool is_read = !link.ended(reset_by) && link.reset(from) == Link::Reset::none;
            link.note_reset(reset_by, error);
            if (!is_read) pass_reset(link, reset_by);
            co_return;
        }
        // The end that came with the octets is recorded with them: reading it takes a turn of the loop, and what the
        // other side answers to the octets could come between.
        if (is_at_end(source)) break;
    }
    link.ended(from) = true;
    recorder_.record(link.number, from, WireEvent::Kind::end);
    error_code ignored;
    target.shutdown(tcp::socket::shutdown_send, ignored);
    if (link.reset(from) == Link::Reset::after_end)
        pass_reset(link, from);
    else
        co_await watch_for_reset(link, from);
}

asio::awaitable<void> Relay::hear_client_out(Link& link) {
    co_await hear_out_(link.client);
    while (!stopped_ && link.listens_to_client && is_readable(link.client_socket))
        co_await asio::post(executor_, asio::use_awaitable);
}

// What a side that has ended its stream is still sent it takes, where it has half-closed, or resets: the kernel answers
// for it, and an end of the other side that came first would hide it.
asio::awaitable<void> Relay::until_taken(Link& link, Side side) {
    asio::steady_timer timer(executor_);
    const auto give_up = std::chrono::steady_clock::now() + longest_answer;
    auto pause = std::chrono::microseconds(50us);
    while (!stopped_ && octets_on_the_way(link.of(side)) > 0 && std::chrono::steady_clock::now() < give_up) {
        error_code cancelled;
        timer.expires_after(pause);
        co_await timer.async_wait(into(cancelled));
        pause = std::min(pause * 2, std::chrono::microseconds(10ms));
    }
    if (pending_error(link.of(side)) && !link.ended(other(side))) pass_reset(link, side);
}

// Adds to `turn` what belongs to it. That a program goes on to write, or waits, is announced nowhere, so it is asked,
// ever less often. Returns what came in place of more octets, where that is no end.
asio::awaitable<error_code> Relay::gather_turn(Link& link, Bytes& turn) {
    const Side side = gathering_->side;
    auto& source = link.of(side);
    const error_code none;
    asio::steady_timer timer(executor_);
    link.gathered += turn.size();
    acknowledge(source);
    auto pause = std::chrono::microseconds(200us);
    while (!stopped_ && !link.ended(side) && turn.size() < most_gathered) {
        if (gathering_->completes_turn(link.client, link.gathered) || is_at_end(source)) break;
        // Asked before the socket is: a program that is seen to wait may have written only just before.
        const bool says_no_more = gathering_->says_no_more(link.client) && !is_held_back(link, side);
        error_code error;
        if (is_readable(source)) {
            const auto buffer = in_passing();
            const auto count = source.read_some(asio::buffer(buffer.data(), buffer.size()), error);
            if (error == asio::error::eof) break;
            if (error) co_return error;
            recorder_.record(link.number, side, WireEvent::Kind::data, {buffer.data(), count});
            turn.append(buffer.data(), count);
            link.gathered += count;
            acknowledge(source);
            pause = 200us;
            continue;
        }
        if (says_no_more) break;
        timer.expires_after(pause);
        co_await timer.async_wait(into(error));
        pause = std::min(pause * 2, std::chrono::microseconds(50ms));  // a look at a program costs some 100 µs
    }
    co_return none;
}

// A side that has closed both ways answers what still comes with a reset, and nobody reads from it any more.
asio::awaitable<void> Relay::watch_for_reset(Link& link, Side side) {
    while (!stopped_ && !link.ended(other(side))) {
        error_code error;
        co_await link.of(side).async_wait(tcp::socket::wait_error, into(error));
        if (error || stopped_ || link.ended(other(side))) co_return;
        if (pending_error(link.of(side))) pass_reset(link, side);
    }
}

// Closing with a zero linger time sends RST in place of FIN (socket(7), SO_LINGER).
void Relay::pass_reset(Link& link, Side from) {
    link.client_ended = link.server_ended = true;
    recorder_.record(link.number, from, WireEvent::Kind::reset);
    turn_away(link.of(other(from)));
    link.close();
}

// Nobody will ever listen: the nearest to a refused connection that a client can be shown that has been accepted.
void Relay::refuse(Link& link) {
    link.client_ended = link.server_ended = true;
    turn_away(link.client_socket);
    link.close();
}

}  // namespace parley
