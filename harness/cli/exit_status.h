// What the command's exit status says.
#pragma once

namespace parley::exit_status {

inline constexpr int as_expected = 0;
inline constexpr int not_as_expected = 1;
inline constexpr int usage = 2;  ///< wrong usage, or a scenario that does not hold up: nothing ran
inline constexpr int could_not_run = 3;
inline constexpr int interrupted = 130;

}  // namespace parley::exit_status
