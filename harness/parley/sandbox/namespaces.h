// Private network namespaces: each has a loopback of its own, where no port is taken and no packet leaves.
//
//   parley's own namespace          one namespace of a cell
//   ──────────────────────          ───────────────────────
//   the thread ──Visit──▶ makes sockets that stay there ──▶ ~Visit: back
//
// Rights: CAP_SYS_ADMIN where the process has it, otherwise a user namespace that maps only the caller's own id
// (user_namespaces(7), network_namespaces(7)).
#pragma once

#include <sys/types.h>

#include <string>

#include "parley/base/file_descriptor.h"

namespace parley {

/// One network namespace. It lives as long as this object, a socket in it or a process in it does.
class NetworkNamespace {
public:
    int descriptor() const { return descriptor_.get(); }
    /// What /proc/PID/ns/net of a process in it says: tells whose a process is.
    ino_t inode() const { return inode_; }

private:
    friend class Sandbox;
    FileDescriptor descriptor_;
    ino_t inode_ = 0;
};

/// The right to make network namespaces. One a process, made before any thread is: a user namespace can only be entered
/// by a process with a single thread (unshare(2)).
class Sandbox {
public:
    /// Enters a user namespace where that is needed. Throws SetupError, with what mends it, where the machine refuses.
    Sandbox();

    /// A new namespace with its loopback interface up. Throws SystemError.
    NetworkNamespace make() const;

    /// Moves the calling thread into a namespace for as long as the object lives. Sockets made meanwhile belong there.
    class Visit {
    public:
        Visit(const Sandbox& sandbox, const NetworkNamespace& there);
        ~Visit();
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;

    private:
        int home_;
    };

private:
    void go_home() const;
    FileDescriptor home_;
};

/// Enters a user namespace that maps only the caller's own id. Throws SystemError.
void enter_user_namespace();

/// Tries the whole sequence in a child process: user namespace where needed, network namespace, loopback up, a
/// connection over it. Empty where all of it works, else the step that failed and why.
std::string why_no_namespaces();

/// What to tell whoever needs namespaces: the `trouble` that why_no_namespaces() tells, and what mends it.
std::string without_namespaces(const std::string& trouble);

/// For a child process between fork and exec: enters the namespace `descriptor` (negative: none), and gives up every
/// capability but those that let root read its files, so that a program run by root is refused reserved ports like any
/// other. `contained`: what it executes is bubblewrap, which makes a user namespace in which root is root's. Only
/// async-signal-safe calls. 0, or -1 with errno.
int enter_for_exec(int descriptor, bool contained);

}  // namespace parley
