#include "parley/report/diagram_rows.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/report/one_line.h"
#include "parley/report/terminal.h"
#include "parley/report/text_lines.h"
#include "parley/scenario/match.h"

namespace parley {

namespace {

using Kind = DiagramRow::Kind;

constexpr std::size_t most_lines = 4;
constexpr std::size_t most_console_lines = 6;

class TurnRows {
public:
    TurnRows(const std::vector<Turn>& turns, bool accepted, std::vector<DiagramRow>& rows)
        : turns_(turns), rows_(rows) {
        if (!accepted) ends_[Side::server] = End::closed;  // as little as one that has closed it, it has the socket
    }

    void add_all() {
        for (; at_ < turns_.size(); ++at_) {
            const auto& turn = turns_[at_];
            if (const auto* value = std::get_if<Value>(&turn.what)) add_data(turn, *value);
            if (const auto* event = std::get_if<StreamEvent>(&turn.what)) add_event(turn, *event);
            if (const auto* pause = std::get_if<Pause>(&turn.what)) add_pause(turn, *pause);
        }
        // A client that has ended only its own direction still has the socket.
        if (ends_[Side::client] == End::half && ends_[Side::server] != End::none) add_call(Side::client, "close");
    }

private:
    enum class End { none, half, closed };

    DiagramRow& add(Kind kind, Who who, const std::string& call, const std::string& others_call) {
        auto& row = add_row(rows_, kind, who);
        row.client_call = who == Who::server ? others_call : call;
        row.server_call = who == Who::server ? call : others_call;
        return row;
    }

    DiagramRow& add_call(Side side, const std::string& call) {
        return add(Kind::calls, side == Side::client ? Who::client : Who::server, call, "");
    }

    void add_data(const Turn& turn, const Value& value) {
        auto& row = add(Kind::data, turn.who, "send", hearing(turn));
        row.text = described(value, between_columns, most_lines);
        if (const auto length = length_of(value)) row.measure = octets(*length);
        if (turn.pieces_of == 0) return;
        const auto size = grouped(turn.pieces_of);
        row.measure =
            row.measure.empty() ? told("in pieces of {}", size) : told("{} in pieces of {}", row.measure, size);
    }

    /// What the listener calls to hear it; nothing where its socket is closed. The last that came before its reset may
    /// have lain unread in the socket, and that have caused the reset.
    std::string hearing(const Turn& turn) {
        const Side listener = other(sides_of(turn.who).front());
        if (ends_[listener] == End::closed) return "";
        for (auto later = at_ + 1; later < turns_.size(); ++later) {
            const auto& next = turns_[later];
            const auto* event = std::get_if<StreamEvent>(&next.what);
            if (event && *event == StreamEvent::reset && includes(next.who, listener)) return "recv ?";
            if (std::holds_alternative<Value>(next.what) && includes(next.who, other(listener))) break;
        }
        return "recv";
    }

    void add_pause(const Turn& turn, const Pause& pause) {
        add_call(sides_of(turn.who).front(), tr("pause")).text = {
            with_decimal_mark(format("{} s", std::chrono::duration<double>(pause.length).count()))};
    }

    void add_event(const Turn& turn, StreamEvent event) {
        if (event == StreamEvent::refused) {
            auto& row = add(Kind::reset, Who::server, "", "");
            row.measure = "RST";
            row.text = {tr("connection refused")};
        } else if (turn.who == Who::both) {
            const auto* call = "close";
            add(event == StreamEvent::end ? Kind::end : Kind::reset, turn.who, call, call).measure = packet(event);
            ends_[Side::client] = ends_[Side::server] = End::closed;
        } else {
            add_end(turn, event);
        }
    }

