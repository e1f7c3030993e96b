#include "parley/run/cell_run.h"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <ctime>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>

#include "parley/base/error.h"
#include "parley/base/language.h"
#include "parley/base/offload.h"
#include "parley/base/readiness.h"
#include "parley/base/task_group.h"
#include "parley/observe/proc.h"
#include "parley/observe/sockets.h"
#include "parley/observe/threads.h"
#include "parley/process/clock.h"
#include "parley/process/executable.h"
#include "parley/relay/relay.h"
#include "parley/run/command_line.h"
#include "parley/run/place.h"
#include "parley/run/program_run.h"
#include "parley/run/script.h"
#include "parley/run/strays.h"
#include "parley/run/time_zone.h"
#include "parley/scenario/console.h"
#include "parley/scenario/match.h"
#include "parley/scenario/ports.h"
#include "parley/scenario/turns.h"

namespace parley {

namespace {

using asio::ip::tcp;
using Time = std::chrono::steady_clock;
using namespace std::chrono_literals;

// A look costs some 100 µs a program; two that are the same, this far apart, with nothing under way, prove a deadlock.
constexpr auto between_looks = 100ms;
// What processes that outlive a program's first may take to end by themselves.
constexpr auto descendants_grace = 500ms;
// What strace may take to write the last calls of a program that has ended: it may have to wait for a processor.
constexpr auto trace_grace = 5s;
// However starved the programs were, there is an end.
constexpr int most_extensions = 10;
// A thread that wakes now and then may have to wait so long for a processor, and then goes back to sleep.
constexpr auto longest_turn = 1s;
// A server that polls without ever waiting never comes to rest: so long it is watched when all clients have left.
constexpr auto longest_unrest = 1s;

// What descendants may take to let go of a console after they were killed.
constexpr auto console_grace = 500ms;

// What a client may compute, and how long that may take it, between two things that it says in a row.
constexpr auto longest_computing = 20ms;
constexpr auto longest_hearing = 2s;

// What a program on trial may send beyond all that it has to say, and in how many turns more, until no more is waited
// for.
constexpr std::uint64_t most_surplus = 256 << 10, most_surplus_turns = 100;

// time(2) may lag behind the exact clock by a tick of the kernel's, and by more where a hypervisor holds the processor
// that keeps the time. So no program reads an earlier time than time(2) told before, nor a later one than the exact
// clock tells after it.
std::int64_t earliest_time() {
    return std::time(nullptr);
}

std::int64_t latest_time() {
    return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
}

bool is_stopped(const ProgramRun& program) {
    return std::ranges::any_of(program.processes(),
                               [](pid_t process) { return read_stat(process, process).state == 'T'; });
}

/// Whose program is being verified; nothing where none is.
std::optional<Side> side_on_trial(const Scenario& scenario) {
    if (scenario.server && scenario.server->on_trial) return Side::server;
    const bool is_client = std::ranges::any_of(scenario.clients, [](const auto& client) { return client.on_trial; });
    return is_client ? std::optional(Side::client) : std::nullopt;
}

/// The most that `count` says of an exchange of `client`, whichever way the conversation goes; nothing where that is
/// open.
template <typename Count>
std::optional<std::uint64_t> most_of(const Scenario& scenario, std::size_t client, Count count) {
    if (scenario.outcome == Outcome::deadlock) return std::nullopt;
    std::optional<std::uint64_t> most = count(scenario.clients[client].exchange);
    for (const auto& way : scenario.other_ways) {
        const auto more = most_of(way, client, count);
        most = most && more ? std::optional(std::max(*most, *more)) : std::nullopt;
    }
    return most;
}

}  // namespace

/// Everything that lives as long as one cell.
class CellRun::Stage {
public:
    Stage(Workshop& workshop, const Cell& cell);
    asio::awaitable<Observation> run();
    void interrupt() {
        interrupted_ = true;
        changed_.notify();
    }

private:
    /// A client: a program, or the harness itself with a script, or only to hold a connection open.
    struct Client {
        const ClientPart& part;
        PortUse port_use;
        std::unique_ptr<Place> place;
        ProgramRun program;
        std::optional<tcp::socket> idle;
        std::optional<Script> script;
        bool started = false;
        bool ended() const {
            if (!started) return false;
            if (part.player == Player::script) return script->ended();
            return part.player == Player::idle || !program.running();
        }
    };
    using Looks = std::vector<ProgramLook>;

    asio::awaitable<void> prepare();
    void set_clock();
    PortUse port_use(const Implementation& implementation, const ProgramPart& part, Side side) const;
    asio::awaitable<void> wait_for_room();
    asio::awaitable<void> claim_fixed_ports();
    asio::awaitable<void> claim(std::uint16_t port, bool reusing);
    asio::awaitable<void> make_places();
    void listen_for(Client& client, int index);
    void occupy_server_port();
    void serve_script();
    asio::awaitable<void> accept_for_script();
    asio::awaitable<void> start_server();
    asio::awaitable<void> start_due_clients();
    asio::awaitable<void> start(Client& client);
    tcp::socket connected(Client& client);
    CommandLine command_of(const Implementation& implementation, const ProgramPart& part, const Place& place,
                           PortUse use, std::uint16_t port) const;
    asio::awaitable<void> start(ProgramRun& program, const Implementation& implementation, const ProgramPart& part,
                                CommandLine command, const Place& place);
    std::optional<Container> container_of(const Implementation& implementation, const ProgramPart& part,
                                          const CommandLine& command) const;
    std::optional<Gathering> gathering() const;
    bool says_no_more(const ProgramRun& program) const;
    asio::awaitable<void> hear_out(const ProgramRun& program);
    ScriptSurroundings surroundings(Side side, std::uint16_t port, const Client& client);
    Stillness stillness() const;

