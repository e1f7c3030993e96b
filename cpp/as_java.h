// How a Java program behaves around its sockets: println, addresses, exceptions, readLine, close.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/socket.h"

namespace parley::java {

/// Takes signals as the JVM does: a broken pipe is an error of its call, and what ends the program makes it exit with
/// 128 and the signal's number. To be called first.
void take_signals();

/// `System.out.println(line)`: on stdout at once, a whole line at a time whichever thread prints.
void println(const std::string& line);

/// What an InetSocketAddress prints: `/127.0.0.1:54321`, `/[0:0:0:0:0:0:0:1]:54321`.
std::string to_string(const net::Address& address);

/// What the IOException for `error` prints: `java.net.ConnectException: Connection refused`.
std::string to_string(const net::Error& error);

/// `new ServerSocket(port)`: listens on every interface, IPv4 and IPv6, for up to 50 that wait.
net::Socket server_socket(std::uint16_t port);

/// `new Socket(host, port)`. Tries one address, and prefers IPv4. Throws net::Error and net::UnknownHost.
net::Socket connected_socket(const std::string& host, std::uint16_t port);

/// `PrintWriter.print(text)` and flush. Failures vanish, as PrintWriter lets them.
void write(net::Socket& socket, std::string_view text);

/// The first line that a BufferedReader reads: up to `\n`, `\r`, or the end of the stream; none where that comes first.
std::optional<std::string> read_line(net::Socket& socket);

/// `socket.close()`: ends the output first, so that the peer sees an end even where unread input turns close into a
/// reset.
void close(net::Socket& socket);

/// `bytes` as the JVM decodes UTF-8: U+FFFD for each part that is malformed.
std::string decode(std::string_view bytes);

}  // namespace parley::java
