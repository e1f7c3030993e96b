#include "parley/report/json_report.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "parley/base/error.h"
#include "parley/json/document.h"
#include "parley/report/json_fields.h"
#include "report_samples.h"

namespace parley {
namespace {

std::string report_of(const MemoryFile& file, const std::vector<CellResult>& results, bool interrupted = false) {
    JsonReport report(file.descriptor(), "report.json", {"parley", "run", "\xff"});
    report.begin(results.size() + (interrupted ? 1 : 0));
    for (const CellResult& result : results) {
        report.started(*result.cell);
        report.finished(result);
    }
    report.end(interrupted);
    return file.contents();
}

TEST(JsonReport, IsOneDocumentWithTheSummaryLast) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    const KnownFailure why{"echo/*", "why", {}};
    Cell known = cell;
    known.known_failure = &why;
    const JsonValue report = parse_json(
        report_of(MemoryFile(), {passed(cell), failed(cell), could_not_run(cell),
                                 unsupported(cell, "needs javac (package jdk)"), known_failure(known, "why")}),
        "report.json");
    EXPECT_EQ(integer<int>(member(report, "planned")), 5);
    EXPECT_EQ(elements(member(report, "cells")).size(), 5U);
    EXPECT_FALSE(boolean(member(report, "interrupted")));
    EXPECT_EQ(report.object()->back().key, "summary");
    const JsonValue& summary = member(report, "summary");
    for (const char* kind : {"passed", "failed", "known-failure", "could-not-run", "unsupported"})
        EXPECT_EQ(integer<int>(member(summary, kind)), 1) << kind;
    EXPECT_EQ(integer<int>(member(summary, "total")), 5);
}

TEST(JsonReport, IsOneDocumentWithoutAnyCell) {
    const JsonValue report = parse_json(report_of(MemoryFile(), {}), "report.json");
    EXPECT_TRUE(elements(member(report, "cells")).empty());
}

TEST(JsonReport, TellsThatTheRunWasInterrupted) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    const JsonValue report = parse_json(report_of(MemoryFile(), {passed(cell)}, true), "report.json");
    EXPECT_TRUE(boolean(member(report, "interrupted")));
    EXPECT_EQ(integer<int>(member(report, "planned")), 2);
    EXPECT_EQ(integer<int>(member(member(report, "summary"), "total")), 1);
}

TEST(JsonReport, WritesARecordWhenItsCellFinishes) {
    const Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    const MemoryFile file;
    JsonReport report(file.descriptor(), "report.json", {"parley", "run"});
    report.begin(1);
    report.finished(passed(cell));
    EXPECT_NE(file.contents().find("echo/two-messages:python:cpp"), std::string::npos);
}

TEST(JsonReport, BringsBackAllThatTheJudgeNeeds) {
    const Cell cell = sample_cell("echo/two-messages", "python", "");
    CellResult result = failed(cell);
    result.repetition = 3;
    result.observation.clients.resize(1);
    result.observation.clients[0].state = Signaled{11};
    result.observation.clients[0].out = {.bytes = "\xff", .total = 1};
    const MemoryFile file;
    report_of(file, {result});

    const std::vector<CellRecord> records = read_json_report(file.path());
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].cell, "echo/two-messages:python:-");
    EXPECT_EQ(records[0].repetition, 3);
    EXPECT_EQ(records[0].scenario, "echo/two-messages");
    EXPECT_EQ(records[0].file, "scenarios/echo/two-messages.json");
    EXPECT_EQ(records[0].client, (CellRecord::Program{.role = "echo-client", .language = "python"}));
    EXPECT_EQ(records[0].server, std::nullopt);
    EXPECT_EQ(records[0].verdict, result.verdict);
    EXPECT_EQ(records[0].observation, result.observation);
}

TEST(JsonReport, HasAReasonAndNoObservationOfAnUnsupportedCell) {
    const Cell cell = sample_cell("date/one-client", "java", "java");
    const MemoryFile file;
    report_of(file, {unsupported(cell, "needs javac (package jdk)")});
    const std::vector<CellRecord> records = read_json_report(file.path());
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].verdict.reason, "needs javac (package jdk)");
    EXPECT_EQ(records[0].observation, std::nullopt);
}

TEST(JsonReport, BringsBackWhyACellIsKnownToFail) {
    const KnownFailure known{"echo/*", "it is slow", {}};
    Cell cell = sample_cell("echo/two-messages", "python", "cpp");
    cell.known_failure = &known;
    const CellResult result = known_failure(cell, "it is slow");
    const MemoryFile file;
    report_of(file, {result, failed(cell)});
    const std::vector<CellRecord> records = read_json_report(file.path());
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].verdict, result.verdict);
    EXPECT_EQ(records[0].observation, result.observation);
    for (const CellRecord& record : records) {
        ASSERT_TRUE(record.known_failure);
        EXPECT_EQ(record.known_failure->cells, "echo/*");
        EXPECT_EQ(record.known_failure->reason, "it is slow");
    }
}

TEST(JsonReport, ReadsBackMoreThanAScenarioFileMayHold) {
    const Cell cell = sample_cell("echo/large", "python", "cpp");
    CellResult large = passed(cell);
    large.observation.transcript.events = {
        {.at = {}, .connection = 0, .side = Side::client, .kind = WireEvent::Kind::data, .bytes = Bytes(6 << 20, 'x')}};
    const MemoryFile file;
    report_of(file, {large, large, large});
    EXPECT_EQ(read_json_report(file.path()).size(), 3U);
}

TEST(JsonReport, NamesTheFileAndThePlaceOfWhatIsNoReport) {
    const MemoryFile file;
    const std::string text = "{\"format\": 1,\n \"cells\": [{\"cell\": 7}]}";
    ASSERT_EQ(write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    try {
        read_json_report(file.path());
        FAIL() << "it was read";
    } catch (const JsonError& error) {
        EXPECT_EQ(error.diagnostic().file, file.path());
        EXPECT_EQ(error.diagnostic().position.line, 2);
    }
}

TEST(JsonReport, RefusesAFormatThatItDoesNotKnow) {
    const MemoryFile file;
    const std::string text = R"({"format": 2, "cells": []})";
    ASSERT_EQ(write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    EXPECT_THROW(read_json_report(file.path()), JsonError);
}

TEST(JsonReport, RefusesAFileThatIsNotThere) {
    EXPECT_THROW(read_json_report("/nonexistent/report.json"), UsageError);
}

TEST(JsonReport, SaysThatTheDiskIsFull) {
    JsonReport report(FileDescriptor(checked(open("/dev/full", O_WRONLY), "open", "/dev/full")), "out.json", {});
    report.begin(0);
    try {
        report.end(false);
        FAIL() << "it was written";
    } catch (const SystemError& error) {
        EXPECT_NE(std::string(error.what()).find("out.json"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace parley
