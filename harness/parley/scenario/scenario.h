// A scenario: which roles meet, and the conversation that is expected. Data alone; reader.h makes it from JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parley/scenario/implementation.h"
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

/// A scripted side waits before it goes on. Nothing crosses.
struct Pause {
    std::chrono::milliseconds length{0};
};

/// One step of the conversation. Its cause is what stands before it: a side that speaks before its turn is wrong, in
/// however many segments the bytes travel.
struct Turn {
    Who who = Who::client;
    std::variant<Value, StreamEvent, Pause> what;
    Position position;
    /// Of data that a scripted side sends: it goes out in pieces of at most so many octets, each when the one before
    /// has been read. 0: in one.
    std::size_t pieces_of = 0;
};

/// How a program has to end. What is not given is not checked.
struct Expectation {
    std::optional<int> exit;        ///< it ends by itself with this status
    bool running = false;           ///< it is still there, at rest, when the conversation is over
    std::optional<Value> out, err;  ///< all that it prints
    /// In which order it calls the primitives of TCP sockets; empty: it is not looked at. Only of a program on trial.
    std::vector<std::string> primitives;
    Position exit_position, running_position;
};

/// Who plays a part.
enum class Player {
    program,
    script,  ///< the harness itself: it does its side's turns of the exchange, and closes after the last
    idle,    ///< of clients: the harness connects, stays silent, and leaves when all others have ended
};

/// What it means for a program that is verified in the place of a role's implementation.
enum class Verified {
    held,    ///< it has to pass
    advice,  ///< beyond what the role asks: how it goes is told, and counts for nothing
    never,   ///< the scenario is none to verify this part with
};

/// A side's part: who plays it, what a program is given, and how it has to end.
struct ProgramPart {
    Player player = Player::program;
    std::string role;
    std::optional<Implementation> own;             ///< in place of a role: the one program that plays this part
    std::optional<std::vector<std::string>> argv;  ///< in place of the role's own; {host} and {port} are filled in
    /// Of a client: the address of the loopback and the port at which it finds the server. It has to connect there.
    std::optional<std::string> host;         ///< else `localhost`, and whatever that leads to
    std::optional<int> port;                 ///< else the scenario's, or the role's
    Bytes input;                             ///< all of stdin; then stdin is at its end
    std::map<std::string, std::string> env;  ///< besides, or in place of, the pinned TZ, LANG, LC_ALL, PATH, HOME
    Expectation expect;
    Verified verified = Verified::held;  ///< of a program
    Position position;
    /// The program is being verified, so what the scenario leaves to it is not held against it: into how many writes it
    /// cuts a turn (the relay delivers each in one piece), and, of a client, that its stream ends as soon as it has
    /// nothing left to say.
    bool on_trial = false;

    bool is_program() const { return player == Player::program; }
    /// A program on trial whose output is compared and that has to end by itself prints into a pipe: what lies in its
    /// buffer is then printed, and many print otherwise to a terminal (line ends, escape sequences of prompts). All
    /// others print to a terminal.
    bool prints_into_pipe() const { return on_trial && expect.out && expect.exit; }
};

struct ServerPart : ProgramPart {
    bool port_in_use = false;           ///< somebody else listens on its port before it starts
    std::optional<std::int64_t> clock;  ///< what its clock shows when the cell begins, in seconds since the epoch
};

struct ClientPart : ProgramPart {
    std::vector<Turn> exchange;  ///< on this client's connection
};

enum class Outcome {
    complete,
    deadlock,  ///< after the exchange all wait for each other
};

struct Scenario {
    std::string name;  ///< path below the scenarios' folder, without `.json`, then the case: `echo/sizes/1024`
    std::string file;
    std::string about;
    std::string way;  ///< where it may go in several ways: when it goes in this one; may be empty
    std::vector<std::string> tags;
    std::optional<ServerPart> server;  ///< none: nobody listens
    std::vector<ClientPart> clients;   ///< none: the server is alone
    bool at_once = false;              ///< the clients start together; otherwise each when the one before has ended
    Outcome outcome = Outcome::complete;
    std::optional<int> port;        ///< in place of the role's
    std::string time_zone = "UTC";  ///< in which times of day are expected: the server's TZ
    std::chrono::milliseconds time_limit{5000};
    /// The other ways in which it may go. They differ in what is expected, not in what is run.
    std::vector<Scenario> other_ways;
};

/// The sides of `who`.
inline std::vector<Side> sides_of(Who who) {
    if (who == Who::both) return {Side::client, Side::server};
    return {who == Who::client ? Side::client : Side::server};
}

inline bool includes(Who who, Side side) {
    return who == Who::both || (who == Who::client) == (side == Side::client);
}

}  // namespace parley
