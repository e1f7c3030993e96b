#include "net/error.h"

#include <netdb.h>

#include <cerrno>

namespace parley::net {

Error::Error(Primitive primitive) : std::system_error(errno, std::generic_category()), primitive_(primitive) {}

UnknownHost::UnknownHost(int code) : std::runtime_error(gai_strerror(code)), code_(code) {}

}  // namespace parley::net
