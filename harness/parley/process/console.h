// What a program prints and is given to read.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>

#include "parley/base/asio.h"
#include "parley/base/file_descriptor.h"
#include "parley/wire/observation.h"

namespace parley {

/// Two descriptors of one channel: `ours` is read or written by parley, `theirs` is handed to the program and closed
/// here as soon as it has been started.
struct Channel {
    FileDescriptor ours;
    FileDescriptor theirs;
};

/// A pseudo-terminal in raw mode for stdout: programs flush a terminal line by line, so what a killed server printed is
/// kept, and octets pass as they are. Throws SystemError.
Channel open_terminal();

/// A pipe out of the program (stderr), or into it (stdin). Throws SystemError.
Channel open_output_pipe();
Channel open_input_pipe();

/// An input that is at its end at once.
FileDescriptor open_null();

/// Reads until the program's side is closed, or more than `most` octets have come, keeping the first Captured::limit
/// and counting all. Ends also when `source` is cancelled.
asio::awaitable<void> capture(asio::posix::stream_descriptor& source, Captured& captured, std::uint64_t most);

/// Writes all of `input`, then closes. A program that does not read it is no error.
asio::awaitable<void> feed(asio::posix::stream_descriptor& sink, const Bytes& input);

}  // namespace parley
