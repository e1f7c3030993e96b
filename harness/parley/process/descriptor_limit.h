// How many descriptors a process may have open.
#pragma once

namespace parley {

/// Raises the limit of this process as far as it may: parley holds the sockets of all cells that run side by side.
void raise_descriptor_limit();

/// For a child process between fork and exec: gives it the limit that a program has on most systems, however high or
/// low parley's own is, and no way to raise it. Only async-signal-safe calls. 0, or -1 with errno.
int pin_descriptor_limit();

}  // namespace parley
