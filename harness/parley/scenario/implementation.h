// Roles and the programs that play them: scenarios/implementations.json.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "parley/json/document.h"
#include "parley/wire/transcript.h"

namespace parley {

/// The titles of the slides to read again where a program goes wrong.
struct Slides {
    std::string set_up;  ///< up to the connection: socket, bind, listen, accept, connect
    std::string talk;    ///< on it: send, recv, close
    std::string order;   ///< in which order the primitives are called; may be empty
};

/// A part in a conversation that some program can play.
struct Role {
    std::string name;  ///< `echo-server`
    Side side = Side::client;
    std::string about;
    int port = 0;
    std::vector<std::string> argv;             ///< where a scenario gives none; {host} and {port} are filled in
    Slides slides = {};                        ///< empty where the catalogue names none
    std::vector<std::string> primitives = {};  ///< in the order in which a program calls them; empty: any
};

/// Something the machine must have for an implementation to run.
struct Need {
    std::string path;     ///< a file, or a program name that is looked for in PATH
    std::string package;  ///< the Debian package (or build step) that brings it
};

/// The levels at which `parley verify` passes it, as its author claims.
struct Claim {
    std::string level = "primitives";  ///< the highest
    std::string reason = {};           ///< why no higher one
};

/// A role in one language.
struct Implementation {
    std::string role;
    std::string language;  ///< `python`: the second half of `echo-server/python`
    bool reference = false;
    std::vector<std::string> command;  ///< {source}, {build}, {host} and {port} are filled in
    std::vector<Need> needs;
    std::string folder =
        {};  ///< where it starts; empty: the catalogue's, or of a scenario's own command the scenario's
    std::vector<std::string> visible = {};  ///< of one that is contained: what it may read besides its folder
    bool writable = false;                  ///< of one that is contained: whether it may change its folder
    Claim claim = {};
    std::string name() const { return role + "/" + language; }
};

struct Catalogue {
    std::string file;
    std::map<std::string, Role> roles;
    std::vector<Implementation> implementations;  ///< in the file's order

    /// The folder of the file: programs start there.
    std::string folder() const;
    /// The folder above it: {source} in commands.
    std::string source() const;

    /// Those of a role, in the file's order.
    std::vector<const Implementation*> of(const std::string& role) const;
    std::vector<std::string> role_names() const;
};

}  // namespace parley
