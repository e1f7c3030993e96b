#include "parley/relay/recorder.h"

#include <algorithm>

namespace parley {

int Recorder::open_connection(const Connection& connection) {
    const auto number = static_cast<int>(transcript_.connections.size());
    if (frozen_) return number;
    transcript_.connections.push_back(connection);
    kept_.resize(kept_.size() + 2);
    record(number, Side::client, WireEvent::Kind::connected);
    return number;
}

void Recorder::arrive(int connection, int port) {
    if (frozen_) return;
    transcript_.connections[static_cast<std::size_t>(connection)].server_port = port;
    record(connection, Side::server, WireEvent::Kind::connected);
}

void Recorder::close_connection(int connection) {
    closed_.insert(connection);
}

void Recorder::record(int connection, Side side, WireEvent::Kind kind, std::string_view bytes) {
    if (frozen_ || closed_.contains(connection)) return;
    auto& kept = kept_[static_cast<std::size_t>(connection) * 2 + (side == Side::server ? 1 : 0)];
    const auto room = Transcript::kept_bytes - std::min(kept, Transcript::kept_bytes);
    const auto part = bytes.substr(0, room);
    kept += part.size();
    transcript_.dropped += bytes.size() - part.size();
    if (kind != WireEvent::Kind::data || !part.empty()) {
        const auto since = std::chrono::steady_clock::now() - began_;
        transcript_.events.push_back(
            {std::chrono::duration_cast<std::chrono::microseconds>(since), connection, side, kind, Bytes(part)});
    }
    changed_();
}

}  // namespace parley
