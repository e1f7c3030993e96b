// A network of a test's own, and plain blocking sockets in it.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "parley/base/bytes.h"
#include "parley/base/file_descriptor.h"
#include "parley/sandbox/namespaces.h"

namespace parley {

/// The sandbox of this test program; made by the first test that asks, before it starts any thread.
const Sandbox& test_sandbox();

/// Tests that need private namespaces; skipped, with the reason, where the machine refuses them.
class NamespaceTest : public testing::Test {
protected:
    void SetUp() override;
};

/// How receiving ended.
enum class Received { all, end, reset, silence };

/// A TCP socket whose calls block, for at most ten seconds.
class TestSocket {
public:
    TestSocket() = default;
    explicit TestSocket(FileDescriptor socket);

    /// Both in the namespace `there`; `host` is an address as inet_pton(3) reads it. They throw SystemError.
    static TestSocket listening(const NetworkNamespace& there, std::uint16_t port, const std::string& host = "0.0.0.0");
    static TestSocket connected(const NetworkNamespace& there, std::uint16_t port,
                                const std::string& host = "127.0.0.1");

    TestSocket accept() const;
    /// Sends all of it; 0, or errno.
    int send(const Bytes& bytes) const;
    /// Receives `count` octets, or what comes before the stream ends otherwise; how() tells.
    Bytes receive(std::size_t count);
    /// What comes until the stream ends, however it does.
    Bytes receive_rest() { return receive(SIZE_MAX); }
    Received how() const { return how_; }

    void shutdown_sending() const;
    /// Ends the connection with RST in place of FIN.
    void reset();
    void close() { socket_.reset(); }
    int descriptor() const { return socket_.get(); }

private:
    FileDescriptor socket_;
    Received how_ = Received::all;
};

}  // namespace parley
