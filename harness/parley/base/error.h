// Errors of the system, with what was tried on what.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace parley {

/// A system call that failed: the operation, the object it was tried on, and errno.
/// what() reads `open "/x/y": No such file or directory`.
class SystemError : public std::system_error {
public:
    SystemError(int code, std::string_view operation, std::string_view object = {});
};

/// Throws SystemError with the present errno.
[[noreturn]] void throw_errno(std::string_view operation, std::string_view object = {});

/// `result` where it is not negative, else throws SystemError with errno.
template <typename Int>
Int checked(Int result, std::string_view operation, std::string_view object = {}) {
    if (result < 0) throw_errno(operation, object);
    return result;
}

/// The user asked for something that cannot be (a wrong argument, a file that is not there): exit status 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The machine or the set-up cannot do what is needed: exit status 3, never blamed on a program under test.
class SetupError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace parley
