#include "parley/process/console.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "launching.h"
#include "parley/base/format.h"
#include "tests/programs/actor.h"

namespace parley {
namespace {

using testing::VariantWith;

Bytes every_octet() {
    Bytes all;
    for (int octet = 0; octet < 256; ++octet) all.push_back(static_cast<char>(octet));
    return all;
}

// What comes out of `channel` when `bytes` are written into it and its other end is closed.
Captured passed_through(Channel channel, const Bytes& bytes) {
    asio::io_context context;
    Captured captured;
    asio::posix::stream_descriptor source(context, channel.ours.release());
    asio::posix::stream_descriptor sink(context, channel.theirs.release());
    asio::co_spawn(context, capture(source, captured, UINT64_MAX), asio::detached);
    asio::co_spawn(context, feed(sink, bytes), asio::detached);
    context.run_for(std::chrono::seconds(20));
    return captured;
}

TEST(Terminal, PassesEveryOctetAsItIs) {
    EXPECT_EQ(passed_through(open_terminal(), every_octet()).bytes, every_octet());
}

TEST(Terminal, AddsNoCarriageReturnAndTakesNoControlCharacter) {
    const Bytes printed("one\n\x04two\n\x03three\x11\x13\x1a", 18);
    EXPECT_EQ(passed_through(open_terminal(), printed).bytes, printed);
}

TEST(Terminal, IsATerminalToTheProgramButNotItsControllingOne) {
    EXPECT_EQ(shell("test -t 1 && echo yes; (: </dev/tty) 2>/dev/null || echo none").out.bytes, "yes\nnone\n");
}

TEST(OutputPipe, PassesEveryOctetAsItIs) {
    EXPECT_EQ(passed_through(open_output_pipe(), every_octet()).bytes, every_octet());
}

TEST(NullInput, IsAtItsEndAtOnce) {
    const auto input = open_null();
    char octet = 0;
    EXPECT_EQ(read(input.get(), &octet, 1), 0);
}

TEST(Capture, KeepsTheFirstOctetsAndCountsAll) {
    const auto captured = passed_through(open_terminal(), Bytes(Captured::limit, 'a') + Bytes(100000, 'b'));
    EXPECT_EQ(captured.bytes, Bytes(Captured::limit, 'a'));
    EXPECT_EQ(captured.total, Captured::limit + 100000);
}

TEST(Capture, KeepsExactlyTheLimit) {
    const auto captured = passed_through(open_output_pipe(), Bytes(Captured::limit, 'a'));
    EXPECT_EQ(captured.bytes.size(), Captured::limit);
    EXPECT_EQ(captured.total, Captured::limit);
}

TEST(Capture, KeepsWhatAKilledProgramHadPrinted) {
    const auto launched = shell("echo first; printf second; kill -9 $$");
    EXPECT_THAT(launched.state, VariantWith<Signaled>(Signaled{SIGKILL}));
    EXPECT_EQ(launched.out.bytes, "first\nsecond");
}

TEST(Capture, EndsWhenItsSourceIsCancelled) {
    asio::io_context context;
    auto channel = open_output_pipe();
    asio::posix::stream_descriptor source(context, channel.ours.release());
    Captured captured;
    bool ended = false;
    asio::co_spawn(context, capture(source, captured, UINT64_MAX), [&](const std::exception_ptr&) { ended = true; });
    context.poll();
    EXPECT_FALSE(ended);
    source.cancel();
    context.poll();
    EXPECT_TRUE(ended);
}

TEST(Capture, SeparatesStdoutFromStderr) {
    const auto launched = shell("echo out; echo err >&2");
    EXPECT_EQ(launched.out.bytes, "out\n");
    EXPECT_EQ(launched.err.bytes, "err\n");
}

TEST(Feed, GivesAMegabyteToAProgramThatReadsSlowly) {
    const auto launched = shell("dd bs=1000 2>/dev/null | wc -c", Bytes(1 << 20, 'x'));
    EXPECT_EQ(launched.out.bytes, "1048576\n");
}

TEST(Feed, EndsTheInputAfterTheLastOctet) {
    EXPECT_EQ(shell("cat; echo .", every_octet()).out.bytes, every_octet() + ".\n");
}

TEST(Feed, TakesAProgramThatDoesNotReadForNoError) {
    signal(SIGPIPE, SIG_IGN);  // as the workshop does
    const auto launched = shell("exit 3", Bytes(1 << 20, 'x'));
    EXPECT_THAT(launched.state, VariantWith<Exited>(Exited{3}));
}

}  // namespace
}  // namespace parley
