#include "parley/judge/complaint_causes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "parley/base/language.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

using Code = Finding::Code;
using Sureness = Cause::Sureness;

/// When a complaint is worth anything.
enum class When {
    never_listened,
    never_connected,  ///< to the port of the server, or at all
    afterwards,
};

/// The text of an error (strerror(3)), and what it means at that time. The C library's words are those of Python, Java,
/// Perl, Ruby and most others.
struct Complaint {
    When when;
    std::string_view error;
    const char* code;
    const char* meaning;
};

constexpr std::array complaints{
    Complaint{
        When::never_listened, "Cannot assign requested address", "foreign-address",
        marked("bind() was given an address that this machine does not have, or one in the wrong byte order; a server "
               "binds INADDR_ANY, or '' in Python")},
    Complaint{When::never_listened, "Address already in use", "port-twice",
              marked("the port is taken: the program binds it twice, or has been started twice")},
    Complaint{
        When::never_listened, "Operation not supported", "datagram-socket",
        marked(
            "listen() and accept() need a stream: the socket was made with SOCK_DGRAM, where SOCK_STREAM was meant")},
    Complaint{
        When::never_listened, "Invalid argument", "listen-missing",
        marked("accept() says \"Invalid argument\" of a socket that does not listen: call listen() after bind()")},
    Complaint{When::never_listened, "Address family not supported", "wrong-family",
              marked("the family of the address is not that of the socket: both are AF_INET")},
    Complaint{When::never_connected, "Address family not supported", "wrong-family",
              marked("the family of the address is not that of the socket: both are AF_INET")},
    Complaint{When::never_connected, "Network is unreachable", "foreign-address",
              marked("it connects to another machine: use the host that it is given, or localhost")},
    Complaint{When::never_connected, "No route to host", "foreign-address",
              marked("it connects to another machine: use the host that it is given, or localhost")},
    Complaint{
        When::never_connected, "not connected", "not-connected",
        marked("it sends or receives on a socket that is not connected: connect() was not called, or failed and nobody "
               "looked at what it returned")},
    Complaint{
        When::afterwards, "Interrupted system call", "interrupted-call",
        marked("a signal interrupted a system call (EINTR), here SIGCHLD when a child ended: call it again, or set "
               "SA_RESTART")},
    Complaint{
        When::afterwards, "Invalid argument", "argument-refused",
        marked("a system call refused its arguments (EINVAL): of a server most often accept(), whose length has to "
               "be set before it is called: clilen = sizeof(cli_addr)")},
    Complaint{When::afterwards, "Bad file descriptor", "descriptor-closed",
              marked("a call was given a descriptor that is not open (EBADF): closed too early, or by another thread "
                     "that shares the variable, or one that no call has returned")},
    Complaint{When::afterwards, "Bad address", "bad-pointer",
              marked("the kernel was given an address that is not the program's (EFAULT): a pointer that was never "
                     "set, or a number in place of one")},
};

When when_of(Code code) {
    if (code == Code::never_listened) return When::never_listened;
    if (code == Code::never_connected) return When::never_connected;
    return When::afterwards;
}

/// How run-time systems begin to tell of an error that ended a program.
constexpr std::array<std::string_view, 18> uncaught{
    "Traceback (most recent call last)",
    "stack traceback:",
    "Exception in thread",
    "Fatal error: Uncaught",
    "terminate called after throwing",
    "panic: ",
    "panicked at",
    "Unhandled exception",
    "Uncaught ",
    "(NoMethodError)",
    "(NameError)",
    "(TypeError)",
    "\nNode.js v",
    "    while executing",
    ":in `",
    ":in '",
    "Runtime error ",
    "\nraised ",
};

/// How a sanitizer says that it was not given the addresses that it reserves.
constexpr std::array<std::string_view, 3> unreserved{
    "ReserveShadowMemoryRange failed",
    "ThreadSanitizer: CHECK failed",
    "ThreadSanitizer can not mmap the shadow memory",
};

/// How they say that the program's text is none.
constexpr std::array<std::string_view, 5> malformed{
    "SyntaxError", "IndentationError", "TabError", "syntax error", "Parse error",
};

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

