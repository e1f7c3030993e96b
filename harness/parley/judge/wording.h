// Phrases that findings and reports share.
#pragma once

#include <string>
#include <string_view>

#include "parley/scenario/scenario.h"
#include "parley/wire/observation.h"

namespace parley {

/// `the server`, `the client`. In Portuguese such a phrase begins with its article, `o`, so that a translation can draw
/// a preposition into it: `d{}` becomes `do servidor`.
std::string side_text(Side side);

/// Who it is in `scenario`: `the server`, `the client`, or, of several, `client 2` (`client` itself counts from 0).
std::string subject(const Scenario& scenario, Side side, int client);

/// ` on client 2's connection` where the server has several clients and so more than one; empty otherwise.
std::string on_connection(const Scenario& scenario, Side side, int client);

/// How a program stood: `exit 1`, `killed by signal 11 (SIGSEGV)`, `still running`, `not started`.
std::string state_text(const ProgramState& state);

/// How a program ended, as a verb: `ended with exit 1`, `was killed by signal 11 (SIGSEGV)`.
std::string ended_text(const ProgramState& state);

/// `; on stderr: "…"`, the line that tells most; empty where there is none.
std::string complaint_text(const ProgramObservation& program);

/// Of what was printed, the line that names the error that ended a program; the last where none does.
std::string_view telling_line(std::string_view printed);

/// The last line of `printed` that is not blank, without its newline.
std::string_view last_line(std::string_view printed);

/// `recvfrom(4), connected to 127.0.0.1:5050`.
std::string call_text(const BlockedCall& call);

/// The call in which a program waited that tells most, a socket's first; nullptr where it did not.
const BlockedCall* telling_call(const ProgramObservation& program);

/// What a program was doing: `waits in recvfrom(4), connected to 127.0.0.1:5050`, `is still running`, `had ended: exit
/// 0`.
std::string activity_text(const ProgramObservation& program);

/// What every program was doing, in one phrase: `the client waits in …, the server waits in …`.
std::string all_activities(const Scenario& scenario, const Observation& observation);

}  // namespace parley
