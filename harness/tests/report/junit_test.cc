#include "parley/report/junit.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parley/base/error.h"
#include "report_samples.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string junit_of(
    const std::vector<CellResult>& results,
    const Explain& explain = [](const CellResult&) { return std::string("why it failed\n"); }) {
    const MemoryFile file;
    JUnitReport report(file.descriptor(), "junit.xml", explain);
    report.begin(results.size());
    for (const CellResult& result : results) {
        report.started(*result.cell);
        report.finished(result);
    }
    report.end(false);
    return file.contents();
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(JUnitReport, HasASuiteForAScenarioAndACaseForACell) {
    const Cell one = sample_cell("echo/two-messages", "python", "cpp");
    const Cell two = sample_cell("echo/two-messages", "cpp", "cpp");
    const Cell java = sample_cell("date/one-client", "java", "java");
    CellResult wrong = failed(one);
    wrong.observation.server.emplace().err = {.bytes = "Traceback\n", .total = 10};
    EXPECT_EQ(junit_of({wrong, passed(two), could_not_run(java)}), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="parley" tests="3" failures="1" errors="1" time="0.750">
  <testsuite name="date/one-client" tests="1" failures="0" errors="1" time="0.250" skipped="0" timestamp="2026-11-22T09:41:00" file="scenarios/date/one-client.json">
    <testcase classname="date.one-client" name="date/one-client:java:java" time="0.250">
      <error message="execve &quot;/x/y&quot;: Permission denied" type="not-started">why it failed
</error>
    </testcase>
  </testsuite>
  <testsuite name="echo/two-messages" tests="2" failures="1" errors="0" time="0.500" skipped="0" timestamp="2026-11-22T09:41:00" file="scenarios/echo/two-messages.json">
    <testcase classname="echo.two-messages" name="echo/two-messages:cpp:cpp" time="0.250" />
    <testcase classname="echo.two-messages" name="echo/two-messages:python:cpp" time="0.250">
      <failure message="the server's octet 24 differs" type="bytes-differ">why it failed
</failure>
      <system-out>server stderr, 10 octets:
Traceback
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(JUnitReport, TellsTheMachinesTimeOfACellWhoseClockWasSet) {
    const Cell cell = sample_cell("date/one-client", "java", "java");
    CellResult result = passed(cell);
    result.observation.clock.began += 86400;
    result.observation.clock.shift = 86400;
    EXPECT_THAT(junit_of({result}), HasSubstr(R"(timestamp="2026-11-22T09:41:00")"));
}

TEST(JUnitReport, SkipsAnUnsupportedCellWithItsReason) {
    const Cell cell = sample_cell("date/one-client", "java", "java");
    const std::string xml = junit_of({unsupported(cell, "needs javac (package jdk)")});
    EXPECT_THAT(xml, HasSubstr("<skipped message=\"needs javac (package jdk)\" />"));
    EXPECT_THAT(xml, HasSubstr(R"(skipped="1")"));
}

TEST(JUnitReport, SkipsAKnownFailureWithItsReason) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    const std::string xml = junit_of({known_failure(cell, "it is slow")});
    EXPECT_THAT(xml, HasSubstr("<skipped message=\"known failure: it is slow\" />"));
    EXPECT_THAT(xml, HasSubstr(R"(failures="0" errors="0" time="0.250" skipped="1")"));
}

TEST(JUnitReport, TellsOfAFailureWhateverOtherRepetitionsCameTo) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    for (const auto& results :
         {std::vector{failed(cell), known_failure(cell, "why")}, std::vector{known_failure(cell, "why"), failed(cell)}})
        EXPECT_THAT(junit_of(results), HasSubstr(R"(<failure message="in 1 of 2 repetitions: the server's octet 24)"));
}

TEST(JUnitReport, ShowsOctetsThatXmlCannotHold) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    CellResult result = failed(cell);
    result.verdict.findings[0].message = std::string("a\0\x1b\xff<&\xef\xbf\xbe\xef\xbf\xbf]]>é", 17);
    result.observation.server.emplace().out = {.bytes = "b\x01\xef\xbf\xbe", .total = 5};
    const std::string xml = junit_of({result}, [](const CellResult&) { return std::string("c\x02\n\r"); });
    EXPECT_THAT(xml, HasSubstr(R"(message="a\x00\x1b\xff&lt;&amp;\xef\xbf\xbe\xef\xbf\xbf]]>é")"));
    EXPECT_THAT(xml, HasSubstr("b\\x01\\xef\\xbf\\xbe"));
    EXPECT_THAT(xml, HasSubstr("c\\x02\n\\x0d"));
}

TEST(JUnitReport, CountsTheRepetitionsOfACellTogether) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    CellResult second = failed(cell);
    second.repetition = 1;
    CellResult third = could_not_run(cell);
    third.repetition = 2;
    const std::string xml = junit_of({passed(cell), second, third});
    EXPECT_THAT(xml, HasSubstr(R"(tests="1" failures="1" errors="0" time="0.750")"));
    EXPECT_THAT(xml, HasSubstr(R"(message="in 2 of 3 repetitions: the server's octet 24 differs")"));
}

TEST(JUnitReport, KeepsABoundedNumberOfExplanations) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i <= JUnitReport::kept_explanations; ++i)
        cells.push_back(sample_cell("echo/" + std::to_string(i), "python", "cpp"));
    std::vector<CellResult> results;
    for (const Cell& cell : cells) results.push_back(failed(cell));
    const std::string xml = junit_of(results);
    EXPECT_EQ(count(xml, "<failure "), JUnitReport::kept_explanations + 1);
    EXPECT_EQ(count(xml, "why it failed"), JUnitReport::kept_explanations);
}

TEST(JUnitReport, ShowsTheEndOfALongConsole) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    CellResult result = failed(cell);
    result.observation.clients.resize(2);
    result.observation.clients[1].out = {.bytes = "first" + std::string(4092, 'x') + "last", .total = 9000};
    const std::string xml = junit_of({result});
    EXPECT_THAT(xml, HasSubstr("client 2 stdout, 9000 octets:\n(5 octets before)\nxxx"));
    EXPECT_THAT(xml, Not(HasSubstr("first")));
    EXPECT_THAT(xml, HasSubstr("xlast\n</system-out>"));
}

TEST(JUnitReport, SaysThatTheDiskIsFull) {
    JUnitReport report(FileDescriptor(checked(open("/dev/full", O_WRONLY), "open", "/dev/full")), "junit.xml", {});
    report.begin(0);
    EXPECT_THROW(report.end(false), SystemError);
}

}  // namespace
}  // namespace parley
