// Coroutines with a parent: every task is spawned into a group, and the group is joined.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <functional>

#include "parley/base/asio.h"

namespace parley {

/// A condition that coroutines of one thread wait for. A notification that comes while nobody waits is kept.
class Condition {
public:
    explicit Condition(const asio::any_io_executor& executor) : timer_(executor) {}

    void notify() {
        notified_ = true;
        timer_.cancel();
    }

    /// Whether a notification has not yet reached who waits for it.
    bool is_notified() const { return notified_; }

    /// Until notify() is called, or `limit`. Only one coroutine waits at a time.
    asio::awaitable<void> wait_until(std::chrono::steady_clock::time_point limit) {
        if (!notified_) {
            timer_.expires_at(limit);
            error_code cancelled;
            co_await timer_.async_wait(into(cancelled));
        }
        notified_ = false;
    }

    asio::awaitable<void> wait() { return wait_until(std::chrono::steady_clock::time_point::max()); }

private:
    asio::steady_timer timer_;
    bool notified_ = false;
};

/// Tasks that run side by side on one thread. The group must be joined before it is destroyed.
class TaskGroup {
public:
    /// `changed` is called whenever a task ends.
    TaskGroup(const asio::any_io_executor& executor, std::function<void()> changed)
        : executor_(executor), changed_(std::move(changed)), ended_(executor) {}

    void spawn(asio::awaitable<void> task) {
        ++running_;
        asio::co_spawn(executor_, std::move(task), [this](const std::exception_ptr& trouble) {
            --running_;
            if (trouble && !trouble_) trouble_ = trouble;
            ended_.notify();
            changed_();
        });
    }

    /// The first exception that ended a task.
    std::exception_ptr trouble() const { return trouble_; }
    int running() const { return running_; }

    /// Until every task has ended.
    asio::awaitable<void> join() {
        while (running_ > 0) co_await ended_.wait();
    }

private:
    asio::any_io_executor executor_;
    std::function<void()> changed_;
    Condition ended_;
    std::exception_ptr trouble_;
    int running_ = 0;
};

}  // namespace parley
