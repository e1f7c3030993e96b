// What a program calls on its TCP sockets, as strace(1) tells it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/wire/observation.h"

namespace parley {

/// The command that starts `command`, whose first word is a path, under strace, which writes to its descriptor `trace`.
/// The process that executes it becomes the program's, so that its end is the program's own; strace itself is an orphan
/// beside it, and ends when the program and its descendants have.
std::vector<std::string> with_strace(const std::vector<std::string>& command, int trace);

/// Whether `process` is strace.
bool is_strace(pid_t process);

/// Reads what with_strace() has strace write. A socket is told from others by its inode, so that it stays the same one
/// through fork, dup and exec.
class SocketTrace {
public:
    /// More of the text; it may be cut anywhere.
    void add(std::string_view text);

    /// The first process of the program; 0 until strace has started it.
    pid_t process() const { return process_; }
    /// Why it could not be executed: `Exec format error`. Empty where it was.
    const std::string& failure() const { return failure_; }

    /// All that was called, in the order in which the calls returned, and then those that had not. Of no use to others
    /// are sockets that were made and never bound, connected or listened on: a JVM tries at its start what there is.
    /// Nor are those about other ports than `port`, where there are some about it: connections within the program.
    std::vector<SocketCall> calls(std::uint16_t port) const;

private:
    struct Call {
        std::string name;
        std::string arguments;
        std::optional<std::string> result;  ///< none: it has not returned
    };
    struct Socket {
        int number = 0;
        int descriptor = -1;                ///< the last one by which it was used
        std::optional<std::uint16_t> port;  ///< that it was bound, or connected, to; of an accepted one, the listener's
        bool used = false, listens = false, connected = false, connecting = false;
    };

    void read_line(std::string_view line);
    void note(int thread, const Call& call);
    void note_socket(int thread, const Call& call);
    void note_use(int thread, const Call& call, const std::string& name, std::string_view argument);
    void note_closed_range(int thread, const Call& call);
    void append(SocketCall call);

    std::string rest_;                       ///< of a line
    std::map<int, Call> begun_;              ///< by thread
    std::map<std::string, Socket> sockets_;  ///< by inode
    std::vector<SocketCall> calls_;
    pid_t process_ = 0;
    bool executed_ = false;
    std::string failure_;
};

}  // namespace parley
