// Carries bytes between a client and a server that live in different network namespaces, and records them.
//
//    client's namespace                                     server's namespace
//    client ── connect ──▶ [listener] ──▶ Link ──▶ [socket] ── connect ──▶ server
//                                 records, then forwards
//
// Data, end of stream and reset pass as they are, in both directions independently. The client is held until the server
// listens, and only then is the server connected to: it never sees a connection that is not a client's.
//
// No program makes it grow: a client's connections beyond Transcript::most_connections are reset at once and counted,
// and what a side does not take is read no further.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <optional>
#include <string_view>

#include "parley/base/asio.h"
#include "parley/base/task_group.h"
#include "parley/relay/recorder.h"

namespace parley {

/// What the relay needs to know of the server's side.
struct ServerEnd {
    /// A new, unconnected socket in the server's namespace.
    std::function<asio::ip::tcp::socket(asio::ip::tcp)> make_socket;
    /// Whether some socket listens on the port.
    std::function<bool()> listens;
    /// Whether any process of the server is left that could still listen.
    std::function<bool()> alive;
    std::uint16_t port = 0;
    bool v4_only = false;  ///< it is looked for at 127.0.0.1 alone, not at ::1 besides
};

/// How what one side says is delivered in one piece a turn, in however many writes it came: octets are held back until
/// the turn is complete, or nothing more of it is to be expected.
struct Gathering {
    Side side = Side::client;
    /// Whether a turn is complete with so many octets of `side` on a connection of that client.
    std::function<bool(int client, std::uint64_t octets)> completes_turn;
    /// Whether the program of that client, or the server, waits for its peer, has ended, or has been silent too long.
    std::function<bool(int client)> says_no_more;
};

/// Completes when the client's program has nothing more to say for now: it waits, has ended, or is given up on.
using HearingOut = std::function<asio::awaitable<void>(int client)>;

/// A connection that the relay carries, found by one of its sides.
struct Carried {
    int client = 0;
    int connection = 0;  ///< its number in the transcript
    /// The other side's socket in its namespace: its own end, and the relay's. None until the relay has reached it.
    struct Ends {
        asio::ip::tcp::endpoint own, relay;
    };
    std::optional<Ends> other;
};

/// Whether the program with that end of a client's connection, on `side`, has written octets that the relay's kernel
/// has not taken: TCP keeps a small piece back until the one before is acknowledged, which may take 40 ms (RFC 896, RFC
/// 1122 4.2.3.2).
using HoldsBack = std::function<bool(Side side, int client, const Carried::Ends&)>;

class Relay {
public:
    /// Spawns its tasks into `tasks`; they end after stop().
    Relay(asio::any_io_executor executor, Recorder& recorder, ServerEnd server, TaskGroup& tasks);
    ~Relay();

    /// From now on, what one side says is gathered.
    void gather(Gathering gathering) { gathering_ = std::move(gathering); }

    /// From now on, what the programs' own kernels keep back counts as being on its way.
    void ask_what_is_held_back(HoldsBack holds_back) { holds_back_ = std::move(holds_back); }

    /// From now on a client is heard out before anything of the server is read for it: what it says without waiting for
    /// an answer comes before that answer in the record, however late it gets a processor to say it.
    void hear_clients_out(HearingOut hearing_out) { hear_out_ = std::move(hearing_out); }

    /// Accepts the connections of `client` (its index) from `listener`, which lies in the client's namespace.
    void serve(asio::ip::tcp::acceptor listener, int client);

    /// Links of `client` that have not ended in both directions, and one more where a connection waits to be accepted.
    int open_links(int client) const;
    /// Whether anything is on its way: octets that are written and not yet taken by the other side; what waits to be
    /// read, an end or a connection too; a client whose server listens.
    bool in_flight() const;
    /// The connection that leaves `side`'s namespace, or arrives in it, with the ephemeral port `port`.
    std::optional<Carried> link_at(Side side, std::uint16_t port) const;
    /// The server's end of the connection of that number in the transcript; nothing where it does not stand.
    std::optional<Carried::Ends> ends_at_server(int connection) const;
    /// Whether the server has ever taken a connection.
    bool reached_server() const { return reached_server_; }

    /// Octets that were read and that the other side has not taken yet.
    std::size_t held() const { return held_; }

    /// Closes every socket.
    void stop();

private:
    struct Link;

    asio::awaitable<void> accept(asio::ip::tcp::acceptor& listener, int client);
    asio::awaitable<void> carry(Link& link);
    asio::awaitable<bool> connect(Link& link);
    bool is_next(const Link& link) const;
    asio::awaitable<bool> connect_to(Link& link, asio::ip::address address);
    error_code make_server_socket(Link& link, asio::ip::tcp protocol);
    asio::awaitable<void> forward(Link& link, Side from);
    asio::awaitable<error_code> pass_on(asio::ip::tcp::socket& target, std::string_view piece);
    void await_answer_awake();
    asio::awaitable<void> stay_awake();
    bool is_held_back(const Link& link, Side side) const;
    asio::awaitable<void> hear_client_out(Link& link);
    asio::awaitable<void> until_taken(Link& link, Side side);
    asio::awaitable<error_code> gather_turn(Link& link, Bytes& held);
    asio::awaitable<void> watch_for_reset(Link& link, Side side);
    void pass_reset(Link& link, Side from);
    void refuse(Link& link);

    asio::any_io_executor executor_;
    Recorder& recorder_;
    ServerEnd server_;
    std::optional<Gathering> gathering_;
    HoldsBack holds_back_;
    HearingOut hear_out_;
    TaskGroup& tasks_;
    // Lists, because tasks hold references to what is in them until they are joined.
    struct Listener {
        asio::ip::tcp::acceptor socket;
        int client;
    };
    std::list<Listener> listeners_;
    std::list<Link> links_;
    std::size_t held_ = 0;  ///< octets that were read and not taken at once
    std::chrono::steady_clock::time_point last_piece_, awake_until_;
    bool awake_ = false;
    bool reached_server_ = false;
    bool stopped_ = false;
};

}  // namespace parley
