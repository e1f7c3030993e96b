#include "parley/observe/socket_trace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "parley/base/format.h"
#include "parley/observe/proc.h"

namespace parley {

namespace {

constexpr std::string_view unfinished = "<unfinished ...>";
constexpr std::string_view resumed = " resumed>";

// `4<socket:[1234]>`: the descriptor and the inode.
struct Descriptor {
    int number = -1;
    std::string inode;
};

std::optional<Descriptor> descriptor_in(std::string_view text) {
    constexpr std::string_view opening = "<socket:[";
    Descriptor found;
    const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), found.number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(after - text.data()));
    const auto end = text.find(']');
    if (!text.starts_with(opening) || end == std::string_view::npos) return std::nullopt;
    found.inode = text.substr(opening.size(), end - opening.size());
    return found;
}

std::string_view trimmed(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// `-1 ECONNREFUSED (Connection refused)`, `? ERESTARTSYS (To be restarted …)`: the name; empty where it did not fail.
std::string error_in(std::string_view result) {
    const bool failed = result.starts_with("-1 ") || result.starts_with("? ");
    if (!failed) return {};
    const auto name = result.substr(result.find(' ') + 1);
    return std::string(name.substr(0, name.find(' ')));
}

// That nothing was there yet, or that a signal came between: the program calls again, and what counts is the call that
// does something.
bool did_nothing(const std::string& error) {
    constexpr auto names = std::to_array<std::string_view>(
        {"EAGAIN", "EINTR", "ERESTARTSYS", "ERESTARTNOINTR", "ERESTARTNOHAND", "ERESTART_RESTARTBLOCK"});
    return std::ranges::find(names, error) != names.end();
}

bool is_accept(std::string_view call) {
    return call == "accept" || call == "accept4";
}

// A connection goes on to be made when a signal ends the wait for it (connect(2), EINTR).
bool goes_on_connecting(const std::string& error) {
    return error == "EINPROGRESS" || did_nothing(error);
}

constexpr auto data_calls =
    std::to_array<std::string_view>({"read", "readv", "preadv2", "recvfrom", "recvmsg", "recvmmsg", "write", "writev",
                                     "pwritev2", "sendto", "sendmsg", "sendmmsg", "sendfile", "splice"});

bool moves_data(std::string_view call) {
    return std::ranges::find(data_calls, call) != data_calls.end();
}

bool puts_in_place(std::string_view call) {
    return call == "dup2" || call == "dup3";
}

// The argument at `index`; a path that holds a comma would be taken for two.
std::string_view argument_at(std::string_view arguments, int index) {
    for (; index > 0; --index) {
        const auto comma = arguments.find(", ");
        if (comma == std::string_view::npos) return {};
        arguments.remove_prefix(comma + 2);
    }
    return arguments.substr(0, arguments.find(", "));
}

// `{sa_family=AF_INET, sin_port=htons(5050), …}`
std::optional<std::uint16_t> port_in(std::string_view arguments) {
    constexpr std::string_view opening = "_port=htons(";
    const auto at = arguments.find(opening);
    if (at == std::string_view::npos) return std::nullopt;
    std::uint16_t port = 0;
    std::from_chars(arguments.data() + at + opening.size(), arguments.data() + arguments.size(), port);
    return port;
}

// What is traced. A question mark stands before what not every machine has.
std::string traced() {
    std::string calls = "trace=execve,socket,bind,listen,accept,accept4,connect,shutdown,close,?close_range,?dup2,dup3";
    for (const auto call : data_calls) calls += format(",{}", call);
    return calls;
}

}  // namespace

// -D: the program is the child, and strace beside it. --seccomp-bpf: calls that are not traced run at full speed. -y:
// descriptors with their inodes. -s 0: no data, which the relay has recorded. -qqq: nothing on stderr, which is the
// program's.
std::vector<std::string> with_strace(const std::vector<std::string>& command, int trace) {
    std::vector<std::string> words{"strace", "-D",
                                   "-f",     "--seccomp-bpf",
                                   "-y",     "-qqq",
                                   "-s",     "0",
                                   "-e",     "signal=none",
                                   "-e",     traced(),
                                   "-o",     format("/proc/self/fd/{}", trace),
                                   "--"};
    words.insert(words.end(), command.begin(), command.end());
    return words;
}

