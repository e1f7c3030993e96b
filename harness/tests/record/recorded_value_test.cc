#include "parley/record/recorded_value.h"

#include <gmock/gmock.h>

#include "parley/scenario/match.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

// Sun Nov 22 09:41:00 2026, and the second after it.
const Variables variables{{1795340460, 1795340461, 0}, {"40404", "50505", "1234"}};

std::string recorded(std::string_view bytes) {
    return recorded_value(bytes, variables, {50505}).describe();
}

TEST(RecordedValue, KeepsWhatIsTheSameInEveryRun) {
    EXPECT_EQ(recorded(""), R"("")");
    EXPECT_EQ(recorded("Echo ==>b'Hello world!'"), R"("Echo ==>b'Hello world!'")");
}

TEST(RecordedValue, TakesTimesOfTheRunForAnyTime) {
    EXPECT_EQ(recorded("Sun Nov 22 09:41:00 2026"), "ctime");
    EXPECT_EQ(recorded("b'Sun Nov 22 09:41:01 2026'\n"), R"("b'" + ctime + "'\n")");
    EXPECT_EQ(recorded("Sun Nov 22 09:41:02 2026"), R"("Sun Nov 22 09:41:02 2026")") << "after the run";
}

TEST(RecordedValue, TakesTheZoneOfAJavaDateFromTheText) {
    EXPECT_EQ(recorded("Agora é:Sun Nov 22 09:41:00 UTC 2026\n"), R"("Agora é:" + java-date (UTC) + "\n")");
    EXPECT_EQ(recorded("Sun Nov 22 09:41:00 GMT-03:00 2026"), "java-date (GMT-03:00)");
    EXPECT_EQ(recorded("Sun Nov 22 09:41:00 UTC 2027"), R"("Sun Nov 22 09:41:00 UTC 2027")");
}

TEST(RecordedValue, KnowsTheClientsPortAndTakesOtherPortsAndProcessesForAnyNumber) {
    EXPECT_EQ(recorded("('127.0.0.1', 40404)\n"), R"("('127.0.0.1', " + /[0-9]+/ + ")\n")");
    EXPECT_EQ(recorded("1234: 50505"), R"(/[0-9]+/ + ": " + the client's port)");
    EXPECT_EQ(recorded("140404 404041 4 04"), R"("140404 404041 4 04")") << "whole numbers only";
}

TEST(RecordedValue, TakesATracebackForAnyOrNone) {
    const auto* bytes =
        "Traceback (most recent call last):\n  File \"/a/b.py\", line 40404, in <module>\n    c.connect(x)\nOSError: "
        "no\n";
    const auto value = recorded_value(bytes, variables, {});
    EXPECT_EQ(value.describe(), R"(/(Traceback \(most recent call last\):\n(  [^\n]*\n)+)?/ + "OSError: no\n")");
    EXPECT_TRUE(match(value, bytes, variables.clock).matches);
    EXPECT_TRUE(match(value, "OSError: no\n", variables.clock).matches);
}

TEST(RecordedValue, MatchesWhatItWasMadeOf) {
    for (const char* bytes : {"", "40404", "at Sun Nov 22 09:41:01 2026 from 50505", "Sun Nov 22 09:41:00 BRT 2026."})
        EXPECT_TRUE(match(recorded_value(bytes, variables, {}), bytes, variables.clock).matches) << bytes;
}

TEST(Variables, AreThePortsAndProcessesOfTheRun) {
    auto seen = made::observation({});
    seen.transcript.connections = {{0, 40404, 50505}, {1, 40405, 0}};
    seen.server->process = 1234;
    seen.clients[0].process = 1235;
    seen.clock = variables.clock;
    EXPECT_THAT(variables_of(seen).numbers, testing::ElementsAre("1234", "1235", "40404", "40405", "50505"));
    EXPECT_EQ(variables_of(seen).clock, variables.clock);
}

}  // namespace
}  // namespace parley
