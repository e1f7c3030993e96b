// A failure, told to a person: what is wrong, both byte strings, who did what, and how to see it again.
#pragma once

#include <string>

#include "parley/judge/verdict.h"
#include "parley/scenario/plan.h"
#include "parley/wire/observation.h"

namespace parley {

struct ExplainOptions {
    /// Begin with the verdict and the cell's name; not where the caller has told them.
    bool headline = true;
    std::string name;            ///< what the headline calls the cell; empty: its own name
    bool colour = false;         ///< with SGR sequences, for a terminal
    bool all_in_full = false;    ///< the bytes of every finding, not only of the first
    bool places = true;          ///< where in the scenario's file each finding is about
    bool about = false;          ///< what the scenario shows
    bool diagram = false;        ///< the conversation drawn, not listed
    std::string slide;           ///< the one to read again; empty: nothing is said of it
    std::string repeat_command;  ///< runs this cell again; empty: nothing is said of it
};

/// The text, in lines that each end with a newline. Whatever programs sent or printed is escaped and bounded, so that
/// it can neither move a terminal's cursor nor pass for a line of the harness.
std::string explain(const Cell& cell, const Observation& observation, const Verdict& verdict,
                    const ExplainOptions& options);

}  // namespace parley