    asio::awaitable<Ending> watch();
    bool conversation_over() const;
    bool server_settled() const;
    bool server_may_stay() const;
    bool server_owes_print() const;
    bool is_silent_for(Time::duration longest) const;
    bool any_client_stays() const;
    bool server_rests() const;
    bool server_stays_with_idle_clients() const;
    bool floods() const;
    bool is_anything_under_way() const;
    bool nobody_can_go_on();
    bool deadline_stands();
    bool put_off_by_turns();
    /// Time in which somebody was ready to run and the machine had no processor for it.
    struct Starvation {
        Time::duration programs{};  ///< the longest of any thread
        Time::duration harness{};
    };
    Starvation starvation() const;
    Time::duration lost(const Starvation& until_now) const;
    std::vector<pid_t> live_processes() const;
    Looks look_at_all(std::chrono::nanoseconds horizon) const;
    bool end_is_on_its_way() const;
    Homes homes() const;
    Homes servers_homes() const;
    bool is_met_by_v4() const;
    std::set<ino_t> servers_sockets() const;
    std::vector<std::string> servers_listeners() const;

    asio::awaitable<void> let_descendants_end();
    void look_once_more(Ending ending);
    void look_at(ProgramRun& program, const Place& place) const;
    void look_for_queued_connections();
    int left_behind(const ProgramRun& program, const Place& place) const;
    bool trace_is_under_way() const;
    bool note_left_behind();
    asio::awaitable<void> end_everything();
    Observation collect(Ending ending, std::string trouble);

    std::uint16_t server_port() const { return parley::server_port(scenario_, *cell_.catalogue); }
    std::uint16_t client_port(const ClientPart& part) const {
        return parley::client_port(scenario_, part, *cell_.catalogue);
    }
    bool serves_script() const { return scenario_.server && scenario_.server->player == Player::script; }
    template <typename Visitor>
    void for_each_script(Visitor visit) const;
    void note_change() {
        last_change_ = Time::now();
        changed_.notify();
    }
    Time::duration limit() const;
    Time::duration longest_pause() const;
    void arm_deadline();

    Workshop& workshop_;
    const Cell& cell_;
    const Scenario& scenario_;
    Condition changed_;
    TaskGroup tasks_;
    Recorder recorder_;
    std::vector<PortClaim> claims_;
    PortUse server_port_use_ = PortUse::mapped;
    std::unique_ptr<Place> server_place_;
    std::optional<ListenerWatch> listeners_;
    std::optional<tcp::acceptor> occupant_;
    std::optional<tcp::acceptor> script_listener_;
    std::list<Script> server_scripts_;  ///< one a connection
    std::optional<ProgramRun> server_;
    std::deque<Client> clients_;
    std::optional<Relay> relay_;