template <std::size_t count>
bool has_one_of(std::string_view text, const std::array<std::string_view, count>& signs) {
    return std::any_of(signs.begin(), signs.end(), [&](auto sign) { return has(text, sign); });
}

/// How they say that something of the program's is not there.
constexpr std::array<std::string_view, 4> without_module{"ModuleNotFoundError", "Cannot find module",
                                                         "cannot load such file", "Can't locate "};

/// What the program is denied because it is contained, and would find elsewhere.
std::optional<Cause> denied_in_container(std::string_view printed) {
    if (has(printed, "Read-only file system")) {
        return Cause{
            "read-only", Sureness::likely,
            tr("it writes a file, and in its container it can write in /tmp alone: --writable lets it write into "
               "its own folder")};
    }
    if (has(printed, "Function not implemented")) {
        return Cause{
            "call-denied", Sureness::likely,
            tr("it uses a system call that its container denies, such as memfd_create() or io_uring: do without, "
               "or run it with --no-sandbox")};
    }
    if (has_one_of(printed, without_module)) {
        return Cause{
            "module-missing", Sureness::likely,
            told("{}: it is not installed, or lies where its container hides it: --visible FOLDER shows a folder, "
                 "and a virtual environment is named by the path of its python3",
                 quoted(telling_line(printed)))};
    }
    return {};
}

/// perror(3), of a call that did not fail.
std::optional<Cause> no_error(const ProgramObservation& program) {
    const bool ended = std::holds_alternative<Exited>(program.state);
    if (!ended || !last_line(program.err.bytes).ends_with(": Success")) return {};
    return Cause{"no-error", Sureness::likely,
                 tr("it gives up over an error that is none (Success): the test before it also holds where the call "
                    "succeeded, as after if (…); with that semicolon")};
}

std::optional<Cause> syntax_error(std::string_view printed) {
    if (!has_one_of(printed, malformed)) return {};
    return Cause{"syntax-error", Sureness::certain,
                 told("the program does not run at all: {}", quoted(last_line(printed)))};
}

std::optional<Cause> uncaught_exception(std::string_view printed, Side side) {
    if (!has_one_of(printed, uncaught)) return {};
    const auto error = quoted(telling_line(printed));
    return Cause{"uncaught-exception", Sureness::certain,
                 side == Side::client
                     ? told("an error that it does not handle ended it: {}", error)
                     : told("an error that it does not handle ended it, or the thread that served: {}", error)};
}

/// Refused without a TCP connection tried: it was a datagram that came back.
std::optional<Cause> refused(const ProgramObservation& program) {
    const bool says_so = has(program.err.bytes, "onnection refused");
    if (!says_so && !program.opened_connection) return {};
    if (!program.opened_connection) {
        return Cause{
            "datagram-socket", Sureness::likely,
            tr("no connection was opened, and yet something was refused: the socket was made with SOCK_DGRAM, where "
               "SOCK_STREAM was meant")};
    }
    return Cause{
        "refused", says_so ? Sureness::certain : Sureness::likely,
        tr("nobody listens where it connects to: the port, or the host, is not the one of the server (written into "
           "the program, or without htons()), or it tries ::1 alone")};
}

}  // namespace

std::optional<Cause> cause_in_complaint(const ProgramObservation& program, const Finding& finding) {
    const auto& printed = program.err.bytes;
    if (has_one_of(printed, unreserved)) {
        return Cause{"sanitizer", Sureness::certain,
                     tr("it is built with a sanitizer, which reserves terabytes of addresses, more than the limit on "
                        "memory lets it: build it without, or run it with --no-sandbox")};
    }
    if (auto cause = denied_in_container(printed)) return cause;
    if (auto cause = no_error(program)) return cause;
    const auto when = when_of(finding.code);
    const auto found = std::find_if(complaints.begin(), complaints.end(), [&](const Complaint& complaint) {
        return complaint.when == when && has(printed, complaint.error);
    });
    if (found != complaints.end()) return Cause{found->code, Sureness::likely, tr(found->meaning)};
    if (when == When::never_connected) {
        if (auto cause = refused(program)) return cause;
    }
    if (when != When::afterwards) {
        if (auto cause = syntax_error(printed)) return cause;
    }
    return uncaught_exception(printed, finding.side);
}

}  // namespace parley
