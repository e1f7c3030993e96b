// The commands. Each returns the exit status; what prevents one is thrown (UsageError, SetupError, JsonError).
#pragma once

#include "arguments.h"

namespace parley {

int run(const RunOptions& options, const std::vector<std::string>& command_line);
int list(const ListOptions& options);
int lint(const LintOptions& options);
int record(const RecordOptions& options);
int show(const ShowOptions& options);
int verify(const VerifyOptions& options, const std::vector<std::string>& command_line);
int grade(const GradeOptions& options);
int doctor(const DoctorOptions& options);

/// Prints the diagnostics to stderr where there are any, and says whether there were.
bool tell(const std::vector<Diagnostic>& diagnostics);

}  // namespace parley