bool is_strace(pid_t process) {
    return read_stat(process, process).name == "strace";
}

void SocketTrace::add(std::string_view text) {
    for (;;) {
        const auto end = text.find('\n');
        rest_ += text.substr(0, end);
        if (end == std::string_view::npos) return;
        read_line(rest_);
        rest_.clear();
        text.remove_prefix(end + 1);
    }
}

// `1234  name(arguments) = result`, `1234  name(arguments <unfinished ...>`, `1234  <... name resumed>arguments) =
// result`, and what is no call: `1234  +++ exited with 0 +++`.
void SocketTrace::read_line(std::string_view line) {
    int thread = 0;
    const auto [after, error] = std::from_chars(line.data(), line.data() + line.size(), thread);
    if (error != std::errc()) return;
    if (process_ == 0) process_ = thread;
    line.remove_prefix(static_cast<std::size_t>(after - line.data()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));

    Call call;
    if (line.starts_with("<... ")) {
        const auto end = line.find(resumed);
        const auto begun = begun_.find(thread);
        if (end == std::string_view::npos || begun == begun_.end()) return;
        call = std::move(begun->second);
        begun_.erase(begun);
        line.remove_prefix(end + resumed.size());
    } else {
        const auto open = line.find('(');
        if (open == std::string_view::npos || line.starts_with("+++") || line.starts_with("---")) return;
        call.name = line.substr(0, open);
        line.remove_prefix(open + 1);
    }
    // No argument that is shown can hold this: data is not shown, and a path stands in quotes or before it.
    const auto equals = line.rfind(" = ");
    if (const auto cut = line.rfind(unfinished); cut != std::string_view::npos || equals == std::string_view::npos) {
        call.arguments += trimmed(line.substr(0, cut));
        begun_[thread] = std::move(call);
        return;
    }
    call.arguments += trimmed(line.substr(0, equals));
    call.result = line.substr(equals + 3);
    note(thread, call);
}

void SocketTrace::note(int thread, const Call& call) {
    if (call.name == "execve" && thread == process_ && !executed_ && call.result) {
        executed_ = *call.result == "0";
        const auto open = call.result->find('('), close = call.result->rfind(')');
        if (!executed_ && open < close) failure_ = call.result->substr(open + 1, close - open - 1);
        if (executed_) failure_.clear();
    }
    if (call.name == "socket") {
        note_socket(thread, call);
    } else if (call.name == "close_range") {
        note_closed_range(thread, call);
    } else if (call.name == "splice") {
        note_use(thread, call, "splice from", argument_at(call.arguments, 0));
        note_use(thread, call, "splice to", argument_at(call.arguments, 2));
    } else if (puts_in_place(call.name)) {
        const auto replaced = argument_at(call.arguments, 1);
        const auto above = descriptor_in(argument_at(call.arguments, 0)), below = descriptor_in(replaced);
        if (below && (!above || above->inode != below->inode)) note_use(thread, call, call.name, replaced);
    } else {
        note_use(thread, call, call.name, call.arguments);
    }
}

void SocketTrace::note_socket(int thread, const Call& call) {
    const bool is_tcp =
        call.arguments.starts_with("AF_INET") && call.arguments.find("SOCK_STREAM") != std::string::npos;
    const auto made = call.result ? descriptor_in(*call.result) : std::nullopt;
    if (!is_tcp || !made) return;
    auto& socket = sockets_[made->inode];
    socket.number = static_cast<int>(sockets_.size()) - 1;
    socket.descriptor = made->number;
    SocketCall noted;
    noted.thread = thread;
    noted.call = call.name;
    noted.socket = socket.number;
    noted.descriptor = made->number;
    append(std::move(noted));
}

