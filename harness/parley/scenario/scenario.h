// A scenario: which roles meet, and the conversation that is expected. Data alone; reader.h makes it from JSON.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parley/scenario/value.h"
#include "parley/wire/transcript.h"

namespace parley {

/// Who takes a turn. `both`: each side, in whichever order (the two ends of a connection, usually).
enum class Who { client, server, both };

/// What a side does to the stream, other than sending data.
enum class StreamEvent {
    end,      ///< end of stream (FIN)
    reset,    ///< connection reset (RST)
    refused,  ///< client only: its connection is refused; the scenario has no server
};

/// One step of the conversation. Its cause is what stands before it: a side that speaks before its turn is wrong, in
/// however many segments the bytes travel.
struct Turn {
    Who who = Who::client;
    std::variant<Value, StreamEvent> what;
    Position position;
};

/// How a program has to end. What is not given is not checked.
struct Expectation {
    std::optional<int> exit;        ///< it ends by itself with this status
    bool running = false;           ///< it is still there, at rest, when the conversation is over
    std::optional<Value> out, err;  ///< all that it prints
    Position exit_position, running_position;
};

/// A program's part: what it is given, and how it has to end.
struct ProgramPart {
    std::string role;
    std::optional<std::vector<std::string>> argv;  ///< in place of the role's own; {host} and {port} are filled in
    Bytes input;                                   ///< all of stdin; then stdin is at its end
    std::map<std::string, std::string> env;        ///< besides, or in place of, the pinned TZ, LANG, LC_ALL, PATH, HOME
    Expectation expect;
    Position position;
};

struct ServerPart : ProgramPart {
    bool port_in_use = false;  ///< somebody else listens on its port before it starts
};

struct ClientPart : ProgramPart {
    /// The harness itself in the client's place: it connects, stays silent, and leaves when all others have ended.
    bool idle = false;
    std::vector<Turn> exchange;  ///< on this client's connection
};

enum class Outcome {
    complete,
    deadlock,  ///< after the exchange all wait for each other
};

struct Scenario {
    std::string name;  ///< path below the scenarios' folder, without `.json`: `echo/two-messages`
    std::string file;
    std::string about;
    std::vector<std::string> tags;
    std::optional<ServerPart> server;  ///< none: nobody listens
    std::vector<ClientPart> clients;   ///< none: the server is alone
    bool at_once = false;              ///< the clients start together; otherwise each when the one before has ended
    Outcome outcome = Outcome::complete;
    std::optional<int> port;        ///< in place of the role's
    std::string time_zone = "UTC";  ///< in which times of day are expected: the server's TZ
    std::chrono::milliseconds time_limit{5000};
};

}  // namespace parley