    // Together with the recorder, whose times count from here.
    Clock clock_{earliest_time()};
    Time::time_point began_ = Time::now(), last_change_ = began_, armed_, deadline_, looked_at_;
    Starvation starved_before_;
    int extensions_ = 0;
    std::size_t put_off_ = 0;  ///< how often the deadline was, by a turn of the side that is not on trial
    std::optional<Looks> looks_;
    const std::optional<Side> side_on_trial_ = side_on_trial(scenario_);
    std::vector<std::string> script_waits_;
    bool interrupted_ = false;
};

CellRun::CellRun(Workshop& workshop, const Cell& cell) : stage_(std::make_unique<Stage>(workshop, cell)) {}
CellRun::~CellRun() = default;

asio::awaitable<Observation> CellRun::run() {
    co_return co_await stage_->run();
}

void CellRun::interrupt() {
    stage_->interrupt();
}

CellRun::Stage::Stage(Workshop& workshop, const Cell& cell)
    : workshop_(workshop),
      cell_(cell),
      scenario_(*cell.scenario),
      changed_(workshop.executor()),
      tasks_(workshop.executor(), [this] { changed_.notify(); }),
      recorder_([this] { note_change(); }) {}

asio::awaitable<Observation> CellRun::Stage::run() {
    auto ending = Ending::broken;
    std::string trouble;
    try {
        co_await wait_for_room();
        co_await claim_fixed_ports();
        ending = Ending::interrupted;
        if (!interrupted_) {
            co_await prepare();
            co_await start_server();
            ending = co_await watch();
            co_await let_descendants_end();
            look_once_more(ending);
        }
    } catch (const std::exception& error) {
        ending = Ending::broken;
        trouble = error.what();
    }
    co_await end_everything();
    co_return collect(ending, std::move(trouble));
}

// ---- setting up

asio::awaitable<void> CellRun::Stage::prepare() {
    set_clock();
    co_await make_places();
    if (server_place_) {
        {
            const Place::Visit visit(*server_place_);
            listeners_.emplace();
        }
        if (serves_script())
            serve_script();
        else
            server_.emplace(workshop_, tasks_, [this] { note_change(); });
        ServerEnd end;
        end.port = server_place_->real(server_port());
        end.v4_only = is_met_by_v4();
        end.make_socket = [this](tcp protocol) {
            const Place::Visit visit(*server_place_);
            return tcp::socket(workshop_.executor(), protocol);
        };
        end.listens = [this] { return listeners_->listens(server_place_->real(server_port())); };
        end.alive = [this] {
            return serves_script() || server_->alive() || !find_strays(workshop_.leaders(), servers_homes()).empty();
        };
        relay_.emplace(workshop_.executor(), recorder_, std::move(end), tasks_);
        relay_->ask_what_is_held_back([this](Side side, int client, const Carried::Ends& ends) {
            const auto& place = side == Side::server ? server_place_ : clients_[static_cast<std::size_t>(client)].place;
            const auto look = place->connections().look_at(*ends.own.data(), *ends.relay.data());
            return look && look->unacknowledged > 0;
        });
        if (auto gathered = gathering()) relay_->gather(std::move(*gathered));
        if (side_on_trial_ == Side::client)
            relay_->hear_clients_out(
                [this](int client) { return hear_out(clients_[static_cast<std::size_t>(client)].program); });
    }
    for (std::size_t index = 0; relay_ && index < clients_.size(); ++index)
        listen_for(clients_[index], static_cast<int>(index));
    if (scenario_.server && scenario_.server->port_in_use) occupy_server_port();
}

void CellRun::Stage::set_clock() {
    if (scenario_.server && scenario_.server->clock) {
        clock_.shift = *scenario_.server->clock - clock_.began;
        clock_.began += clock_.shift;
    }
    clock_.utc_offset = utc_offset(scenario_.time_zone, clock_.began);
}

PortUse CellRun::Stage::port_use(const Implementation& implementation, const ProgramPart& part, Side side) const {
    if (!workshop_.maps_ports()) return PortUse::mapped;
    return parley::port_use(cell_, implementation, part, side, workshop_.build());
}

// Thousands of cells a minute keep so many ports that programs could find none; that one is free again is announced
// nowhere.
asio::awaitable<void> CellRun::Stage::wait_for_room() {
    asio::steady_timer timer(workshop_.executor());
    while (!interrupted_ && !workshop_.has_room()) {
        error_code cancelled;
        timer.expires_after(50ms);
        co_await timer.async_wait(into(cancelled));
    }
}

/// On a shared loopback, a program that no map reaches and that knows one port runs while nothing else has that port.
asio::awaitable<void> CellRun::Stage::claim_fixed_ports() {
    std::map<std::uint16_t, bool> fixed;  // in their order, so that no two cells wait for each other; whether reusing
    if (cell_.server) {
        server_port_use_ = port_use(*cell_.server, *scenario_.server, Side::server);
        const auto line = command_line(cell_, *cell_.server, *scenario_.server, server_port(), workshop_.build());
        if (server_port_use_ == PortUse::fixed) fixed[server_port()] = is_written_in_go(line.words, line.folder);
    }
    for (const auto& part : scenario_.clients) {
        const auto use =
            part.is_program() ? port_use(implementation_of(cell_, part), part, Side::client) : PortUse::mapped;
        clients_.push_back({part, use, {}, {workshop_, tasks_, [this] { note_change(); }}, {}, {}});
        if (use == PortUse::fixed) fixed.try_emplace(client_port(part), true);  // the relay's
    }
    for (const auto& [port, reusing] : fixed) co_await claim(port, reusing);
}

// That a port is free again is announced nowhere. A server that takes no SO_REUSEADDR has to wait until the connections
// of the one before are forgotten, a minute (tcp(7), TIME_WAIT).
asio::awaitable<void> CellRun::Stage::claim(std::uint16_t port, bool reusing) {
    Time::time_point give_up;
    std::optional<PortClaim> claim;
    asio::steady_timer timer(workshop_.executor());
    while (!interrupted_) {
        if (!claim) {
            claim = PortClaim::take(port);
            give_up = Time::now() + 75s;
        }
        if (claim && is_free(port, reusing)) break;
        const auto holder = claim ? listener_on(port) : std::string();
        if (!holder.empty() || (claim && Time::now() >= give_up))
            throw SetupError(told("port {} is taken{}, and the program can be given no other", port,
                                  holder.empty() ? "" : told(" by {}", holder)));
        error_code cancelled;
        timer.expires_after(20ms);
        co_await timer.async_wait(into(cancelled));
    }
    if (claim) claims_.push_back(std::move(*claim));
}

asio::awaitable<void> CellRun::Stage::make_places() {
    auto making = [this] {
        for (auto& client : clients_) client.place = workshop_.make_place(client_port(client.part), client.port_use);
        if (scenario_.server) server_place_ = workshop_.make_place(server_port(), server_port_use_);
    };
    co_await offload(workshop_.helpers(), making);
}

void CellRun::Stage::listen_for(Client& client, int index) {
    const Place::Visit visit(*client.place);
    const tcp::endpoint own(tcp::v4(), client.place->real(client_port(client.part)));
    relay_->serve(tcp::acceptor(workshop_.executor(), own), index);
}

/// How the turns of a program on trial are gathered. A script reads octet for octet and needs none of it.
std::optional<Gathering> CellRun::Stage::gathering() const {
    if (!side_on_trial_ || serves_script()) return std::nullopt;
    const Side side = *side_on_trial_;
    std::vector<std::set<std::uint64_t>> ends;  // of turns, for each client
    for (const auto& client : scenario_.clients) ends.push_back(turn_ends(client.exchange, side));
    return Gathering{
        side,
        [ends](int client, std::uint64_t octets) { return ends[static_cast<std::size_t>(client)].contains(octets); },
        [this, side](int client) {
            return says_no_more(side == Side::server ? *server_ : clients_[static_cast<std::size_t>(client)].program);
        }};
}

// A program that sleeps, or waits with a time-out, may go on with its turn. What is held back of it for the most of the
// time limit is passed on, so that it is seen what the other side makes of it.
bool CellRun::Stage::says_no_more(const ProgramRun& program) const {
    if (!program.running()) return true;
    const auto waits_for_peer = [this](pid_t process) { return parley::look_at(process, limit()).waits_for_peer(); };
    if (std::ranges::all_of(program.processes(), waits_for_peer)) return true;
    return is_silent_for(longest_pause());
}

// A client that polls never rests, so it is heard for as long as it may compute, whatever others take of the processor.
asio::awaitable<void> CellRun::Stage::hear_out(const ProgramRun& program) {
    asio::steady_timer timer(workshop_.executor());
    std::optional<std::chrono::nanoseconds> computed_before;
    const auto give_up = Time::now() + longest_hearing;
    auto pause = std::chrono::microseconds(100us);
    while (program.running() && !std::ranges::all_of(program.processes(), at_rest) && Time::now() < give_up) {
        std::chrono::nanoseconds computed{};
        for (const pid_t process : program.processes()) computed += processor_time(process);
        if (!computed_before) computed_before = computed;
        if (computed - *computed_before > longest_computing) break;
        error_code cancelled;
        timer.expires_after(pause);
        co_await timer.async_wait(into(cancelled));
        pause = std::min(pause * 2, std::chrono::microseconds(5ms));
    }
}

/// What a program on trial may pause in the midst of what it does.
Time::duration CellRun::Stage::longest_pause() const {
    return limit() * 3 / 4;
}

/// Whether nothing has happened for `longest`, and what the programs had to wait for a processor besides.
bool CellRun::Stage::is_silent_for(Time::duration longest) const {
    const auto silence = Time::now() - last_change_;
    return silence > longest && silence > longest + lost(starvation());
}

// Dual stack, so that it is in the way of servers of either family.
void CellRun::Stage::occupy_server_port() {
    const Place::Visit visit(*server_place_);
    occupant_.emplace(workshop_.executor(), tcp::endpoint(tcp::v6(), server_place_->real(server_port())));
}

// ---- scripts

void CellRun::Stage::serve_script() {
    const Place::Visit visit(*server_place_);
    script_listener_.emplace(workshop_.executor(), tcp::endpoint(tcp::v4(), server_place_->real(server_port())));
    tasks_.spawn(accept_for_script());
}

/// Each connection gets the exchange of the client that it comes from.
asio::awaitable<void> CellRun::Stage::accept_for_script() {
    for (;;) {
        error_code error;
        auto socket = co_await accept_in_turn(*script_listener_, error);
        if (error == asio::error::connection_aborted) continue;
        if (error) co_return;
        const auto port = socket.remote_endpoint(error).port();
        const auto link = error ? std::nullopt : relay_->link_at(Side::server, port);
        if (!link) continue;  // reset already
        const auto& client = clients_[static_cast<std::size_t>(link->client)];
        server_scripts_.emplace_back(std::move(socket), Side::server, client.part.exchange,
                                     surroundings(Side::server, port, client), tasks_);
    }
}

/// Of the script that plays `side` on a connection of `client`. In that side's place the connection has the ephemeral
/// port `port`.
ScriptSurroundings CellRun::Stage::surroundings(Side side, std::uint16_t port, const Client& client) {
    const auto& place = side == Side::client ? *server_place_ : *client.place;
    const auto octets_read = [this, &place, side, port]() -> std::uint64_t {
        const auto link = relay_->link_at(side, port);
        if (!link || !link->other) return 0;
        const auto look = place.connections().look_at(*link->other->own.data(), *link->other->relay.data());
        return look ? look->read : UINT64_MAX;  // a program that has closed reads no more
    };
    return {octets_read,
            [this] { return stillness(); },
            [this, side, port] {
                const auto link = relay_->link_at(side, port);
                const auto& connections = recorder_.transcript().connections;
                const auto number = link ? static_cast<std::size_t>(link->connection) : connections.size();
                auto clock = number < connections.size() ? clock_.since(connections[number]) : clock_;
                clock.ended = latest_time() + clock.shift;
                return clock;
            },
            [this] { note_change(); },
            [this, side, port] {
                if (const auto link = relay_->link_at(side, port)) recorder_.close_connection(link->connection);
            },
            scenario_.outcome == Outcome::deadlock};
}

Stillness CellRun::Stage::stillness() const {
    if (is_anything_under_way()) return Stillness::busy;
    const auto processes = live_processes();
    const auto looks = look_at_all(limit());
    if (is_anything_under_way()) return Stillness::busy;
    if (std::all_of(looks.begin(), looks.end(), [](const auto& look) { return look.waits_for_peer(); }))
        return Stillness::waiting;
    return std::all_of(processes.begin(), processes.end(), at_rest) ? Stillness::asleep : Stillness::busy;
}

template <typename Visitor>
void CellRun::Stage::for_each_script(Visitor visit) const {
    for (const auto& script : server_scripts_) visit(Side::server, 0, script);
    for (std::size_t index = 0; index < clients_.size(); ++index)
        if (clients_[index].script) visit(Side::client, index, *clients_[index].script);
}

// ---- starting

/// A program that no map reaches is told the real port.
CommandLine CellRun::Stage::command_of(const Implementation& implementation, const ProgramPart& part,
                                       const Place& place, PortUse use, std::uint16_t port) const {
    const auto told_port = use == PortUse::mapped ? port : place.real(port);
    return command_line(cell_, implementation, part, told_port, workshop_.build());
}

asio::awaitable<void> CellRun::Stage::start(ProgramRun& program, const Implementation& implementation,
                                            const ProgramPart& part, CommandLine command, const Place& place) {
    const ProgramRun::Setting setting{command.folder, place, container_of(implementation, part, command)};
    co_await program.start(std::move(command.words), part, setting);
}

/// Of what is trusted, the command says what it needs to see.
std::optional<Container> CellRun::Stage::container_of(const Implementation& implementation, const ProgramPart& part,
                                                      const CommandLine& command) const {
    const auto whose = workshop_.contained();
    if (whose == Contained::nobodys || (whose == Contained::strangers && !part.on_trial)) return std::nullopt;
    auto visible = part.on_trial ? implementation.visible : named_paths(command.words, command.folder);
    if (clock_.shift != 0) visible.push_back(clock_library());
    return Container{command.folder, implementation.writable, std::move(visible), workshop_.limits()};
}

asio::awaitable<void> CellRun::Stage::start_server() {
    if (server_) {
        auto part = *scenario_.server;
        if (clock_.shift != 0) part.env.merge(shifted_clock(clock_.shift));
        auto command = command_of(*cell_.server, part, *server_place_, server_port_use_, server_port());
        co_await start(*server_, *cell_.server, part, std::move(command), *server_place_);
    }
    arm_deadline();
}

asio::awaitable<void> CellRun::Stage::start_due_clients() {
    if (server_ && std::holds_alternative<NotStarted>(server_->observation().state)) co_return;
    for (auto& client : clients_) {
        if (!client.started) co_await start(client);
        if (!scenario_.at_once && !client.ended()) co_return;
    }
}

asio::awaitable<void> CellRun::Stage::start(Client& client) {
    const auto& part = client.part;
    if (part.player == Player::idle) {
        client.idle = connected(client);
    } else if (part.player == Player::script) {
        auto socket = connected(client);
        const auto port = socket.local_endpoint().port();
        client.script.emplace(std::move(socket), Side::client, part.exchange, surroundings(Side::client, port, client),
                              tasks_);
    } else {
        const auto& implementation = implementation_of(cell_, part);
        auto command = command_of(implementation, part, *client.place, client.port_use, client_port(part));
        co_await start(client.program, implementation, part, std::move(command), *client.place);
    }
    client.started = true;
    arm_deadline();
}

/// A socket of the harness in the client's place. The relay listens there, so it never waits.
tcp::socket CellRun::Stage::connected(Client& client) {
    const Place::Visit visit(*client.place);
    tcp::socket socket(workshop_.executor(), tcp::v4());
    socket.connect({asio::ip::address_v4::loopback(), client.place->real(client_port(client.part))});
    return socket;
}

// Each client has the whole limit for itself: sixty in a row may take sixty times as long as one.
void CellRun::Stage::arm_deadline() {
    armed_ = Time::now();
    starved_before_.harness = own_starvation();
    deadline_ = armed_ + limit();
}

// A call that waits no longer than this is one that goes on, however near the deadline is: a program that pauses is
// slow and not stuck, and a deadline may yet be put off.
Time::duration CellRun::Stage::limit() const {
    const std::chrono::duration<double, std::milli> limit = scenario_.time_limit * workshop_.timeout_scale();
    return std::chrono::duration_cast<Time::duration>(limit);
}

// ---- watching

asio::awaitable<Ending> CellRun::Stage::watch() {
    auto settle_pause = 200us;
    for (;;) {
        if (tasks_.trouble()) std::rethrow_exception(tasks_.trouble());
        if (interrupted_) co_return Ending::interrupted;
        co_await start_due_clients();
        auto next = std::min(deadline_, std::max(last_change_, looked_at_) + between_looks);
        if (conversation_over()) {
            if (server_settled()) co_return Ending::complete;
            // That a program goes to sleep is announced nowhere either.
            next = std::min(next, Time::now() + settle_pause);
            settle_pause = std::min(settle_pause * 2, std::chrono::microseconds(between_looks));
        }
        if (floods()) co_return Ending::flood;
        if (Time::now() >= std::max(last_change_, looked_at_) + between_looks && nobody_can_go_on()) {
            const bool client_waits =
                std::any_of(clients_.begin(), clients_.end(), [](const auto& client) { return !client.ended(); });
            co_return client_waits ? Ending::deadlock : Ending::complete;
        }
        if (Time::now() >= deadline_ && deadline_stands()) {
            if (side_on_trial_ == Side::server && conversation_over() && server_may_stay()) co_return Ending::complete;
            const bool stays = server_stays_with_idle_clients();
            if (stays && server_rests()) co_return Ending::complete;
            if (!stays || Time::now() >= deadline_ + longest_turn) co_return Ending::deadline;
            next = Time::now() + settle_pause;
        }
        co_await changed_.wait_until(next);
    }
}

/// Whether the side on trial goes on for ever: to wait for its end would show nothing more.
bool CellRun::Stage::floods() const {
    if (!side_on_trial_) return false;
    const auto& connections = recorder_.transcript().connections;
    for (std::size_t number = 0; number < connections.size(); ++number) {
        const auto octets = recorder_.octets(static_cast<int>(number), *side_on_trial_);
        const auto turns = recorder_.turns(static_cast<int>(number), *side_on_trial_);
        if (octets < most_surplus && turns < most_surplus_turns) continue;
        const auto client = static_cast<std::size_t>(connections[number].client);
        const auto said =
            most_of(scenario_, client, [this](const auto& exchange) { return octets_said(exchange, *side_on_trial_); });
        if (said && octets > *said + most_surplus) return true;
        const auto taken = most_of(scenario_, client, [](const auto& exchange) { return exchange.size(); });
        if (taken && turns > *taken + most_surplus_turns) return true;
    }
    return false;
}

bool CellRun::Stage::conversation_over() const {
    if (server_ && std::holds_alternative<NotStarted>(server_->observation().state)) return true;
    int index = 0;
    for (const auto& client : clients_) {
        if (!client.ended()) return false;
        if (client.part.player != Player::idle && relay_ && relay_->open_links(index) > 0) return false;
        ++index;
    }
    return true;
}

// A server that has to go on is watched until it sleeps again, so that one that dies of its last client is seen to.
// What it does for a client that stays, or where there is none, has no such end: only that nobody can go on tells.
bool CellRun::Stage::server_settled() const {
    if (!server_ || !server_->running()) return true;
    if (!server_may_stay() || any_client_stays() || server_owes_print()) return false;
    return server_rests() || (side_on_trial_ == Side::server && is_silent_for(longest_unrest));
}

/// Whether the server may go on when all clients have left.
bool CellRun::Stage::server_may_stay() const {
    const auto ends = [](const Scenario& way) { return way.server->expect.exit.has_value(); };
    const bool has_to_end =
        ends(scenario_) || std::any_of(scenario_.other_ways.begin(), scenario_.other_ways.end(), ends);
    return !has_to_end && !clients_.empty();
}

/// Whether the server on trial may yet print what it has to: when it does is its own business.
bool CellRun::Stage::server_owes_print() const {
    const auto& part = *scenario_.server;
    if (!part.on_trial || !part.expect.out || is_silent_for(longest_pause())) return false;
    const auto held = held_output(part, server_->observation().out.bytes);
    return match(*part.expect.out, held, clock_).incomplete;
}

bool CellRun::Stage::any_client_stays() const {
    return std::ranges::any_of(clients_, [](const auto& client) { return client.idle.has_value(); });
}

// One that has ended in its container, which is still to be heard of, does not rest.
bool CellRun::Stage::server_rests() const {
    const auto processes = server_->processes();
    return !processes.empty() && std::ranges::all_of(processes, at_rest);
}

// One whose thread wakes now and then, or that waits with a time-out, could always go on. Where it has not until the
// deadline, it only keeps the connections of clients that stay.
bool CellRun::Stage::server_stays_with_idle_clients() const {
    const bool all_others_left = std::ranges::all_of(clients_, [](const auto& client) { return client.ended(); });
    return server_ && server_->running() && any_client_stays() && all_others_left && !relay_->in_flight();
}

/// Whether the kernel or the loop has something for anybody who has not been told of it. Asked before the programs are
/// looked at and after it: what is delivered between the questions to the relay and to a script is found by one of
/// them, a program to which something was delivered before is seen to run, and one that is seen to wait may have sent,
/// ended or begun to listen only just before.
bool CellRun::Stage::is_anything_under_way() const {
    // A connection stands before the script that is to play on it takes it.
    bool found = script_listener_ && is_readable(*script_listener_);
    for_each_script(
        [&](Side, std::size_t, const Script& script) { found |= script.has_to_hear() || script.is_sending(); });
    return found || (relay_ && relay_->in_flight()) || end_is_on_its_way();
}

bool CellRun::Stage::nobody_can_go_on() {
    looked_at_ = Time::now();
    const bool before = is_anything_under_way();
    auto looks = look_at_all(limit());
    bool script_goes_on = false;
    for_each_script([&](Side, std::size_t, const Script& script) { script_goes_on |= script.goes_on_by_itself(); });
    if (before || script_goes_on || is_anything_under_way()) {
        looks_.reset();
        return false;
    }
    // A child that is being started holds copies of all descriptors until its exec: an end of stream or of stdin that
    // was meant to come has perhaps not come.
    if (!workshop_.leaders().all_known()) return false;
    const bool all_wait =
        std::all_of(looks.begin(), looks.end(), [](const auto& look) { return look.waits_for_peer(); });
    const bool same = looks_ && *looks_ == looks && last_change_ < looked_at_ - between_looks;
    looks_ = std::move(looks);
    return all_wait && same;
}

bool CellRun::Stage::deadline_stands() {
    if (put_off_by_turns()) return false;
    const auto until_now = starvation();
    const auto more = lost(until_now);
    if (more < 10ms || ++extensions_ > most_extensions) return true;
    armed_ = Time::now();
    deadline_ = armed_ + more;
    starved_before_ = until_now;
    return false;
}

/// A program on trial has the whole limit for what it answers to each turn of the other side: to be slow in every one
/// of twenty is no fault. The other side's turns are counted, so there is an end.
bool CellRun::Stage::put_off_by_turns() {
    if (!side_on_trial_) return false;
    const auto& events = recorder_.transcript().events;
    const auto last = std::find_if(events.rbegin(), events.rend(), [this](const WireEvent& event) {
        return event.side != *side_on_trial_ && event.kind == WireEvent::Kind::data;
    });
    const auto turns =
        std::accumulate(clients_.begin(), clients_.end(), std::size_t{0},
                        [](std::size_t sum, const Client& client) { return sum + client.part.exchange.size(); });
    if (last == events.rend() || put_off_ >= turns) return false;
    const auto deadline = began_ + last->at + limit();
    if (deadline <= Time::now()) return false;
    ++put_off_;
    armed_ = began_ + last->at;
    deadline_ = deadline;
    starved_before_ = starvation();
    return true;
}

/// Of the time since the deadline was set, that which does not count against the programs.
Time::duration CellRun::Stage::lost(const Starvation& until_now) const {
    const auto starved = until_now.programs - starved_before_.programs + (until_now.harness - starved_before_.harness);
    return std::min(starved, Time::duration(Time::now() - armed_));
}

CellRun::Stage::Starvation CellRun::Stage::starvation() const {
    Starvation until_now{{}, own_starvation()};
    for (const auto& look : look_at_all(0s))
        until_now.programs = std::max<Time::duration>(until_now.programs, look.starved());
    return until_now;
}

std::vector<pid_t> CellRun::Stage::live_processes() const {
    std::vector<pid_t> live = find_strays(workshop_.leaders(), homes());
    std::erase_if(live, is_strace);
    const auto add = [&](const ProgramRun& program) {
        const auto processes = program.processes();
        live.insert(live.end(), processes.begin(), processes.end());
    };
    if (server_) add(*server_);
    for (const auto& client : clients_) add(client.program);
    return live;
}

CellRun::Stage::Looks CellRun::Stage::look_at_all(std::chrono::nanoseconds horizon) const {
    Looks looks;
    for (const pid_t process : live_processes()) looks.push_back(parley::look_at(process, horizon));
    return looks;
}

/// Of a program in a container, its end is seen before it is heard of.
bool CellRun::Stage::end_is_on_its_way() const {
    const auto is_due = [](const ProgramRun& program) { return program.running() && program.processes().empty(); };
    return (server_ && is_due(*server_)) ||
           std::ranges::any_of(clients_, [&](const auto& client) { return is_due(client.program); });
}

Homes CellRun::Stage::homes() const {
    Homes all;
    if (server_place_) all = servers_homes();
    for (const auto& client : clients_) {
        if (client.place) client.place->add_to(all);
        if (client.program.observation().process != 0) all.sessions.insert(client.program.observation().process);
    }
    return all;
}

Homes CellRun::Stage::servers_homes() const {
    Homes homes;
    server_place_->add_to(homes);
    if (server_ && server_->observation().process != 0) homes.sessions.insert(server_->observation().process);
    return homes;
}

// ---- ending

/// Those that `program` left behind, of which there are none while its first process runs.
int CellRun::Stage::left_behind(const ProgramRun& program, const Place& place) const {
    if (!program.started() || program.running()) return 0;
    Homes homes;
    place.add_to(homes);
    if (program.observation().process != 0) homes.sessions.insert(program.observation().process);
    const auto left = program.contained() ? program.processes() : find_living_strays(workshop_.leaders(), homes);
    int count = 0;
    for (const pid_t process : left) count += static_cast<int>(process_tree(process).size());
    return count;
}

/// Whether strace has yet to write what a program that has ended called last.
bool CellRun::Stage::trace_is_under_way() const {
    return (server_ && server_->trace_is_under_way()) ||
           std::ranges::any_of(clients_, [](const auto& client) { return client.program.trace_is_under_way(); });
}

/// Whether there are any, of any program.
bool CellRun::Stage::note_left_behind() {
    bool any = false;
    const auto note = [&](ProgramRun& program, const Place& place) {
        program.observation().left_behind = left_behind(program, place);
        any |= program.observation().left_behind > 0;
    };
    if (server_) note(*server_, *server_place_);
    for (auto& client : clients_) note(client.program, *client.place);
    return any;
}

/// Nothing announces the end of a process whose parent has ended: only a look tells.
asio::awaitable<void> CellRun::Stage::let_descendants_end() {
    const auto begun = Time::now();
    for (;;) {
        const bool left_behind = note_left_behind();
        const auto give_up = begun + (left_behind ? descendants_grace : trace_grace);
        if ((!left_behind && !trace_is_under_way()) || interrupted_ || Time::now() >= give_up) break;
        co_await changed_.wait_until(std::min(give_up, Time::now() + between_looks / 10));
    }
}

void CellRun::Stage::look_once_more(Ending ending) {
    const bool stuck = ending != Ending::complete;
    if (server_) {
        if (stuck) look_at(*server_, *server_place_);
        if (!relay_->reached_server()) server_->observation().listens = servers_listeners();
        look_for_queued_connections();
        server_->observation().stopped = is_stopped(*server_);
    }
    for_each_script([&](Side side, std::size_t index, const Script& script) {
        if (!stuck || script.waits_for().empty()) return;
        const std::string name = side == Side::server  ? tr("the server")
                                 : clients_.size() > 1 ? told("client {}", index + 1)
                                                       : tr("the client");
        script_waits_.push_back(format("{} {}", name, script.waits_for()));
    });
    const auto& connections = recorder_.transcript().connections;
    for (std::size_t index = 0; index < clients_.size(); ++index) {
        auto& client = clients_[index];
        auto& observation = client.program.observation();
        observation.opened_connection =
            std::any_of(connections.begin(), connections.end(),
                        [=](const auto& connection) { return connection.client == static_cast<int>(index); });
        if (!observation.opened_connection && client.part.is_program())
            observation.opened_connection = client.place->has_connected();
        if (stuck) look_at(client.program, *client.place);
        observation.stopped = is_stopped(client.program);
    }
}

void CellRun::Stage::look_at(ProgramRun& program, const Place& place) const {
    for (const pid_t process : program.processes()) {
        for (auto& call : parley::look_at(process, 0s).waits()) {
            if (call.on_socket) call.object = place.with_named_port(std::move(call.object));
            program.observation().waits.push_back(std::move(call));
        }
    }
}

void CellRun::Stage::look_for_queued_connections() {
    const int count = static_cast<int>(recorder_.transcript().connections.size());
    for (int connection = 0; connection < count; ++connection) {
        const auto ends = relay_->ends_at_server(connection);
        const auto look =
            ends ? server_place_->connections().look_at(*ends->own.data(), *ends->relay.data()) : std::nullopt;
        if (look && look->queued) recorder_.note_queued(connection);
    }
}

/// The contract of every role has its server reached at 127.0.0.1; of other programs either family will do.
bool CellRun::Stage::is_met_by_v4() const {
    return side_on_trial_ == Side::server && !scenario_.server->role.empty();
}

/// The sockets that the server's processes hold.
std::set<ino_t> CellRun::Stage::servers_sockets() const {
    auto processes = find_strays(workshop_.leaders(), servers_homes());
    for (const pid_t process : server_->processes()) processes.push_back(process);
    std::set<ino_t> sockets;
    for (const pid_t first : processes)
        for (const pid_t process : process_tree(first)) sockets.merge(sockets_of(process));
    return sockets;
}

/// Where the server's processes listen, as they call it. On a loopback that others share, not all that listen are its.
std::vector<std::string> CellRun::Stage::servers_listeners() const {
    const bool shared = server_place_->maps_ports();
    const auto sockets = shared ? servers_sockets() : std::set<ino_t>();
    std::vector<std::string> found;
    for (const auto& listener : listeners_->listeners()) {
        if (shared && !sockets.contains(listener.inode)) continue;
        if (shared && listener.port == server_port() && server_place_->real(listener.port) != listener.port)
            throw SetupError(
                told("the server listens on port {} itself: what it started is reached by no library that is "
                     "preloaded, and so cannot be given a port of its own on a loopback that all share",
                     listener.port));
        const bool is_out_of_reach = is_met_by_v4() && listener.v6_only;
        found.push_back(server_place_->with_named_port(listener.address) + (is_out_of_reach ? v6_only_mark : ""));
    }
    std::sort(found.begin(), found.end());
    return found;
}

asio::awaitable<void> CellRun::Stage::end_everything() {
    clock_.ended = latest_time() + clock_.shift;
    recorder_.freeze();
    if (server_) server_->freeze();
    for (auto& client : clients_) client.program.freeze();

    if (server_) server_->kill();
    for (auto& client : clients_) {
        client.program.kill();
        client.idle.reset();
        if (client.script) client.script->stop();
    }
    error_code ignored;
    if (script_listener_) script_listener_->close(ignored);
    for (auto& script : server_scripts_) script.stop();
    if (relay_) relay_->stop();
    occupant_.reset();

    const auto any_running = [this] {
        return (server_ && server_->alive()) ||
               std::ranges::any_of(clients_, [](const auto& client) { return client.program.alive(); });
    };
    while (any_running()) co_await changed_.wait();
    if (server_ && clock_.shift != 0) remove_clock_of(server_->observation().process);
    // Strays may hold the consoles, and more of them may fall to this process until the consoles are quiet. Once all
    // are dead, the grace is for the kernel.
    const auto give_up = Time::now() + console_grace;
    const auto all = homes();
    for (;;) {
        co_await end_strays(workshop_.leaders(), all);
        if (tasks_.running() == 0 || Time::now() >= give_up) break;
        co_await changed_.wait_until(give_up);
    }
    if (server_) server_->close_consoles();
    for (auto& client : clients_) client.program.close_consoles();
    co_await tasks_.join();
    if (server_) server_->add_calls(server_place_->real(server_port()));
    for (auto& client : clients_) {
        if (client.started) client.program.add_calls(client.place->real(client_port(client.part)));
    }
}

Observation CellRun::Stage::collect(Ending ending, std::string trouble) {
    Observation observation;
    observation.transcript = recorder_.take();
    if (server_) observation.server = std::move(server_->observation());
    for (auto& client : clients_) observation.clients.push_back(std::move(client.program.observation()));
    observation.script_waits = std::move(script_waits_);
    observation.ending = ending;
    observation.trouble = std::move(trouble);
    observation.clock = clock_;
    observation.seconds = std::chrono::duration<double>(Time::now() - began_).count();
    observation.port = server_port();
    return observation;
}

}  // namespace parley
