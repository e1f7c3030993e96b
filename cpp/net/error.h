// What can go wrong with a socket: which primitive failed, and errno.
#pragma once

#include <string>
#include <system_error>

namespace parley::net {

/// The primitives of the deck ("Sockets : Primitiva …"). `send` stands for send and write, `receive` for recv and read.
enum class Primitive { socket, bind, listen, accept, connect, send, receive };

/// A primitive that failed. `code().value()` is errno.
class Error : public std::system_error {
public:
    /// Takes the present errno.
    explicit Error(Primitive primitive);

    Primitive primitive() const { return primitive_; }
    /// errno's text as strerror gives it: `Connection refused`.
    std::string reason() const { return code().message(); }

private:
    Primitive primitive_;
};

/// A host that could not be resolved. `code()` is an EAI_* number of getaddrinfo(3), what() its text.
class UnknownHost : public std::runtime_error {
public:
    explicit UnknownHost(int code);
    int code() const { return code_; }

private:
    int code_;
};

}  // namespace parley::net
