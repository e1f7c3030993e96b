// The grades of many submissions, for people and for other programs.
#pragma once

#include <string>
#include <vector>

#include "parley/grade/grade.h"
#include "parley/json/document.h"
#include "parley/json/json.h"

namespace parley {

/// A row a submission, a column a role and one for the total; then a line for each role of which nothing could be
/// tried, with the reason.
std::string grade_table(const std::vector<Grade>& grades, const std::vector<std::string>& roles, bool colour);

/// A line a submission and role (RFC 4180), after a line with the columns' names. What could not be graded has no
/// points, not 0.
std::string grades_csv(const std::vector<Grade>& grades);

/// One object with every scenario's verdict. `expected` counts the submissions that there are.
std::string grades_json(const std::vector<Grade>& grades, Level level, std::size_t expected, bool interrupted);

/// Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/): a test a scenario, and
/// as the output of the whole what `parley verify` says.
std::string gradescope_results(const Grade& grade);

/// One grade with all that is known of it, and back. The latter throws JsonError where it is none.
Json grade_to_json(const Grade& grade);
Grade grade_from_json(const JsonValue& value);

}  // namespace parley
