// What a teacher says of an assignment: FOLDER/grade.json. And what a submission says of itself: its parley.json.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "parley/json/document.h"
#include "parley/sandbox/containment.h"
#include "parley/scenario/implementation.h"
#include "parley/verify/submission.h"

namespace parley {

/// What the two are called.
inline constexpr const char* assignment_file = "grade.json";
inline constexpr const char* submission_file = "parley.json";

/// How a program is made and started, in words. Empty: as convention has it (convention.h).
struct Commands {
    std::vector<std::string> build, run;
    friend bool operator==(const Commands&, const Commands&) = default;
};

/// How much the scenarios that match a pattern count, beside the others of their role.
struct Weight {
    std::string scenarios;
    double weight = 1;
    Position position;  ///< of the pattern
};

/// A role that every submission is to play.
struct GradedRole {
    std::string role;
    Commands commands;
    std::optional<double> points;  ///< for all its scenarios together; none: a scenario's weight is its points
    std::vector<Weight> weights;   ///< the first that matches a scenario counts; 1 where none does
};

struct GradeConfig {
    std::string file;
    std::vector<GradedRole> roles;  ///< in the file's order
    std::optional<Level> level;
    std::chrono::duration<double> build_time_limit{60};  ///< of one command
    Limits limits;                                       ///< of a contained program
    std::vector<std::string> visible;                    ///< paths that contained programs may read
    bool writable = false;                               ///< whether they may change their folder
};

/// The commands of a submission's roles, by role.
using OwnCommands = std::map<std::string, Commands>;

/// Reads `file`. Mistakes are appended to `diagnostics`. Throws UsageError where it cannot be read.
GradeConfig read_grade_config(const std::string& file, const Catalogue& catalogue,
                              std::vector<Diagnostic>& diagnostics);
OwnCommands read_own_commands(const std::string& file, const Catalogue& catalogue,
                              std::vector<Diagnostic>& diagnostics);

/// The same from a text, which stands in for the contents of `file`.
GradeConfig read_grade_config_text(const std::string& text, const std::string& file, const Catalogue& catalogue,
                                   std::vector<Diagnostic>& diagnostics);
OwnCommands read_own_commands_text(const std::string& text, const std::string& file, const Catalogue& catalogue,
                                   std::vector<Diagnostic>& diagnostics);

/// `own` where it says something, else `given`.
Commands overridden(const Commands& given, const Commands& own);

}  // namespace parley
