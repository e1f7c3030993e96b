// How to get what a machine lacks.
#pragma once

#include <string>

#include "parley/doctor/feature.h"
#include "parley/doctor/platform.h"

namespace parley {

/// The one command that brings what `gap` lacks, to be typed as whoever runs parley; empty where no command does.
std::string mend(const Examined& gap, const Platform& platform);

}  // namespace parley
