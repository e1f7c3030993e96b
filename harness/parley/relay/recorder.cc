#include "parley/relay/recorder.h"

#include <algorithm>
#include <utility>

namespace parley {

namespace {

void keep_end(Bytes& tail, std::string_view bytes) {
    const auto last = bytes.substr(bytes.size() - std::min(bytes.size(), Transcript::tail_bytes));
    const auto before = std::min(tail.size(), Transcript::tail_bytes - last.size());
    tail.erase(0, tail.size() - before);
    tail.append(last);
}

}  // namespace

int Recorder::open_connection(const Connection& connection) {
    const auto number = static_cast<int>(transcript_.connections.size());
    if (frozen_) return number;
    transcript_.connections.push_back(connection);
    directions_.emplace_back();
    record(number, Side::client, WireEvent::Kind::connected);
    return number;
}

void Recorder::arrive(int connection, int port) {
    if (frozen_) return;
    transcript_.connections[static_cast<std::size_t>(connection)].server_port = port;
    record(connection, Side::server, WireEvent::Kind::connected);
}

void Recorder::note_queued(int connection) {
    if (!frozen_) transcript_.connections[static_cast<std::size_t>(connection)].queued = true;
}

void Recorder::refuse_connection(int client) {
    if (frozen_) return;
    ++transcript_.refused[client];
    changed_();
}

void Recorder::close_connection(int connection) {
    closed_.insert(connection);
}

void Recorder::record(int connection, Side side, WireEvent::Kind kind, std::string_view bytes) {
    if (frozen_ || closed_.contains(connection)) return;
    if (kind == WireEvent::Kind::data)
        add_data(connection, side, bytes);
    else
        add(connection, side, kind, {}, 0);
    changed_();
}

Recorder::Direction& Recorder::direction(int connection, Side side) {
    return directions_[static_cast<std::size_t>(connection)][side == Side::server ? 1 : 0];
}

const Recorder::Direction& Recorder::direction(int connection, Side side) const {
    return directions_[static_cast<std::size_t>(connection)][side == Side::server ? 1 : 0];
}

std::uint64_t Recorder::octets(int connection, Side side) const {
    return direction(connection, side).octets;
}

std::uint64_t Recorder::turns(int connection, Side side) const {
    return direction(connection, side).turns;
}

/// How many octets more of `direction` events may keep.
std::size_t Recorder::room_for(const Direction& direction) const {
    if (transcript_.events.size() >= Transcript::most_events) return 0;
    return std::min(Transcript::kept_bytes - direction.kept, Transcript::kept_in_all - kept_);
}

void Recorder::add(int connection, Side side, WireEvent::Kind kind, std::string_view bytes, std::uint64_t cut) {
    const auto since = std::chrono::steady_clock::now() - began_;
    transcript_.events.push_back(
        {std::chrono::duration_cast<std::chrono::microseconds>(since), connection, side, kind, Bytes(bytes), cut});
}

void Recorder::add_data(int connection, Side side, std::string_view bytes) {
    auto& from = direction(connection, side);
    if (!from.digest) from.digest.emplace();
    from.digest->add(bytes);
    from.octets += bytes.size();
    if (!std::exchange(from.speaks, true)) ++from.turns;
    direction(connection, other(side)).speaks = false;
    const auto kept = bytes.substr(0, room_for(from));
    const auto rest = bytes.substr(kept.size());
    from.kept += kept.size();
    kept_ += kept.size();
    keep_end(from.tail, rest);
    auto& last = transcript_.events.back();  // there is one: a connection begins with it
    const bool goes_on =
        last.kind == WireEvent::Kind::data && last.connection == connection && last.side == side && kept.empty();
    if (goes_on)
        last.cut += rest.size();
    else if (transcript_.events.size() < Transcript::most_events)
        add(connection, side, WireEvent::Kind::data, kept, rest.size());
}

Transcript Recorder::take() {
    for (int connection = 0; connection < static_cast<int>(directions_.size()); ++connection) {
        for (const Side side : {Side::client, Side::server}) {
            auto& of = direction(connection, side);
            if (of.octets == of.kept) continue;
            transcript_.floods.push_back({connection, side, of.octets, std::move(of.tail), of.digest->text()});
        }
    }
    return std::move(transcript_);
}

}  // namespace parley
