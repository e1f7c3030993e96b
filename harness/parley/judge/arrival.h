// Whether the programs got as far as a conversation.
#pragma once

#include <optional>
#include <set>
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

/// The client's port on `connection` as that side sees it; none where it is not known.
std::set<int> ports_seen_by(Side side, const Connection& connection);

/// The ports that a program may call the client's, as it sees them: a client those of its own connections, a server
/// those of all that came to it, whichever it means. None where not all are known.
std::set<int> ports_seen_by(Side side, int client, const Observation& observation);

/// Whether `client` was left out because the run stopped before its turn to start. Of an idle one, which is no program,
/// only a connection tells that it took part.
bool was_left_out(const Scenario& scenario, const Observation& observation, int client);

/// The verdict where there was no conversation to judge: trouble of the harness, a program that could not be started, a
/// server that did not listen on its port, a client that opened no connection to it. Nothing where there was one.
std::optional<Verdict> check_arrival(const Scenario& scenario, const Observation& observation);

}  // namespace parley
