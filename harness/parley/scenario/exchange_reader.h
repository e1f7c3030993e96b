// JSON to the turns of a conversation.
#pragma once

#include <vector>

#include "parley/scenario/object_reader.h"
#include "parley/scenario/scenario.h"
#include "parley/scenario/value_reader.h"

namespace parley {

/// Reads a list of turns. That a side goes on after it has ended its stream is a mistake.
std::vector<Turn> read_exchange(const JsonValue& list, ValueReader& values, MistakeList& mistakes);

/// Reports the turns that a connection of `client` cannot have: `has_server` says whether anybody listens.
void check_exchange(const ClientPart& client, bool has_server, MistakeList& mistakes);

}  // namespace parley
