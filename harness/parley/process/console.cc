#include "parley/process/console.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>

#include "parley/base/error.h"

namespace parley {

namespace {

std::pair<FileDescriptor, FileDescriptor> open_pipe() {
    int ends[2];
    checked(pipe2(ends, O_CLOEXEC), "pipe");
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

}  // namespace

Channel open_terminal() {
    Channel channel;
    channel.ours.reset(checked(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "open a pseudo-terminal"));
    checked(unlockpt(channel.ours.get()), "unlock a pseudo-terminal");
    // By ioctl and not by name: /dev/pts need not be the instance that the name would be looked up in.
    channel.theirs.reset(
        checked(ioctl(channel.ours.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC), "open a pseudo-terminal"));
    termios settings{};
    checked(tcgetattr(channel.theirs.get(), &settings), "tcgetattr");
    cfmakeraw(&settings);
    checked(tcsetattr(channel.theirs.get(), TCSANOW, &settings), "tcsetattr");
    return channel;
}

Channel open_output_pipe() {
    auto [read_end, write_end] = open_pipe();
    return {std::move(read_end), std::move(write_end)};
}

Channel open_input_pipe() {
    auto [read_end, write_end] = open_pipe();
    return {std::move(write_end), std::move(read_end)};
}

FileDescriptor open_null() {
    return FileDescriptor(checked(open("/dev/null", O_RDWR | O_CLOEXEC), "open", "/dev/null"));
}

asio::awaitable<void> capture(asio::posix::stream_descriptor& source, Captured& captured, std::uint64_t most) {
    std::array<char, 4096> buffer{};
    for (;;) {
        error_code error;
        const auto count = co_await source.async_read_some(asio::buffer(buffer), into(error));
        captured.total += count;
        const auto room = Captured::limit - std::min(captured.bytes.size(), Captured::limit);
        captured.bytes.append(buffer.data(), std::min(count, room));
        // End of file; EIO where the last terminal descriptor was closed.
        if (error || captured.total > most) co_return;
    }
}

asio::awaitable<void> feed(asio::posix::stream_descriptor& sink, const Bytes& input) {
    error_code error;
    co_await asio::async_write(sink, asio::buffer(input), into(error));
    sink.close(error);
}

}  // namespace parley
