// Work that blocks, away from the thread that runs the coroutines.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <type_traits>

#include "parley/base/asio.h"

namespace parley {

namespace detail {

template <typename Work>
asio::awaitable<std::invoke_result_t<Work&>> call(Work& work) {
    co_return work();
}

}  // namespace detail

/// Calls `work` on one of the pool's threads, and resumes the caller on its own with the result or the exception.
/// `work` must not touch what the caller's thread uses meanwhile. It lives in the caller's frame: nothing is copied.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work&>> offload(asio::thread_pool& pool, Work& work) {
    return asio::co_spawn(pool, detail::call(work), asio::use_awaitable);
}

}  // namespace parley
