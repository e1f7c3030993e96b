// JSON to the turns of a conversation.
#pragma once

#include <optional>
#include <vector>

#include "parley/scenario/object_reader.h"
#include "parley/scenario/scenario.h"
#include "parley/scenario/value_reader.h"

namespace parley {

/// Reads a list of turns. That a side goes on after it has ended its stream is a mistake.
std::vector<Turn> read_exchange(const JsonValue& list, ValueReader& values, MistakeList& mistakes);

/// Reports the turns that a connection of `client` cannot have in the scenario that begins at `scenario`. `server` is
/// who plays the server, if there is one.
void check_exchange(const ClientPart& client, std::optional<Player> server, Position scenario, MistakeList& mistakes);

}  // namespace parley
