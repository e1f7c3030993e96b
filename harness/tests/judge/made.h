// Scenarios and observations made by hand, as short as they can be told.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "parley/judge/judge.h"

namespace parley::made {

inline Value text(std::string bytes) {
    return {{Literal{std::move(bytes)}}, {}};
}

inline Value pattern(std::string expression) {
    return {{Pattern{std::move(expression)}}, {}};
}

inline Turn turn(Who who, std::string bytes) {
    return {who, text(std::move(bytes)), {}};
}

inline Turn turn(Who who, Value value) {
    return {who, std::move(value), {}};
}

inline Turn turn(Who who, StreamEvent event) {
    return {who, event, {}};
}

/// The echo of the slides: two messages, then the client leaves and the server follows.
inline std::vector<Turn> two_messages() {
    return {turn(Who::client, "Hello world!"),   turn(Who::server, "Echo ==>b'Hello world!'"),
            turn(Who::client, "Again!"),         turn(Who::server, "Echo ==>b'Again!'"),
            turn(Who::client, StreamEvent::end), turn(Who::server, StreamEvent::end)};
}

/// A server and one client with that exchange; each turn stands on a line of its own from line 7.
inline Scenario scenario(std::vector<Turn> exchange) {
    Scenario made;
    made.name = "echo/two-messages";
    made.file = "scenarios/echo/two-messages.json";
    made.about = "The default client says two things; each comes back as Python shows bytes.";
    made.server.emplace();
    made.server->role = "echo-server";
    made.server->position = {4, 15};
    made.clients.emplace_back();
    made.clients[0].role = "echo-client";
    made.clients[0].position = {5, 15};
    int line = 7;
    for (auto& step : exchange) {
        step.position = {line++, 9};
        if (auto* value = std::get_if<Value>(&step.what)) value->position = step.position;
    }
    made.clients[0].exchange = std::move(exchange);
    return made;
}

inline WireEvent says(Side side, std::string bytes, int connection = 0) {
    return {std::chrono::microseconds(0), connection, side, WireEvent::Kind::data, std::move(bytes)};
}

inline WireEvent ends(Side side, int connection = 0) {
    return {std::chrono::microseconds(0), connection, side, WireEvent::Kind::end, {}};
}

inline WireEvent resets(Side side, int connection = 0) {
    return {std::chrono::microseconds(0), connection, side, WireEvent::Kind::reset, {}};
}

inline WireEvent connects(Side side, int connection = 0) {
    return {std::chrono::microseconds(0), connection, side, WireEvent::Kind::connected, {}};
}

inline Captured printed(std::string bytes) {
    const auto total = bytes.size();
    return {std::move(bytes), total};
}

inline ProgramObservation program(std::vector<std::string> command, ProgramState state) {
    ProgramObservation made;
    made.command = std::move(command);
    made.state = std::move(state);
    return made;
}

/// Adds a connection of `client` that reached the server.
inline void connect(Observation& observation, int client) {
    const auto connection = static_cast<int>(observation.transcript.connections.size());
    observation.transcript.connections.push_back({client});
    observation.transcript.events.push_back(connects(Side::client, connection));
    observation.transcript.events.push_back(connects(Side::server, connection));
}

/// One client that connected, did its part and ended with 0; the server goes on listening on port 5050.
inline Observation observation(const std::vector<WireEvent>& events) {
    Observation made;
    made.port = 5050;
    made.seconds = 0.031;
    made.server = program({"python3", "reference/python/echo_server.py"}, Running{});
    made.server->listens = {"0.0.0.0:5050"};
    made.clients = {program({"build/cpp/echo_client", "localhost", "5050"}, Exited{0})};
    made.clients[0].opened_connection = true;
    connect(made, 0);
    auto& all = made.transcript.events;
    all.insert(all.end(), events.begin(), events.end());
    return made;
}

/// What right programs do for two_messages().
inline std::vector<WireEvent> two_messages_said() {
    return {says(Side::client, "Hello world!"),
            says(Side::server, "Echo ==>b'Hello world!'"),
            says(Side::client, "Again!"),
            says(Side::server, "Echo ==>b'Again!'"),
            ends(Side::client),
            ends(Side::server)};
}

/// The client waits for the server's answer, the server for more of the question.
inline void both_receive(Observation& observation) {
    observation.clients[0].state = Running{};
    observation.clients[0].waits = {{"echo_client", "recvfrom", 3, "connected to 127.0.0.1:5050", true}};
    observation.server->waits = {{"python3", "recvfrom", 4, "connected to 127.0.0.1:40404", true}};
}

}  // namespace parley::made
