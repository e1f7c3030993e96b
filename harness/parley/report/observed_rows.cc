#include "parley/report/observed_rows.h"

#include <algorithm>
#include <map>
#include <string>

#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/judge/acts.h"
#include "parley/judge/arrival.h"
#include "parley/judge/wording.h"
#include "parley/report/diagram_rows.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

using Kind = DiagramRow::Kind;

/// How it stood, and what it had printed.
std::vector<std::string> ending(const ProgramObservation& program) {
    std::vector<std::string> box{in_a_box(state_text(program.state))};
    const auto add_console = [&](const char* stream, const Captured& printed) {
        if (printed.total == 0) return;
        const auto lines = console_lines(stream, Value{{Literal{printed.bytes}}, {}});
        box.insert(box.end(), lines.begin(), lines.end());
    };
    add_console("stdout", program.out);
    add_console("stderr", program.err);
    return box;
}

/// The call in which it waits, by the name that the slides give it.
std::string waiting_call(const ProgramObservation& program) {
    static const std::map<std::string, std::string> names{
        {"accept4", "accept"}, {"recvfrom", "recv"}, {"recvmsg", "recv"}, {"read", "recv"},
        {"sendto", "send"},    {"sendmsg", "send"},  {"write", "send"},   {"epoll_wait", "epoll"}};
    const auto* call = telling_call(program);
    if (!call) return {};
    const auto known = names.find(call->call);
    return std::string(clipped(known == names.end() ? call->call : known->second, call_columns - 2)) + " …";
}

class Rows {
public:
    Rows(const Scenario& scenario, const Observation& seen, int client)
        : scenario_(scenario), seen_(seen), client_(client) {}

    std::vector<DiagramRow> all() {
        add_player(rows_, Who::client, player_name(client()));
        if (scenario_.server && !seen_.server) {
            add_player(rows_, Who::server, player_name(*scenario_.server));
            add_bind(rows_, seen_.port);
        }
        if (seen_.server) {
            add_player(rows_, Who::server, player_name(*scenario_.server));
            if (has_listened(seen_)) add_bind(rows_, seen_.port);
            if (!has_listened(seen_) && !seen_.server->listens.empty()) add_elsewhere(seen_.server->listens.front());
        }
        add_connections();
        if (seen_.ending != Ending::complete) add_waits();
        add_row(rows_, Kind::leaves, Who::client).text =
            client().is_program() ? ending(program()) : std::vector{player_name(client())};
        if (seen_.server) add_row(rows_, Kind::leaves, Who::server).text = ending(*seen_.server);
        if (scenario_.server && !seen_.server)
            add_row(rows_, Kind::leaves, Who::server).text = {player_name(*scenario_.server)};
        return std::move(rows_);
    }

private:
    const ClientPart& client() const { return scenario_.clients[static_cast<std::size_t>(client_)]; }
    const ProgramObservation& program() const { return seen_.clients[static_cast<std::size_t>(client_)]; }

    void add_elsewhere(const std::string& address) {
        add_calls(rows_, "", "socket");
        add_calls(rows_, "", "bind " + address.substr(std::min(address.rfind(':'), address.size())));
        add_calls(rows_, "", "listen");
    }

    void add_connections() {
        const auto connections = connections_of(seen_, client_);
        if (connections.empty()) return add_fruitless();
        for (int connection : connections) {
            const auto& events = seen_.transcript.events;
            const bool queued = seen_.transcript.connections[static_cast<std::size_t>(connection)].queued;
            const bool accepted = !queued && std::ranges::any_of(events, [&](const WireEvent& event) {
                return event.connection == connection && event.side == Side::server;
            });
            const bool listens = (!seen_.server || has_listened(seen_)) && connection == connections.front();
            add_connect(rows_, listens ? "listen" : "", accepted ? "accept" : "");
            auto turns = turns_seen(seen_.transcript, connection);
            if (client_closed(connection)) turns.push_back({Who::client, StreamEvent::reset, {}});
            add_turns(turns, !queued, rows_);
        }
    }

    /// Whether the client had closed its socket while the server still spoke, which is answered with a reset.
    bool client_closed(int connection) const {
        bool ended = false;
        for (const auto& event : seen_.transcript.events) {
            if (event.connection != connection || event.side != Side::client) continue;
            if (ended && event.kind == WireEvent::Kind::reset) return true;
            ended = ended || event.kind == WireEvent::Kind::end;
        }
        return false;
    }

    /// Without a connection.
    void add_fruitless() {
        if (scenario_.server || !program().opened_connection) {
            add_row(rows_, Kind::unknown, Who::client);
            return;
        }
        add_row(rows_, Kind::absent, Who::server).text = {tr("nobody listens")};
        add_connect(rows_, "", format(":{}", seen_.port));
        add_turns({Turn{Who::client, StreamEvent::refused, {}}}, false, rows_);
        add_row(rows_, Kind::leaves, Who::server);
    }

    void add_waits() {
        auto& row = add_row(rows_, Kind::waits, Who::both);
        row.client_call = waiting_call(program());
        if (seen_.server) row.server_call = waiting_call(*seen_.server);
    }

    const Scenario& scenario_;
    const Observation& seen_;
    int client_;
    std::vector<DiagramRow> rows_;
};

}  // namespace

std::vector<DiagramRow> observed_rows(const Scenario& scenario, const Observation& observation, int client) {
    return Rows(scenario, observation, client).all();
}

}  // namespace parley