/// Of a program in several processes, whose descriptors it closes is not known: all that have such a number.
void SocketTrace::note_closed_range(int thread, const Call& call) {
    const bool only_marks = call.arguments.find("CLOSE_RANGE_CLOEXEC") != std::string::npos;
    if (!call.result || *call.result != "0" || only_marks) return;
    const auto bound_at = [&](int index) {
        const auto text = argument_at(call.arguments, index);
        unsigned bound = 0;
        std::from_chars(text.data(), text.data() + text.size(), bound);
        return bound;
    };
    const unsigned first = bound_at(0), last = bound_at(1);
    for (const auto& [inode, socket] : sockets_) {
        const auto number = static_cast<unsigned>(socket.descriptor);
        if (socket.descriptor < 0 || number < first || number > last) continue;
        SocketCall closed;
        closed.thread = thread;
        closed.call = call.name;
        closed.socket = socket.number;
        closed.descriptor = socket.descriptor;
        append(std::move(closed));
    }
}

/// Of a call on the socket that `argument` begins with, which is told by the name `name`.
void SocketTrace::note_use(int thread, const Call& call, const std::string& name, std::string_view argument) {
    const auto descriptor = descriptor_in(argument);
    const auto found = descriptor ? sockets_.find(descriptor->inode) : sockets_.end();
    if (found == sockets_.end()) return;
    auto& socket = found->second;
    SocketCall noted;
    noted.thread = thread;
    noted.call = name;
    noted.socket = socket.number;
    noted.descriptor = socket.descriptor = descriptor->number;
    noted.returned = call.result.has_value();
    noted.error = call.result ? error_in(*call.result) : "";
    if (did_nothing(noted.error) && name != "connect") return;
    const bool worked = noted.returned && noted.error.empty();
    if (name != "close" && !puts_in_place(name)) socket.used = true;
    if (name == "bind" || name == "connect") socket.port = port_in(call.arguments);
    if (call.name == "listen" && worked) socket.listens = true;
    if (call.name == "connect" && worked) socket.connected = true;
    if (call.name == "connect" && goes_on_connecting(noted.error)) socket.connecting = true;
    if (moves_data(call.name) && worked && socket.connecting) socket.connected = true;
    if (const auto made = is_accept(call.name) && worked ? descriptor_in(*call.result) : std::nullopt) {
        auto& connection = sockets_[made->inode];
        connection.number = static_cast<int>(sockets_.size()) - 1;
        connection.used = connection.connected = true;
        connection.descriptor = made->number;
        connection.port = sockets_.at(descriptor->inode).port;
        noted.accepted = connection.number;
    }
    append(std::move(noted));
}

void SocketTrace::append(SocketCall call) {
    const auto same = std::ranges::find_if(calls_, [&](const SocketCall& other) {
        return other.socket == call.socket && other.call == call.call && other.error == call.error &&
               other.returned == call.returned && other.accepted == call.accepted;
    });
    if (same == calls_.end())
        calls_.push_back(std::move(call));
    else
        ++same->times;
}

std::vector<SocketCall> SocketTrace::calls(std::uint16_t port) const {
    auto all = *this;
    if (!all.rest_.empty()) all.read_line(std::exchange(all.rest_, {}));  // strace was killed in the midst of a line
    for (const auto& [thread, call] : std::exchange(all.begun_, {})) all.note(thread, call);
    std::map<int, const Socket*> by_number;
    for (const auto& [inode, socket] : all.sockets_) by_number[socket.number] = &socket;
    const bool any_about_it = std::ranges::any_of(by_number, [&](const auto& of) { return of.second->port == port; });
    std::erase_if(all.calls_, [&](const SocketCall& call) {
        const auto& socket = *by_number.at(call.socket);
        return !socket.used || (any_about_it && socket.port.value_or(port) != port);
    });
    for (auto& call : all.calls_) {
        const auto& socket = *by_number.at(call.socket);
        call.on = socket.listens     ? SocketCall::On::listener
                  : socket.connected ? SocketCall::On::connection
                                     : SocketCall::On::nothing;
    }
    return std::move(all.calls_);
}

}  // namespace parley
