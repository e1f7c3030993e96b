// The whole run as one JSON document, from which every verdict can be derived again.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/file_descriptor.h"
#include "parley/json/json.h"
#include "parley/report/output.h"
#include "parley/report/reporter.h"
#include "parley/report/summary.h"

namespace parley {

/// Writes each cell's record when it finishes, a line each, so that memory stays flat and a run that dies leaves all
/// that was known until then:
///
///     {"format": 1, "command": […], "began": "2026-11-22T09:41:00Z", "planned": 184, "cells": [
///     {"cell": "echo/two-messages:python:cpp", "repetition": 0, "scenario": …, "file": …, "client": {"role",
///     "language"},
///      "server": …, "verdict": "passed", "findings": [], "observation": {…}},
///     …
///     ], "interrupted": false, "summary": {"total": 184, "passed": 180, …, "seconds": 12.3}}
///
/// A record whose verdict is `unsupported` has a `reason` in place of an observation. One of a cell that is known to
/// fail has `"known-failure": {"cells": …, "reason": …}`, whatever its verdict.
class JsonReport : public Reporter {
public:
    /// `file` is opened for writing by the caller, early, and `path` names it in errors; `command`: the command line.
    JsonReport(FileDescriptor file, std::string path, std::vector<std::string> command);
    void begin(std::size_t total) override;
    void started(const Cell&) override {}
    void finished(const CellResult& result) override;
    void end(bool interrupted) override;

private:
    FileDescriptor file_;
    std::string path_;
    std::vector<std::string> command_;
    Output output_;
    Counts counts_;
    std::chrono::steady_clock::time_point began_;
};

/// The record of one cell.
Json cell_json(const CellResult& result);

/// One cell of a report that was read back. The scenario itself is not in it, only its name and file.
struct CellRecord {
    struct Program {
        std::string role;
        std::string language;
        friend bool operator==(const Program&, const Program&) = default;
    };
    std::string cell;
    int repetition = 0;
    std::string scenario;
    std::string file;
    std::optional<Program> client, server;  ///< none where the scenario has none
    std::optional<KnownFailure> known_failure;
    Verdict verdict;                         ///< as it was when the report was written
    std::optional<Observation> observation;  ///< none where unsupported
};

/// The records of a JsonReport. Throws UsageError where `path` cannot be read, JsonError where it is no such report.
std::vector<CellRecord> read_json_report(const std::string& path);

}  // namespace parley
