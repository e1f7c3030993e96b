// Containers for programs that are not trusted, as the command line wants them.
#pragma once

#include <string>
#include <vector>

#include "arguments.h"
#include "parley/run/workshop.h"

namespace parley {

/// Contains `whose` programs unless the options say otherwise, within `limits` and what the options say beyond them.
/// `hidden` are folders that they must not see, besides the project's own. Where the machine makes no containers it
/// says so on stderr; throws SetupError where the options insist. Throws UsageError for a limit that makes no sense.
void contain(Workshop& workshop, const SandboxOptions& options, Contained whose, Limits limits,
             const std::vector<std::string>& hidden);

/// The words that have the command contain programs as these options do.
std::vector<std::string> words_of(const SandboxOptions& options);

}  // namespace parley
