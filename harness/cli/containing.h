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

/// The words that have a command run what it runs under the same conditions as these options, which go beyond `limits`.
std::vector<std::string> conditions_in_words(const std::string& isolation, double timeout_scale,
                                             const SandboxOptions& containing, Limits limits = {});

}  // namespace parley
