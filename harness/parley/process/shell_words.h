// Command lines as a shell reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// The command as one line that a shell would take.
std::string shell_line(const std::vector<std::string>& command);

/// The words of `line`, split at white space and quoted as in a shell: `'…'`, `"…"`, `\`. Nothing is expanded. Throws
/// UsageError where a quote is not closed, or where a shell would do more than split (pipe, redirect, expand `$`).
std::vector<std::string> split_words(std::string_view line);

}  // namespace parley
