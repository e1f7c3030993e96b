#include "parley/base/error.h"

#include <cerrno>

#include "parley/base/bytes.h"

namespace parley {

namespace {

std::string describe(std::string_view operation, std::string_view object) {
    std::string text(operation);
    if (!object.empty()) text += " " + quoted(object);
    return text;
}

}  // namespace

SystemError::SystemError(int code, std::string_view operation, std::string_view object)
    : std::system_error(code, std::generic_category(), describe(operation, object)) {}

void throw_errno(std::string_view operation, std::string_view object) {
    throw SystemError(errno, operation, object);
}

}  // namespace parley
