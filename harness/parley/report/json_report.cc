#include "parley/report/json_report.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "parley/base/error.h"
#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/report/json_fields.h"
#include "parley/report/observation_json.h"
#include "parley/report/timestamp.h"

namespace parley {

namespace {

constexpr int format_version = 1;

Json program_to_json(const Implementation* program) {
    if (program == nullptr) return nullptr;
    return {{"role", octets_to_json(program->role)}, {"language", octets_to_json(program->language)}};
}

std::optional<CellRecord::Program> program_from_json(const JsonValue& value) {
    if (value.is_null()) return std::nullopt;
    return CellRecord::Program{.role = octets_from_json(member(value, "role")),
                               .language = octets_from_json(member(value, "language"))};
}

Json known_failure_to_json(const KnownFailure& known) {
    return {{"cells", known.cells}, {"reason", known.reason}};
}

std::optional<KnownFailure> known_failure_from_json(const JsonValue* value) {
    if (value == nullptr) return std::nullopt;
    return KnownFailure{text(member(*value, "cells")), text(member(*value, "reason")), {}};
}

CellRecord record_from_json(const JsonValue& value) {
    CellRecord record;
    record.cell = octets_from_json(member(value, "cell"));
    record.repetition = integer<int>(member(value, "repetition"));
    record.scenario = octets_from_json(member(value, "scenario"));
    record.file = octets_from_json(member(value, "file"));
    record.client = program_from_json(member(value, "client"));
    record.server = program_from_json(member(value, "server"));
    record.known_failure = known_failure_from_json(value.find("known-failure"));
    record.verdict.kind = enumerator(member(value, "verdict"), Verdict::Kind::could_not_run);
    if (record.verdict.kind == Verdict::Kind::unsupported) {
        record.verdict.reason = octets_from_json(member(value, "reason"));
    } else {
        record.verdict.findings = findings_from_json(member(value, "findings"));
        record.observation = observation_from_json(member(value, "observation"));
        if (record.verdict.kind == Verdict::Kind::known_failure)
            record.verdict.reason = text(member(member(value, "known-failure"), "reason"));
    }
    return record;
}

std::vector<CellRecord> records_from_json(const JsonValue& report) {
    const JsonValue& version = member(report, "format");
    if (integer<int>(version) != format_version)
        throw_unexpected(version, format("this parley reads reports of format {}", format_version));
    std::vector<CellRecord> records;
    for (const JsonValue& cell : elements(member(report, "cells"))) records.push_back(record_from_json(cell));
    return records;
}

}  // namespace

Json cell_json(const CellResult& result) {
    Json record{{"cell", octets_to_json(result.cell->name())},
                {"repetition", result.repetition},
                {"scenario", octets_to_json(result.cell->scenario->name)},
                {"file", octets_to_json(result.cell->scenario->file)},
                {"client", program_to_json(result.cell->client)},
                {"server", program_to_json(result.cell->server)},
                {"verdict", name(result.verdict.kind)}};
    if (result.cell->known_failure) record["known-failure"] = known_failure_to_json(*result.cell->known_failure);
    if (result.verdict.kind == Verdict::Kind::unsupported) {
        record["reason"] = octets_to_json(result.verdict.reason);
    } else {
        record["findings"] = to_json(result.verdict.findings);
        record["observation"] = to_json(result.observation);
    }
    return record;
}

JsonReport::JsonReport(FileDescriptor file, std::string path, std::vector<std::string> command)
    : file_(std::move(file)), path_(std::move(path)), command_(std::move(command)), output_(file_.get()) {}

void JsonReport::begin(std::size_t total) {
    began_ = std::chrono::steady_clock::now();
    Json command = Json::array();
    for (const std::string& argument : command_) command.push_back(octets_to_json(argument));
    output_.write(format("{{\"format\": {}, \"command\": {}, \"began\": \"{}Z\", \"planned\": {}, \"cells\": [",
                         format_version, command.dump(), utc_timestamp(wall_clock()), total));
}

void JsonReport::finished(const CellResult& result) {
    output_.write((counts_.total() == 0 ? "\n" : ",\n") + cell_json(result).dump());
    counts_.add(result.verdict.kind);
}

void JsonReport::end(bool interrupted) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began_;
    const Json summary{{"total", counts_.total()},           {"passed", counts_.passed},
                       {"failed", counts_.failed},           {"known-failure", counts_.known_failures},
                       {"unsupported", counts_.unsupported}, {"could-not-run", counts_.could_not_run},
                       {"seconds", elapsed.count()}};
    output_.write(format("\n], \"interrupted\": {}, \"summary\": {}}}\n", interrupted, summary.dump()));
    if (output_.error() != 0) throw SystemError(output_.error(), "write", path_);
}

std::vector<CellRecord> read_json_report(const std::string& path) {
    try {
        return records_from_json(parse_json(read_file(path, std::numeric_limits<std::uintmax_t>::max()), path));
    } catch (const JsonError& error) {
        Diagnostic diagnostic = error.diagnostic();
        diagnostic.file = path;
        throw JsonError(diagnostic);
    }
}

}  // namespace parley
