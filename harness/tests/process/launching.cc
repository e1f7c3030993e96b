#include "launching.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "parley/observe/proc.h"
#include "parley/observe/threads.h"

namespace parley {

Launch::Launch(std::vector<std::string> command, Bytes input)
    : input_(std::move(input)), in_(open_input_pipe()), out_(open_terminal()), err_(open_output_pipe()) {
    request.command = std::move(command);
    request.environment = pinned_environment({});
    request.in = in_.theirs.get();
    request.out = out_.theirs.get();
    request.err = err_.theirs.get();
}

void Launch::start() {
    program_.emplace(context_.get_executor(), request);
    for (auto* channel : {&in_, &out_, &err_}) channel->theirs.reset();
    input_end_.emplace(context_, in_.ours.release());
    output_end_.emplace(context_, out_.ours.release());
    error_end_.emplace(context_, err_.ours.release());
    asio::co_spawn(context_, watch(), asio::detached);
    asio::co_spawn(context_, feed(*input_end_, input_), asio::detached);
    asio::co_spawn(context_, capture(*output_end_, launched_.out, UINT64_MAX), asio::detached);
    asio::co_spawn(context_, capture(*error_end_, launched_.err, UINT64_MAX), asio::detached);
}

asio::awaitable<void> Launch::watch() {
    launched_.state = co_await program_->wait();
}

Launched Launch::finish() {
    context_.run_for(std::chrono::seconds(20));
    return launched_;
}

Launched shell(const std::string& script, Bytes input) {
    Launch launch({"/bin/sh", "-c", script}, std::move(input));
    launch.start();
    return launch.finish();
}

std::vector<pid_t> zombies() {
    auto children = own_children();
    std::erase_if(children, [](pid_t child) { return read_stat(child, child).state != 'Z'; });
    return children;
}

}  // namespace parley
