// A mount namespace without the file systems that no container shows anyway.
#pragma once

#include "parley/base/file_descriptor.h"

namespace parley {

/// The machine's file systems but for those below /dev and /proc, of which each container has its own, and those below
/// /sys except the one for control groups, which runtimes ask for their share of the machine. bwrap reads the list of
/// all some fifteen times, so what is not in it makes a container cheaper. Empty where the process may not make one:
/// whoever is not root may not take parts away.
FileDescriptor make_spare_mounts();

}  // namespace parley
