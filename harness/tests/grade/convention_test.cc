#include "parley/grade/convention.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string role = "echo-server";

TEST(Convention, CompilesASourceThatIsCalledLikeTheRole) {
    EXPECT_THAT(conventional_build(role, {"echo_server.c", "notes.txt"}),
                ElementsAre("cc", "-o", "echo_server", "echo_server.c", "-pthread"));
    EXPECT_THAT(conventional_build(role, {"EchoServer.java"}), ElementsAre("javac", "EchoServer.java"));
    EXPECT_THAT(conventional_build(role, {"echo-server.cpp"}),
                ElementsAre("c++", "-std=c++20", "-o", "echo-server", "echo-server.cpp", "-pthread"));
    EXPECT_THAT(conventional_build(role, {"echo_server.py"}), IsEmpty());
    EXPECT_THAT(conventional_build(role, {"server.c", "echo_servers.c", "echo_client.c"}), IsEmpty());
    EXPECT_THAT(conventional_build(role, {}), IsEmpty());
}

TEST(Convention, PrefersAMakefile) {
    EXPECT_THAT(conventional_build(role, {"Makefile", "echo_server.c"}), ElementsAre("make"));
    EXPECT_THAT(conventional_build(role, {"makefile"}), ElementsAre("make"));
    EXPECT_THAT(conventional_build(role, {"Makefile.old"}), IsEmpty());
}

TEST(Convention, StartsWhatTheBuildLeft) {
    EXPECT_THAT(conventional_run(role, {"echo_server", "echo_server.c"}), ElementsAre("./echo_server", "{args}"));
    EXPECT_THAT(conventional_run(role, {"Echo-Server"}), ElementsAre("./Echo-Server", "{args}"));
    EXPECT_THAT(conventional_run(role, {"EchoServer.class", "EchoServer.java"}),
                ElementsAre("java", "EchoServer", "{args}"));
}

TEST(Convention, GivesAScriptToItsInterpreter) {
    EXPECT_THAT(conventional_run(role, {"echo_server.py"}), ElementsAre("python3", "echo_server.py", "{args}"));
    EXPECT_THAT(conventional_run(role, {"echoserver.jar"}), ElementsAre("java", "-jar", "echoserver.jar", "{args}"));
    EXPECT_THAT(conventional_run(role, {"echo_server.js", "echo_server.rb"}),
                ElementsAre("node", "echo_server.js", "{args}"));
}

TEST(Convention, StartsNothingElse) {
    EXPECT_THAT(conventional_run(role, {"echo_server.c", "server.py", "echo_server.txt", ".echo_server"}), IsEmpty());
}

TEST(Convention, TakesTheFirstOfTwo) {
    EXPECT_THAT(conventional_run(role, {"echo_server.py", "echo-server.py"}),
                ElementsAre("python3", "echo-server.py", "{args}"));
}

}  // namespace
}  // namespace parley
