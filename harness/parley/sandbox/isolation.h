// How cells are kept apart.
#pragma once

#include <string>

namespace parley {

enum class Isolation {
    namespaces,  ///< each side in a network namespace of its own
    shared,      ///< all on the machine's own loopback, with ports of their own (shared_loopback.h)
};

/// What `asked` means on this machine: `namespace`, `shared`, or `auto`, which is the first where the machine allows
/// it. Where it does not, says so in a line on stderr. Forks; to be called before any thread is started. Throws
/// SetupError for `namespace` where the machine allows none.
Isolation choose_isolation(const std::string& asked);

}  // namespace parley
