// What the diagrams of what is expected and of what was seen are made of.
#pragma once

#include <string>
#include <vector>

#include "parley/report/diagram.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// Appends a row of that kind; it stays where it is until the next one is appended.
DiagramRow& add_row(std::vector<DiagramRow>& rows, DiagramRow::Kind kind, Who who);

/// Appends the box in which a side's life line begins.
void add_player(std::vector<DiagramRow>& rows, Who who, const std::string& words);

/// Appends calls with which nothing crosses.
void add_calls(std::vector<DiagramRow>& rows, const std::string& client_call, const std::string& server_call);

/// Appends the calls before a server listens.
void add_bind(std::vector<DiagramRow>& rows, int port);

/// Appends the calls with which a client connects, and the server's beside each.
void add_connect(std::vector<DiagramRow>& rows, const std::string& beside_socket, const std::string& beside_connect);

/// Appends a row for each of `turns`, with the calls that make it so; a server that has not accepted the connection
/// calls nothing.
void add_turns(const std::vector<Turn>& turns, bool accepted, std::vector<DiagramRow>& rows);

/// Who plays a part, in a word: `echo-client`, `script`.
std::string player_name(const ProgramPart& part);

/// `words` as a line of a box.
std::string in_a_box(const std::string& words);

/// The lines of a box that tell what is printed on `stream`; of much, the first.
std::vector<std::string> console_lines(const std::string& stream, const Value& printed);

}  // namespace parley
