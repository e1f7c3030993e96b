// The vocabulary of asynchronous code: one thread, one io_context, coroutines.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parley {

namespace asio = boost::asio;
using boost::system::error_code;

/// `co_await operation(…, into(error))`: reports an error there instead of throwing it, for what is normal where it is
/// called (end of file, refused, cancelled).
inline auto into(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
}

}  // namespace parley
