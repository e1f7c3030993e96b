// Whether the programs got as far as a conversation.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "parley/judge/verdict.h"
#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// The port of an address such as `0.0.0.0:5050` or `[::]:5050`; 0 where there is none.
int port_of(std::string_view address);

/// `port` with its octets swapped, as it is without htons().
int with_bytes_swapped(int port);

/// Whether a connection has reached the server.
bool was_reached(const Observation& observation);

/// Whether the server listened where clients look for it.
bool has_listened(const Observation& observation);

/// The connections that `client` opened, in their order.
std::vector<int> connections_of(const Observation& observation, int client);

/// The port of the connection's client as a program of `side` sees it; 0: it is not known.
int port_seen_by(Side side, const Connection& connection);

/// Whether `client` was left out because the run stopped before its turn to start. Of an idle one, which is no program,
/// only a connection tells that it took part.
bool was_left_out(const Scenario& scenario, const Observation& observation, int client);

/// The verdict where there was no conversation to judge: trouble of the harness, a program that could not be started, a
/// server that did not listen on its port, a client that opened no connection to it. Nothing where there was one.
std::optional<Verdict> check_arrival(const Scenario& scenario, const Observation& observation);

}  // namespace parley
