// Processes that a program left behind.
#pragma once

#include <sys/types.h>

#include <set>
#include <string>
#include <vector>

#include "parley/base/asio.h"

namespace parley {

/// The first processes of programs that have been started and not yet reaped: no strays, whatever namespace they are
/// in.
class Leaders {
public:
    /// While one exists a program is being started on another thread: a child that is not known here may be its first
    /// process, which may even have ended already.
    class Start {
    public:
        explicit Start(Leaders& leaders) : leaders_(leaders) { ++leaders_.starts_; }
        ~Start() { --leaders_.starts_; }
        Start(const Start&) = delete;
        Start& operator=(const Start&) = delete;

    private:
        Leaders& leaders_;
    };

    void insert(pid_t process) { processes_.insert(process); }
    void erase(pid_t process) { processes_.erase(process); }
    bool contains(pid_t process) const { return processes_.contains(process); }
    bool empty() const { return processes_.empty(); }
    bool all_known() const { return starts_ == 0; }

private:
    std::set<pid_t> processes_;
    int starts_ = 0;
};

/// What tells the processes of a cell, or of one side of it, from all others.
struct Homes {
    std::set<ino_t> namespaces;   ///< of the network, as their inodes
    std::set<std::string> marks;  ///< `NAME=VALUE` in the environment, where all share a namespace
    std::set<pid_t> sessions;     ///< there, of those that have thrown their environment away
};

/// The children of this process that are no program's leader and live in one of `homes`: orphans of a program (daemons,
/// forked workers, what a shell started). Among them is whoever is ending, which has no namespace any more and may be
/// another cell's; who has ended is reaped. Where all share a namespace, one that bears no mark is found at the latest
/// when no program runs any more.
std::vector<pid_t> find_strays(const Leaders& leaders, const Homes& homes);

/// Those among them that live, and are no other cell's.
std::vector<pid_t> find_living_strays(const Leaders& leaders, const Homes& homes);

/// Kills and reaps them, and what falls to this process when they die, until none is left. `homes` must outlive it.
asio::awaitable<void> end_strays(const Leaders& leaders, const Homes& homes);

}  // namespace parley
