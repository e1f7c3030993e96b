// How a Python program behaves around its sockets: print, addresses, and what an exception leaves on the console.
#pragma once

#include <ctime>
#include <functional>
#include <string>

#include "net/socket.h"
#include "python_text.h"

namespace parley::python {

/// `print(line)`: into stdout's buffer.
void print(const std::string& line);

/// What an f-string shows of an IPv4 address: `('127.0.0.1', 54321)`.
std::string str(const net::Address& address);

/// `time.ctime(instant)`: `Sun Nov 22 09:41:00 2026`, 24 octets.
std::string ctime(std::time_t instant);

/// `socket.connect((host, port))`. Throws Exception (OverflowError) for a port past 16 bits.
void connect(net::Socket& socket, const std::string& host, long port);

/// Runs `program` as the interpreter does: without SIGPIPE; what it throws ends as the last line of a traceback on
/// stderr. Returns the exit status.
int run(const std::function<void()>& program);

}  // namespace parley::python
