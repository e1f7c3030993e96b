#include "parley/report/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>

#include "parley/base/error.h"
#include "parley/base/file_descriptor.h"

namespace parley {
namespace {

struct Pipe {
    FileDescriptor reader, writer;
    explicit Pipe(int flags = 0) {
        std::array<int, 2> ends{};
        checked(pipe2(ends.data(), O_CLOEXEC | flags), "pipe2");
        reader.reset(ends[0]);
        writer.reset(ends[1]);
    }
};

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 4096> chunk{};
    for (;;) {
        const ssize_t got = read(descriptor, chunk.data(), chunk.size());
        if (got > 0) text.append(chunk.data(), static_cast<std::size_t>(got));
        if (got <= 0 && errno != EAGAIN) return text;
        if (got == 0) return text;
    }
}

TEST(Output, OutlivesAReaderThatHasGone) {
    Pipe pipe;
    pipe.reader.reset();
    ASSERT_EQ(signal(SIGPIPE, SIG_DFL), SIG_DFL);
    Output output(pipe.writer.get());
    output.write("a");
    EXPECT_EQ(output.error(), EPIPE);
    output.write("b");
    EXPECT_EQ(output.error(), EPIPE);
}

TEST(Output, LeavesTheSignalAsItWas) {
    Pipe pipe;
    pipe.reader.reset();
    Output(pipe.writer.get()).write("a");
    sigset_t blocked, pending;
    ASSERT_EQ(pthread_sigmask(SIG_BLOCK, nullptr, &blocked), 0);
    ASSERT_EQ(sigpending(&pending), 0);
    EXPECT_FALSE(sigismember(&blocked, SIGPIPE));
    EXPECT_FALSE(sigismember(&pending, SIGPIPE));
}

TEST(Output, WaitsForASlowReaderOfANonBlockingPipe) {
    Pipe pipe(O_NONBLOCK);
    checked(fcntl(pipe.reader.get(), F_SETFL, 0), "fcntl");
    const std::string much(1 << 20, 'x');
    std::string received;
    std::thread reader([&] { received = read_all(pipe.reader.get()); });
    Output output(pipe.writer.get());
    output.write(much);
    pipe.writer.reset();
    reader.join();
    EXPECT_EQ(output.error(), 0);
    EXPECT_EQ(received, much);
}

}  // namespace
}  // namespace parley
