// What the relay costs a connection.
#pragma once

namespace parley {

/// Prints how many octets a second pass through the relay while it records, and what it adds to the time of a round
/// trip, each beside the same without it. To be called before any thread is started (Sandbox).
void measure_relay();

}  // namespace parley
