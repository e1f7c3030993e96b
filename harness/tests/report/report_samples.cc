#include "report_samples.h"

#include <sys/mman.h>
#include <unistd.h>

#include <deque>
#include <fstream>
#include <sstream>

#include "parley/base/error.h"

namespace parley {

namespace {

const Implementation* implementation(const std::string& role, const std::string& language) {
    static std::deque<Implementation> all;
    if (language.empty()) return nullptr;
    Implementation& added = all.emplace_back();
    added.role = role;
    added.language = language;
    return &added;
}

CellResult result(const Cell& cell, Verdict::Kind kind) {
    CellResult result;
    result.cell = &cell;
    result.verdict.kind = kind;
    result.observation.clock = {.began = 1'795'340'460, .ended = 1'795'340'461, .utc_offset = 0};
    result.observation.seconds = 0.25;
    return result;
}

}  // namespace

Cell sample_cell(const std::string& name, const std::string& client, const std::string& server,
                 const std::string& client_role, const std::string& server_role) {
    auto scenario = std::make_shared<Scenario>();
    scenario->name = name;
    scenario->file = "scenarios/" + name + ".json";
    Cell cell;
    cell.scenario = std::move(scenario);
    cell.client = implementation(client_role, client);
    cell.server = implementation(server_role, server);
    return cell;
}

Cell tagged(const Cell& cell, const std::string& tag) {
    auto scenario = std::make_shared<Scenario>(*cell.scenario);
    scenario->tags.push_back(tag);
    Cell tagged = cell;
    tagged.scenario = std::move(scenario);
    return tagged;
}

CellResult passed(const Cell& cell) {
    return result(cell, Verdict::Kind::passed);
}

CellResult failed(const Cell& cell) {
    CellResult failed = result(cell, Verdict::Kind::failed);
    Finding finding;
    finding.code = Finding::Code::bytes_differ;
    finding.side = Side::server;
    finding.message = "the server's octet 24 differs";
    finding.expected_bytes = "Echo ==>b'Hello world!'";
    finding.actual_bytes = Bytes("Echo ==>b'Hello world!\0", 23);
    finding.offset = 22;
    finding.position = {.line = 8, .column = 20};
    failed.verdict.findings = {finding};
    return failed;
}

CellResult could_not_run(const Cell& cell) {
    CellResult could_not = result(cell, Verdict::Kind::could_not_run);
    Finding finding;
    finding.code = Finding::Code::not_started;
    finding.message = "execve \"/x/y\": Permission denied";
    could_not.verdict.findings = {finding};
    return could_not;
}

CellResult unsupported(const Cell& cell, const std::string& reason) {
    CellResult unsupported;
    unsupported.cell = &cell;
    unsupported.verdict.kind = Verdict::Kind::unsupported;
    unsupported.verdict.reason = reason;
    return unsupported;
}

CellResult known_failure(const Cell& cell, const std::string& reason) {
    CellResult known = failed(cell);
    known.verdict.kind = Verdict::Kind::known_failure;
    known.verdict.reason = reason;
    return known;
}

MemoryFile::MemoryFile() : file_(checked(memfd_create("report", MFD_CLOEXEC), "memfd_create")) {}

FileDescriptor MemoryFile::descriptor() const {
    return FileDescriptor(checked(dup(file_.get()), "dup"));
}

std::string MemoryFile::path() const {
    return "/proc/self/fd/" + std::to_string(file_.get());
}

std::string MemoryFile::contents() const {
    std::ostringstream contents;
    contents << std::ifstream(path(), std::ios::binary).rdbuf();
    return contents.str();
}

}  // namespace parley
