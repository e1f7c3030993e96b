#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>

#include "as_python.h"

namespace parley::python {
namespace {

TEST(PythonAddress, ShowsAsATuple) {
    EXPECT_EQ(str(net::resolve("127.0.0.1", 54321)), "('127.0.0.1', 54321)");
}

TEST(PythonCtime, PadsTheDayWithASpace) {
    setenv("TZ", "UTC0", 1);
    EXPECT_EQ(ctime(1767668645), "Tue Jan  6 03:04:05 2026");
}

TEST(PythonConnect, RefusesAPortPastSixteenBitsOnlyAfterItKnowsTheHost) {
    net::Socket socket;
    EXPECT_THROW(connect(socket, "127.0.0.1", 65536), Exception);
    EXPECT_THROW(connect(socket, "a..b", 65536), net::UnknownHost);
    EXPECT_THROW(connect(socket, "a..b", 1L << 40), Exception);
}

TEST(PythonRun, KnowsNoSigpipe) {
    std::signal(SIGPIPE, SIG_DFL);
    EXPECT_EQ(run([] { std::raise(SIGPIPE); }), 0);
}

std::string console_of(const std::function<void()>& program) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(program), 1);
    return testing::internal::GetCapturedStderr();
}

TEST(PythonRun, EndsWithTheLastLineOfATraceback) {
    const auto fail_with = [](int number) {
        return [number] {
            errno = number;
            throw net::Error(net::Primitive::send);
        };
    };
    EXPECT_EQ(console_of(fail_with(EPIPE)), "BrokenPipeError: [Errno 32] Broken pipe\n");
    EXPECT_EQ(console_of(fail_with(EACCES)), "PermissionError: [Errno 13] Permission denied\n");
    EXPECT_EQ(console_of(fail_with(ENETUNREACH)), "OSError: [Errno 101] Network is unreachable\n");
    EXPECT_EQ(console_of([] { net::resolve("a..b", 1); }), "socket.gaierror: [Errno -2] Name or service not known\n");
}

}  // namespace
}  // namespace parley::python
