#include "silent_runs.h"

#include <signal.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>

#include "parley/run/suite.h"
#include "places.h"

namespace parley {

SilentRuns::SilentRuns() : workshop_(loop_.get_executor(), own_build(), 1.0, choose_isolation("auto")) {}

std::vector<Observation> SilentRuns::run(const std::vector<Cell>& cells, int repetitions) {
    std::vector<Observation> seen(cells.size() * static_cast<std::size_t>(repetitions));
    Suite::Events events;
    events.started = [](const Cell&) {};
    events.finished = [&](const Cell& cell, int repetition, Observation observation) {
        const auto index = (&cell - cells.data()) * repetitions + repetition;
        seen[static_cast<std::size_t>(index)] = std::move(observation);
    };
    Suite suite(workshop_, cells, repetitions, default_jobs(), std::move(events));
    asio::signal_set signals(loop_, SIGINT, SIGTERM, SIGHUP);
    bool interrupted = false;
    signals.async_wait([&](const error_code& cancelled, int) {
        if (cancelled) return;
        interrupted = true;
        suite.stop(true);
    });
    std::exception_ptr trouble;
    asio::co_spawn(loop_, suite.run(), [&](const std::exception_ptr& thrown) {
        trouble = thrown;
        signals.cancel();
    });
    loop_.restart();
    loop_.run();
    if (trouble) std::rethrow_exception(trouble);
    if (interrupted) throw Interrupted();
    return seen;
}

}  // namespace parley