    void add_end(const Turn& turn, StreamEvent event) {
        const Side side = sides_of(turn.who).front();
        const bool goes_on =
            side == Side::client && event == StreamEvent::end && server_speaks_later() && !client_resets_later();
        const auto* heard = ends_[other(side)] == End::closed ? ""
                            : event == StreamEvent::end       ? "recv = 0"
                                                              : "recv = -1";
        const auto kind = event == StreamEvent::end ? Kind::end : Kind::reset;
        const auto* call = goes_on ? "shutdown" : ends_[side] == End::closed ? "" : "close";
        add(kind, turn.who, call, heard).measure = packet(event);
        ends_[side] = goes_on ? End::half : End::closed;
    }

    /// Then the client has only said all. What comes to a server that has ended comes to a closed socket, as a rule.
    bool server_speaks_later() const {
        return std::any_of(turns_.begin() + static_cast<std::ptrdiff_t>(at_), turns_.end(), [](const Turn& turn) {
            return std::holds_alternative<Value>(turn.what) && turn.who == Who::server;
        });
    }

    /// Then it has closed the socket: the kernel sends a reset for whatever comes to it.
    bool client_resets_later() const {
        return std::any_of(turns_.begin() + static_cast<std::ptrdiff_t>(at_), turns_.end(), [](const Turn& turn) {
            const auto* event = std::get_if<StreamEvent>(&turn.what);
            return event && *event == StreamEvent::reset && turn.who == Who::client;
        });
    }

    static const char* packet(StreamEvent event) { return event == StreamEvent::end ? "FIN" : "RST"; }

    const std::vector<Turn>& turns_;
    std::vector<DiagramRow>& rows_;
    std::size_t at_ = 0;
    std::map<Side, End> ends_;
};

}  // namespace

DiagramRow& add_row(std::vector<DiagramRow>& rows, Kind kind, Who who) {
    auto& row = rows.emplace_back();
    row.kind = kind;
    row.who = who;
    return row;
}

void add_calls(std::vector<DiagramRow>& rows, const std::string& client_call, const std::string& server_call) {
    auto& row = add_row(rows, Kind::calls, Who::client);
    row.client_call = client_call;
    row.server_call = server_call;
}

void add_player(std::vector<DiagramRow>& rows, Who who, const std::string& words) {
    add_row(rows, Kind::joins, who).text = {in_a_box(words)};
}

void add_bind(std::vector<DiagramRow>& rows, int port) {
    add_calls(rows, "", "socket");
    add_calls(rows, "", format("bind :{}", port));
}

void add_connect(std::vector<DiagramRow>& rows, const std::string& beside_socket, const std::string& beside_connect) {
    add_calls(rows, "socket", beside_socket);
    auto& row = add_row(rows, Kind::connects, Who::client);
    row.client_call = "connect";
    row.server_call = beside_connect;
    row.measure = "SYN";
}

void add_turns(const std::vector<Turn>& turns, bool accepted, std::vector<DiagramRow>& rows) {
    TurnRows(turns, accepted, rows).add_all();
}

std::string player_name(const ProgramPart& part) {
    if (part.player == Player::script) return tr("script");
    if (part.player == Player::idle) return tr("silent");
    if (!part.own) return part.role;
    // `python3 server.py`, `ncat`
    const auto& command = part.own->command;
    const bool names_script = command.size() > 1 && command[1].find_first_of("-{") != 0;
    const auto program = std::filesystem::path(command.front()).filename().string();
    return program + (names_script ? " " + command[1] : "");
}

std::string in_a_box(const std::string& words) {
    return std::string(clipped(one_line(words), box_columns));
}

std::vector<std::string> console_lines(const std::string& stream, const Value& printed) {
    const auto* literal = printed.literal();
    if (literal && literal->empty()) return {told("{} nothing", stream)};
    std::vector<std::string> lines;
    std::string margin = stream + " ";
    for (const auto& line : described(printed, box_columns - margin.size(), most_console_lines)) {
        lines.push_back(margin + line);
        margin.assign(margin.size(), ' ');
    }
    return lines;
}

}  // namespace parley
