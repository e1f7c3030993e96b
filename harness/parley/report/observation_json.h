// An observation and a verdict as JSON, and back without loss.
#pragma once

#include "parley/json/document.h"
#include "parley/json/json.h"
#include "parley/judge/verdict.h"
#include "parley/wire/observation.h"

namespace parley {

/// The ending as reports spell it.
const char* name(Ending ending);
/// What a socket came to be, as reports spell it.
const char* name(SocketCall::On on);

/// All of an observation. Whatever could hold arbitrary octets is a string where it is UTF-8, else `{"base64": "…"}`;
/// times are microseconds where they are whole numbers, seconds where they are not.
Json to_json(const Observation& observation);

/// The observation that to_json() wrote, equal to it in every field. Throws JsonError, whose diagnostic names no file.
Observation observation_from_json(const JsonValue& value);

/// A verdict's findings, and back, as above.
Json to_json(const std::vector<Finding>& findings);
std::vector<Finding> findings_from_json(const JsonValue& value);

}  // namespace parley
