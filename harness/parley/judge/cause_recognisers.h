// What a mistake leaves behind where programs talk: each recogniser says what it sees in the evidence, or nothing.
#pragma once

#include <optional>

#include "parley/judge/cause.h"
#include "parley/judge/evidence.h"

namespace parley::recognise {

using Code = Finding::Code;
using Kind = WireEvent::Kind;
using Sureness = Cause::Sureness;

// ---- how programs met (meeting_causes.cc)

std::optional<Cause> from_listening(const Evidence& evidence);
std::optional<Cause> from_host(const Evidence& evidence);
std::optional<Cause> from_signal(const Evidence& evidence);

/// A program that says why it ended. Where it goes on, what it complained of did not end it.
std::optional<Cause> from_complaint(const Evidence& evidence);

/// A socket that sends and receives, and is yet no connection.
std::optional<Cause> from_datagrams(const Evidence& evidence);

std::optional<Cause> from_connections(const Evidence& evidence);

// ---- what was said, and when (message_causes.cc)

std::optional<Cause> from_delivery(const Evidence& evidence);

/// What is too much is what an earlier, longer message had in the same place.
std::optional<Cause> stale_octets(const Evidence& evidence);

/// Which client is the first to differ is up to the order in which the threads ran.
std::optional<Cause> cross_talk(const Evidence& evidence);

/// The same said several times to one client, and never to another: its thread wrote to the wrong descriptor.
std::optional<Cause> replies_of_others(const Evidence& evidence);

std::optional<Cause> from_octets(const Evidence& evidence);

/// A client that talks where only the server does.
std::optional<Cause> nothing_to_say(const Evidence& evidence);

/// The first word of the conversation, by the side that has to wait for the other's.
std::optional<Cause> spoke_first(const Evidence& evidence);

/// A character of several octets that a program sends octet by octet.
std::optional<Cause> cut_characters(const Evidence& evidence);

/// A side that says its next turn before the answer to the last.
std::optional<Cause> did_not_wait(const Evidence& evidence);

// ---- how they ended (ending_causes.cc)

/// The cause, where a side has spoken after the other's end.
Cause end_ignored();

std::optional<Cause> from_ending(const Evidence& evidence);

// ---- who waits (waiting_causes.cc)

std::optional<Cause> from_spinning(const Evidence& evidence);
std::optional<Cause> one_at_a_time(const Evidence& evidence);

/// A server that took a client in, answered others, and has nobody left who would answer this one.
std::optional<Cause> forgotten_client(const Evidence& evidence);

/// A client that the server leaves in its queue.
std::optional<Cause> not_accepted(const Evidence& evidence);

std::optional<Cause> from_waiting(const Evidence& evidence);

/// A stream that nobody ends, with all said.
std::optional<Cause> unclosed(const Evidence& evidence);

}  // namespace parley::recognise
