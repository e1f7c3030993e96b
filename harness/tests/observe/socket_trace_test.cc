#include "parley/observe/socket_trace.h"

#include <gmock/gmock.h>

#include "parley/base/format.h"

namespace parley {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

/// The calls as `0:socket 0:connect!ECONNREFUSED 1:read… ×3`: socket, call, error, whether it returned, how often.
std::vector<std::string> spelled(const std::vector<SocketCall>& calls) {
    std::vector<std::string> all;
    for (const auto& call : calls) {
        all.push_back(format("{}:{}{}{}", call.socket, call.call, call.error.empty() ? "" : "!" + call.error,
                             call.returned ? "" : "…"));
        if (call.accepted != -1) all.back() += format("→{}", call.accepted);
        if (call.times != 1) all.back() += format(" ×{}", call.times);
    }
    return all;
}

SocketTrace read(std::string_view text) {
    SocketTrace trace;
    trace.add(text);
    return trace;
}

constexpr std::uint16_t port = 5050;

std::vector<std::string> calls_in(std::string_view text) {
    return spelled(read(text).calls(port));
}

constexpr std::string_view echo_server =
    "812   execve(\"/usr/bin/python3\", [...], 0x7ffd /* 6 vars */) = 0\n"
    "812   read(3</etc/hosts>, \"\"..., 832)   = 832\n"
    "812   socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3<socket:[501]>\n"
    "812   bind(3<socket:[501]>, {sa_family=AF_INET, sin_port=htons(5050), sin_addr=inet_addr(\"0.0.0.0\")}, 16) = 0\n"
    "812   listen(3<socket:[501]>, 5)        = 0\n"
    "812   accept4(3<socket:[501]>, {sa_family=AF_INET, sin_port=htons(40404), sin_addr=inet_addr(\"127.0.0.1\")}, "
    "[16], "
    "SOCK_CLOEXEC) = 4<socket:[502]>\n"
    "812   recvfrom(4<socket:[502]>, \"\"..., 1024, 0, NULL, NULL) = 12\n"
    "812   sendto(4<socket:[502]>, \"\"..., 23, 0, NULL, 0) = 23\n"
    "812   recvfrom(4<socket:[502]>, \"\"..., 1024, 0, NULL, NULL) = 6\n"
    "812   sendto(4<socket:[502]>, \"\"..., 17, 0, NULL, 0) = 17\n"
    "812   recvfrom(4<socket:[502]>, \"\", 1024, 0, NULL, NULL) = 0\n"
    "812   close(4<socket:[502]>)            = 0\n"
    "812   accept4(3<socket:[501]>, ";

TEST(SocketTraces, HoldWhatAServerCallsOnceForEachSocket) {
    EXPECT_THAT(calls_in(echo_server), ElementsAre("0:socket", "0:bind", "0:listen", "0:accept4→1", "1:recvfrom ×3",
                                                   "1:sendto ×2", "1:close", "0:accept4…"));
}

TEST(SocketTraces, TellTheListenerFromTheConnection) {
    const auto calls = read(echo_server).calls(port);
    using On = SocketCall::On;
    EXPECT_EQ(calls[1].on, On::listener);
    EXPECT_EQ(calls[1].descriptor, 3);
    EXPECT_EQ(calls[4].on, On::connection);
    EXPECT_EQ(calls[4].descriptor, 4);
    EXPECT_EQ(calls[4].thread, 812);
}

TEST(SocketTraces, MayBeCutAnywhere) {
    const auto whole = read(echo_server).calls(port);
    for (std::size_t cut = 0; cut < echo_server.size(); ++cut) {
        SocketTrace trace;
        trace.add(echo_server.substr(0, cut));
        trace.add(echo_server.substr(cut));
        ASSERT_EQ(trace.calls(port), whole) << cut;
    }
}

TEST(SocketTraces, OrderCallsAsTheyReturn) {
    EXPECT_THAT(calls_in("7 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[1]>\n"
                         "7 connect(3<socket:[1]>, {sa_family=AF_INET}, 16) = 0\n"
                         "8 read(3<socket:[1]>,  <unfinished ...>\n"
                         "7 write(3<socket:[1]>, \"\"..., 5) = 5\n"
                         "8 <... read resumed>\"\"..., 1024) = 9\n"
                         "8 read(3<socket:[1]>,  <unfinished ...>\n"
                         "7 close(3<socket:[1]> <unfinished ...>\n"),
                ElementsAre("0:socket", "0:connect", "0:write", "0:read", "0:close…", "0:read…"));
}

TEST(SocketTraces, FollowASocketIntoOtherProcessesAndDescriptors) {
    EXPECT_THAT(calls_in("7 socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[1]>\n"
                         "7 listen(3<socket:[1]>, 5) = 0\n"
                         "7 accept(3<socket:[1]>, NULL, NULL) = 4<socket:[2]>\n"
                         "9 close(3<socket:[1]>) = 0\n"
                         "7 close(4<socket:[2]>) = 0\n"
                         "9 execve(\"/bin/cat\", [...], 0x7 /* 1 var */) = 0\n"
                         "9 read(0<socket:[2]>, \"\"..., 131072) = 5\n"),
                ElementsAre("0:socket", "0:listen", "0:accept→1", "0:close", "1:close", "1:read"));
}

TEST(SocketTraces, LeaveOutSocketsThatNothingIsDoneWith) {
    EXPECT_THAT(calls_in("7 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 3<socket:[1]>\n"
                         "7 close(3<socket:[1]>) = 0\n"
                         "7 socketpair(AF_UNIX, SOCK_STREAM, 0, [4<socket:[2]>, 5<socket:[3]>]) = 0\n"
                         "7 write(4<socket:[2]>, \"\", 1) = 1\n"
                         "7 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 6<socket:[4]>\n"
                         "7 connect(6<socket:[4]>, {sa_family=AF_INET}, 16) = 0\n"
                         "7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 6<socket:[5]>\n"
                         "7 connect(6<socket:[5]>, {sa_family=AF_UNIX, sun_path=\"/run/x = 1\"}, 110) = -1 ENOENT (No "
                         "such file or directory)\n"),
                IsEmpty());
}

TEST(SocketTraces, LeaveOutCallsThatDidNothing) {
    EXPECT_THAT(calls_in("7 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3<socket:[1]>\n"
                         "7 listen(3<socket:[1]>, 5) = 0\n"
                         "7 accept4(3<socket:[1]>, NULL, NULL, 0) = -1 EAGAIN (Resource temporarily unavailable)\n"
                         "7 accept4(3<socket:[1]>, NULL, NULL, 0) = ? ERESTARTSYS (To be restarted if SA_RESTART is "
                         "set)\n"
                         "7 accept4(3<socket:[1]>, NULL, NULL, 0) = -1 EMFILE (Too many open files)\n"),
                ElementsAre("0:socket", "0:listen", "0:accept4!EMFILE"));
}

TEST(SocketTraces, TakeAnAttemptForNoConnection) {
    const auto calls = read(
                           "7 socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[1]>\n"
                           "7 connect(3<socket:[1]>, {sa_family=AF_INET6}, 28) = -1 ECONNREFUSED (Connection refused)\n"
                           "7 close(3<socket:[1]>) = 0\n"
                           "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[2]>\n"
                           "7 connect(3<socket:[2]>, {sa_family=AF_INET}, 16) = 0\n")
                           .calls(port);
    EXPECT_THAT(spelled(calls), ElementsAre("0:socket", "0:connect!ECONNREFUSED", "0:close", "1:socket", "1:connect"));
    EXPECT_EQ(calls[1].on, SocketCall::On::nothing);
    EXPECT_EQ(calls[4].on, SocketCall::On::connection);
}

TEST(SocketTraces, TakeAConnectionInProgressForOneOnceItIsUsed) {
    const std::string begun =
        "7 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3<socket:[1]>\n"
        "7 connect(3<socket:[1]>, {sa_family=AF_INET}, 16) = -1 EINPROGRESS (Operation now in progress)\n";
    EXPECT_THAT(read(begun).calls(port), Each(Field(&SocketCall::on, SocketCall::On::nothing)));
    EXPECT_THAT(read(begun + "7 sendto(3<socket:[1]>, \"\"..., 5, 0, NULL, 0) = 5\n").calls(port),
                Each(Field(&SocketCall::on, SocketCall::On::connection)));
}

TEST(SocketTraces, TakeAConnectionForOneThoughASignalEndedTheWaitForIt) {
    const auto calls =
        read(
            "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[1]>\n"
            "7 connect(3<socket:[1]>, {sa_family=AF_INET}, 16) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)\n"
            "7 sendto(3<socket:[1]>, \"\"..., 5, 0, NULL, 0) = 5\n")
            .calls(port);
    EXPECT_THAT(spelled(calls), ElementsAre("0:socket", "0:connect!ERESTARTSYS", "0:sendto"));
    EXPECT_THAT(calls, Each(Field(&SocketCall::on, SocketCall::On::connection)));
}

constexpr std::string_view connected =
    "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[1]>\n"
    "7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(5050)}, 16) = 0\n";

TEST(SocketTraces, HoldRarerWaysToMoveData) {
    EXPECT_THAT(calls_in(std::string(connected) +
                         "7 pwritev2(3<socket:[1]>, [{iov_base=\"\"..., iov_len=5}], 1, -1, 0) = 5\n"
                         "7 preadv2(3<socket:[1]>, [{iov_base=\"\"..., iov_len=5}], 1, -1, 0) = 5\n"
                         "7 splice(4<pipe:[8]>, NULL, 3<socket:[1]>, NULL, 65536, 0) = 5\n"
                         "7 splice(3<socket:[1]>, NULL, 5<pipe:[8]>, NULL, 65536, SPLICE_F_MOVE) = 9\n"),
                ElementsAre("0:socket", "0:connect", "0:pwritev2", "0:preadv2", "0:splice to", "0:splice from"));
}

TEST(SocketTraces, HoldRarerWaysToClose) {
    EXPECT_THAT(calls_in(std::string(connected) + "7 dup2(4</dev/null>, 3<socket:[1]>) = 3</dev/null>\n"),
                ElementsAre("0:socket", "0:connect", "0:dup2"));
    EXPECT_THAT(calls_in(std::string(connected) + "7 dup3(4<pipe:[8]>, 3<socket:[1]>, O_CLOEXEC) = 3<pipe:[8]>\n"),
                ElementsAre("0:socket", "0:connect", "0:dup3"));
    EXPECT_THAT(calls_in(std::string(connected) + "7 close_range(3, 4294967295, 0) = 0\n"),
                ElementsAre("0:socket", "0:connect", "0:close_range"));
}

TEST(SocketTraces, TakeNoOtherUseOfThoseForAClose) {
    EXPECT_THAT(calls_in(std::string(connected) + "7 dup2(3<socket:[1]>, 0</dev/null>) = 0<socket:[1]>\n"
                                                  "7 dup2(3<socket:[1]>, 3<socket:[1]>) = 3<socket:[1]>\n"
                                                  "7 close_range(4, 4294967295, 0) = 0\n"
                                                  "7 close_range(3, 4294967295, CLOSE_RANGE_CLOEXEC) = 0\n"
                                                  "7 close_range(5, 4, 0) = -1 EINVAL (Invalid argument)\n"),
                ElementsAre("0:socket", "0:connect"));
}

TEST(SocketTraces, LeaveOutConnectionsWithinTheProgram) {
    const std::string within =
        "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4<socket:[2]>\n"
        "7 bind(4<socket:[2]>, {sa_family=AF_INET, sin_port=htons(0)}, 16) = 0\n"
        "7 listen(4<socket:[2]>, 1) = 0\n"
        "7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5<socket:[3]>\n"
        "7 connect(5<socket:[3]>, {sa_family=AF_INET, sin_port=htons(41234)}, 16) = 0\n"
        "7 accept(4<socket:[2]>, NULL, NULL) = 6<socket:[4]>\n"
        "7 write(6<socket:[4]>, \"\", 1) = 1\n";
    EXPECT_THAT(calls_in(std::string(connected) + within), ElementsAre("0:socket", "0:connect"));
    // A program that has nothing to do with the port has mistaken it.
    EXPECT_THAT(calls_in(within), testing::SizeIs(7));
}

TEST(SocketTraces, TellTheFirstProcess) {
    SocketTrace trace;
    EXPECT_EQ(trace.process(), 0);
    trace.add(echo_server);
    EXPECT_EQ(trace.process(), 812);
    EXPECT_EQ(trace.failure(), "");
}

TEST(SocketTraces, TellWhyAProgramCouldNotBeExecuted) {
    EXPECT_EQ(read("7 execve(\"./a(b) = c\", [...], 0x7 /* 1 var */) = -1 ENOEXEC (Exec format error)\n").failure(),
              "Exec format error");
    // What the program itself tries is its own business.
    EXPECT_EQ(read("7 execve(\"/bin/sh\", [...], 0x7 /* 1 var */) = 0\n"
                   "7 execve(\"./x\", [...], 0x7 /* 1 var */) = -1 ENOENT (No such file or directory)\n")
                  .failure(),
              "");
}

TEST(SocketTraces, TakeNoOtherLineForACall) {
    EXPECT_THAT(
        calls_in("7 +++ exited with 0 +++\n--- SIGCHLD (x) = 0\n\n7\n7 <... read resumed>\"\", 1) = 0\nstrace: x\n"),
        IsEmpty());
}

}  // namespace
}  // namespace parley
