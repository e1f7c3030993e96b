#include "parley/report/expected_rows.h"

#include <algorithm>
#include <optional>
#include <string>

#include "parley/base/format.h"
#include "parley/report/diagram_rows.h"
#include "parley/scenario/ports.h"

namespace parley {

namespace {

using Kind = DiagramRow::Kind;

/// How a part has to end.
std::vector<std::string> ending(const ProgramPart& part) {
    std::vector<std::string> box;
    if (part.player == Player::idle) box.emplace_back("stays silent, leaves last");
    if (part.expect.exit) box.push_back(format("exit {}", *part.expect.exit));
    if (part.expect.running) box.emplace_back("still running");
    const auto add_console = [&](const char* stream, const std::optional<Value>& printed) {
        if (!printed) return;
        const auto lines = console_lines(stream, *printed);
        box.insert(box.end(), lines.begin(), lines.end());
    };
    add_console("stdout", part.expect.out);
    add_console("stderr", part.expect.err);
    return box;
}

/// All parts, one client below the other.
class Rows {
public:
    Rows(const Scenario& scenario, const Catalogue& catalogue)
        : scenario_(scenario), port_(server_port(scenario, catalogue)) {}

    std::vector<DiagramRow> all() {
        const auto clients = scenario_.clients.size();
        if (clients == 0) add_server_alone();
        for (std::size_t i = 0; i < clients;) {
            const auto copies = copies_from(scenario_, i);
            add_client(i, copies);
            i += copies;
        }
        return std::move(rows_);
    }

private:
    const ServerPart& server() const { return *scenario_.server; }

    void leave(Who who, const ProgramPart& part) { add_row(rows_, Kind::leaves, who).text = ending(part); }

    /// With somebody else on its port it does not come to listen; how it ends before is its own business.
    void add_server_alone() {
        add_player(rows_, Who::server, player_name(server()));
        if (server().expect.exit && !server().port_in_use) {
            add_row(rows_, Kind::unknown, Who::server);
            return leave(Who::server, server());
        }
        add_bind(rows_, port_);
        if (server().port_in_use) {
            auto& row = add_row(rows_, Kind::calls, Who::server);
            row.server_call = "= -1";
            row.text = {"somebody else has the port"};
        } else {
            add_calls(rows_, "", "listen");
            add_calls(rows_, "", "accept …");
        }
        leave(Who::server, server());
    }

    void add_client(std::size_t index, std::size_t copies) {
        const auto& client = scenario_.clients[index];
        const bool first = index == 0, last = index + copies == scenario_.clients.size();
        const bool nobody_listens = !scenario_.server && !client.exchange.empty();
        add_row(rows_, Kind::joins, Who::client).text = name_of(index, copies);
        if (scenario_.server && first) {
            add_player(rows_, Who::server, player_name(server()));
            add_bind(rows_, port_);
        }
        if (nobody_listens) add_row(rows_, Kind::absent, Who::server).text = {"nobody listens"};
        if (scenario_.server)
            add_connect(rows_, first ? "listen" : "", "accept");
        else if (nobody_listens)
            add_connect(rows_, "", format(":{}", port_));
        else
            add_row(rows_, Kind::unknown, Who::client);
        add_turns(client.exchange, true, rows_);
        if (scenario_.server && last) add_rest();
        leave(Who::client, client);
        if (scenario_.server && last) leave(Who::server, server());
        if (nobody_listens) add_row(rows_, Kind::leaves, Who::server);
    }

    /// What the server does after the last exchange.
    void add_rest() {
        if (scenario_.outcome == Outcome::deadlock) {
            auto& row = add_row(rows_, Kind::waits, Who::both);
            row.client_call = row.server_call = "recv …";
            row.text = {"each waits for the other"};
        } else if (server().expect.running) {
            add_calls(rows_, "", "accept …");
        }
    }

    /// Who it is, and of several which, and when.
    std::vector<std::string> name_of(std::size_t index, std::size_t copies) const {
        const auto who = player_name(scenario_.clients[index]);
        if (scenario_.clients.size() == 1) return {in_a_box(who)};
        const auto number = copies == 1
                                ? format("client {}", index + 1)
                                : format("clients {} {} {}", index + 1, copies == 2 ? "and" : "to", index + copies);
        const auto* when = scenario_.at_once ? "at once" : copies > 1 ? "one after the other" : index > 0 ? "then" : "";
        std::vector<std::string> lines{in_a_box(format("{}: {}", number, who))};
        if (when[0] != '\0') lines.emplace_back(when);
        return lines;
    }

    const Scenario& scenario_;
    int port_;
    std::vector<DiagramRow> rows_;
};

}  // namespace

std::vector<DiagramRow> expected_rows(const Scenario& scenario, const Catalogue& catalogue) {
    return Rows(scenario, catalogue).all();
}

std::size_t copies_from(const Scenario& scenario, std::size_t first) {
    const auto begin = scenario.clients.begin() + static_cast<std::ptrdiff_t>(first);
    const auto other = std::find_if(begin, scenario.clients.end(),
                                    [&](const ClientPart& client) { return client.position != begin->position; });
    return static_cast<std::size_t>(other - begin);
}

}  // namespace parley
