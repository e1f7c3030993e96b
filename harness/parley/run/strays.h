// Processes that a program left behind.
#pragma once

#include <sys/types.h>

#include <set>
#include <vector>

#include "parley/base/asio.h"

namespace parley {

/// The children of this process that are no program's leader and live in one of the network namespaces `inodes`:
/// orphans of a program (daemons, forked workers, what a shell started).
std::vector<pid_t> find_strays(const std::set<pid_t>& leaders, const std::set<ino_t>& inodes);

/// Kills and reaps them, and what falls to this process when they die, until none is left.
asio::awaitable<void> end_strays(const std::set<pid_t>& leaders, std::set<ino_t> inodes);

}  // namespace parley
