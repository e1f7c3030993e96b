#include "parley/judge/cause_recognisers.h"

#include <signal.h>

#include <algorithm>
#include <vector>

#include "parley/base/language.h"
#include "parley/judge/arrival.h"
#include "parley/judge/complaint_causes.h"

namespace parley::recognise {

namespace {

/// The first that Linux chooses from for a socket that is not bound (ip(7), ip_local_port_range).
constexpr int first_ephemeral_port = 32768;

}  // namespace

std::optional<Cause> from_listening(const Evidence& evidence) {
    if (evidence.finding.code != Code::wrong_port || !evidence.program() || evidence.program()->listens.empty())
        return {};
    const int wanted = evidence.observation.port;
    const auto& address = evidence.program()->listens.front();
    const int listens_on = port_of(address);
    if (listens_on == with_bytes_swapped(wanted)) {
        return Cause{"htons-missing", Sureness::certain,
                     tr("the octets of the port are swapped: a port goes into sin_port through htons()")};
    }
    if (listens_on == wanted && address.ends_with(v6_only_mark)) {
        return Cause{
            "ipv6-only", Sureness::certain,
            tr("its socket takes no connection of IPv4: make it with AF_INET, or switch IPV6_V6ONLY off before "
               "bind() to the address ::")};
    }
    if (listens_on == wanted) {
        return Cause{"other-address", Sureness::certain,
                     tr("it listens on an address at which nobody looks for it: bind() to INADDR_ANY ('' in Python), "
                        "or to 127.0.0.1")};
    }
    if (listens_on >= first_ephemeral_port) {
        return Cause{"port-not-bound", Sureness::likely,
                     tr("the kernel itself chooses such ports: bind() was not called, or with port 0 (what atoi() and "
                        "scanf() leave where the argument is not read)")};
    }
    return Cause{"other-port", Sureness::likely,
                 tr("it listens, but on another port: the number is wrong, or it is written into the program where an "
                    "argument gives "
                    "it, or read from the wrong argument")};
}

std::optional<Cause> from_host(const Evidence& evidence) {
    if (evidence.finding.code != Code::wrong_host) return {};
    return Cause{"host-ignored", Sureness::certain,
                 tr("the host is written into the program, or not read from the argument that names it")};
}

namespace {

bool has_connection(const Evidence& evidence) {
    return evidence.program() && (evidence.program()->opened_connection || evidence.side() == Side::server);
}

/// A socket that nobody listens or connects to takes no data, whatever becomes of the real connection.
std::optional<Cause> from_broken_pipe(const Evidence& evidence) {
    if (evidence.spoke_after_end(evidence.side())) return end_ignored();
    const auto* own_end = evidence.last(evidence.side(), Kind::end);
    const auto* others_end = evidence.last(other(evidence.side()), Kind::end);
    const auto* others_reset = evidence.last(other(evidence.side()), Kind::reset);
    const bool was_left = others_reset || (others_end && (!own_end || others_end < own_end));
    if (!has_connection(evidence)) {
        return Cause{"not-connected", Sureness::likely,
                     tr("it sends on a socket that is not connected: connect() was not called, or failed and nobody "
                        "looked at what it returned")};
    }
    if (!was_left && evidence.side() == Side::server) {
        return Cause{"listener-used", Sureness::likely,
                     tr("it writes to a socket that is no connection, though its client was still there: use what "
                        "accept() returned, not the listening socket")};
    }
    return Cause{"broken-pipe", Sureness::certain,
                 tr("it wrote to a connection that the other side had closed: without MSG_NOSIGNAL, or SIGPIPE "
                    "ignored, that ends a program (send(2), EPIPE)")};
}

}  // namespace

std::optional<Cause> from_signal(const Evidence& evidence) {
    const auto* signaled = evidence.program() ? std::get_if<Signaled>(&evidence.program()->state) : nullptr;
    if (!signaled) return {};
    if (signaled->signal == SIGPIPE) return from_broken_pipe(evidence);
    if (signaled->signal == SIGSEGV || signaled->signal == SIGABRT || signaled->signal == SIGBUS) {
        if (auto cause = cause_in_complaint(*evidence.program(), evidence.finding)) return cause;
        return Cause{"memory", Sureness::likely,
                     tr("it wrote or read outside its memory: a pointer that points nowhere (an argument that was not "
                        "given), or a buffer too small for its text and the terminating NUL")};
    }
    return {};
}

std::optional<Cause> from_complaint(const Evidence& evidence) {
    const bool ended =
        evidence.is({Code::never_listened, Code::never_connected, Code::ended_early, Code::exit_status,
                     Code::end_unexpected, Code::reset_unexpected, Code::turn_missing, Code::end_missing}) ||
        evidence.is_stuck();
    const auto* program = evidence.program();
    if (!ended || !program) return {};
    const auto& printed = program->err.bytes;
    const bool unconnected = printed.find("not connected") != Bytes::npos || printed.find("Broken pipe") != Bytes::npos;
    if (unconnected && evidence.side() == Side::server && evidence.messages_of(Side::server).empty()) {
        return Cause{"listener-used", Sureness::likely,
                     tr("it sends or receives on a socket that is no connection: use what accept() returned, not the "
                        "listening socket")};
    }
    return cause_in_complaint(*program, evidence.finding);
}

std::optional<Cause> from_datagrams(const Evidence& evidence) {
    const auto* program = evidence.program();
    if (!evidence.is({Code::never_connected, Code::never_listened}) || !program || program->opened_connection)
        return {};
    // Of a stream's socket that is not connected recv() returns at once, with ENOTCONN.
    const auto* state = evidence.finding.code == Code::never_connected ? "connected" : "unconnected";
    const bool waits = std::any_of(program->waits.begin(), program->waits.end(), [&](const BlockedCall& wait) {
        const bool receives = wait.call == "recvfrom" || wait.call == "recvmsg" || wait.call == "read";
        return wait.on_socket && wait.object.starts_with(state) && (receives || evidence.side() == Side::client);
    });
    if (!waits) return {};
    return Cause{"datagram-socket", Sureness::likely,
                 tr("its socket is no TCP connection: it was made with SOCK_DGRAM, where SOCK_STREAM was meant")};
}

std::optional<Cause> from_connections(const Evidence& evidence) {
    if (evidence.finding.code != Code::connection_extra) return {};
    std::vector<int> speaking;
    for (const auto* event : evidence.events()) {
        const bool speaks = event->kind == Kind::data && event->side == Side::client;
        if (speaks && std::find(speaking.begin(), speaking.end(), event->connection) == speaking.end())
            speaking.push_back(event->connection);
    }
    if (speaking.size() < 2) return {};
    return Cause{
        "connection-for-each", Sureness::likely,
        tr("it opens a connection for each message: connect() once, before the loop, and close() once, after it")};
}

}  // namespace parley::recognise
