// A program that somebody wrote, in the place of a role's implementations.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parley/base/language.h"
#include "parley/scenario/implementation.h"
#include "parley/scenario/scenario.h"

namespace parley {

/// How much of a scenario is held against a program.
enum class Level {
    wire,        ///< octets, turns, ends; that a server serves on
    console,     ///< stdout and exit status besides
    primitives,  ///< the order of its socket calls besides
};

/// `wire`, `console`, `primitives`.
const char* name(Level level);

/// The level of that name. Throws std::out_of_range where there is none.
Level level_named(std::string_view name);

struct Submission {
    std::string role;  ///< empty: every program of `side`
    Side side = Side::client;
    /// {host} and {port} are filled in; the word {args} stands for the scenario's arguments.
    std::vector<std::string> command;
    std::string folder;                     ///< where it starts
    std::vector<std::string> visible = {};  ///< of one that is contained: what it may read besides its folder
    bool writable = false;                  ///< of one that is contained: whether it may change its folder

    /// Whether the command leaves a place for {port}, {host}, or {args}, which may hold both.
    bool takes_port() const;
    bool takes_host() const;
    bool takes_arguments() const;
};

/// Why a scenario cannot be held against a submission.
enum class NotHeld {
    other_role,  ///< the role plays no part in it, or its part is not verified
    port,        ///< it is about another port, and the command has no {port}
    host,        ///< it is about another host, and the command has no {host}
    arguments,   ///< it gives arguments of its own, and the command has no {args}
};

/// `scenario` with the submission in its place, and with nothing expected that is not held against it: of the
/// submission what `level` names, of all others nothing but what crosses.
std::variant<Scenario, NotHeld> with_submission(const Scenario& scenario, const Submission& submission,
                                                const Catalogue& catalogue, Level level);

/// The part that the submission plays; nullptr where it plays none.
const ProgramPart* part_of(const Scenario& scenario, const Submission& submission);

/// What a submission is called where implementations have their language: `echo/two-messages:python:yours`.
inline constexpr const char* submission_name = marked("yours");

}  // namespace parley
