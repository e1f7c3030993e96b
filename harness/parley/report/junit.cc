#include "parley/report/junit.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/report/output.h"
#include "parley/report/summary.h"
#include "parley/report/timestamp.h"

namespace parley {

namespace {

class OutputWriter : public pugi::xml_writer {
public:
    explicit OutputWriter(int descriptor) : output_(descriptor) {}
    void write(const void* data, std::size_t size) override { output_.write({static_cast<const char*>(data), size}); }
    int error() const { return output_.error(); }

private:
    Output output_;
};

/// What XML 1.0 can hold (its section 2.2) and a person can see: pugixml would write `&#1;`, which no parser accepts.
std::string xml_text(std::string_view bytes) {
    std::string text = printable(bytes);
    for (const auto& [noncharacter, shown] :
         {std::pair{"\xef\xbf\xbe", "\\xef\\xbf\\xbe"}, std::pair{"\xef\xbf\xbf", "\\xef\\xbf\\xbf"}}) {
        for (std::size_t at = text.find(noncharacter); at != std::string::npos; at = text.find(noncharacter, at))
            text.replace(at, 3, shown);
    }
    return text;
}

void set(pugi::xml_node node, const char* attribute, std::string_view value) {
    node.append_attribute(attribute).set_value(xml_text(value).c_str());
}

void set(pugi::xml_node node, const char* attribute, std::size_t value) {
    node.append_attribute(attribute).set_value(static_cast<unsigned long long>(value));
}

void set_seconds(pugi::xml_node node, double seconds) {
    set(node, "time", format("{:.3f}", seconds));
}

/// The end of what a program printed: a failure's reason stands there, and the JSON report has it all.
std::string tail(const Captured& captured) {
    constexpr std::size_t shown = 4096;
    if (captured.bytes.size() <= shown) return captured.bytes;
    return format("({} octets before)\n{}", captured.bytes.size() - shown,
                  captured.bytes.substr(captured.bytes.size() - shown));
}

void append_console(std::string& text, const std::string& program, const ProgramObservation& observed) {
    for (const auto& [stream, captured] : {std::pair{"stdout", &observed.out}, std::pair{"stderr", &observed.err}}) {
        if (captured->bytes.empty()) continue;
        text += format("{} {}, {} octets:\n{}", program, stream, captured->total, tail(*captured));
        if (!text.ends_with('\n')) text += '\n';
    }
}

std::string consoles(const Observation& observation) {
    std::string text;
    if (observation.server) append_console(text, "server", *observation.server);
    for (std::size_t i = 0; i < observation.clients.size(); ++i)
        append_console(text, observation.clients.size() == 1 ? "client" : format("client {}", i + 1),
                       observation.clients[i]);
    return text;
}

std::string message_of(const JUnitReport::Case& cell) {
    if (cell.repetitions == 1 || cell.troubles == 0) return cell.message;
    return format("in {} of {} repetitions: {}", cell.troubles, cell.repetitions, cell.message);
}

/// `echo.two-messages`: readers take what stands before the last dot for a package.
std::string classname(std::string scenario) {
    std::replace(scenario.begin(), scenario.end(), '/', '.');
    return scenario;
}

void append_outcome(pugi::xml_node node, const char* element, const JUnitReport::Case& cell) {
    pugi::xml_node outcome = node.append_child(element);
    set(outcome, "message", message_of(cell));
    set(outcome, "type", cell.code);
    outcome.text().set(xml_text(cell.explanation).c_str());
    if (!cell.consoles.empty()) node.append_child("system-out").text().set(xml_text(cell.consoles).c_str());
}

void append_case(pugi::xml_node suite, const std::string& scenario, const std::string& name,
                 const JUnitReport::Case& cell) {
    pugi::xml_node node = suite.append_child("testcase");
    set(node, "classname", classname(scenario));
    set(node, "name", name);
    set_seconds(node, cell.seconds);
    switch (cell.kind) {
        case Verdict::Kind::passed: break;
        case Verdict::Kind::failed: append_outcome(node, "failure", cell); break;
        case Verdict::Kind::could_not_run: append_outcome(node, "error", cell); break;
        case Verdict::Kind::known_failure:
        case Verdict::Kind::unsupported: set(node.append_child("skipped"), "message", cell.message); break;
    }
}

struct Totals {
    Counts counts;
    double seconds = 0;

    void add(const JUnitReport::Suite& suite) {
        for (const auto& [name, cell] : suite.cases) {
            counts.add(cell.kind);
            seconds += cell.seconds;
        }
    }
};

void set_totals(pugi::xml_node node, const Totals& totals) {
    set(node, "tests", totals.counts.total());
    set(node, "failures", totals.counts.failed);
    set(node, "errors", totals.counts.could_not_run);
    set_seconds(node, totals.seconds);
}

void append_suite(pugi::xml_node root, const std::string& scenario, const JUnitReport::Suite& suite) {
    Totals totals;
    totals.add(suite);
    pugi::xml_node node = root.append_child("testsuite");
    set(node, "name", scenario);
    set_totals(node, totals);
    set(node, "skipped", totals.counts.unsupported + totals.counts.known_failures);
    set(node, "timestamp", utc_timestamp(suite.began));
    set(node, "file", suite.file);
    for (const auto& [name, cell] : suite.cases) append_case(node, scenario, name, cell);
}

}  // namespace

JUnitReport::JUnitReport(FileDescriptor file, std::string path, Explain explain)
    : file_(std::move(file)), path_(std::move(path)), explain_(std::move(explain)) {}

void JUnitReport::begin(std::size_t) {
    began_ = wall_clock();
}

void JUnitReport::finished(const CellResult& result) {
    const auto [found, is_new] = suites_.try_emplace(result.cell->scenario->name);
    Suite& suite = found->second;
    if (is_new) {
        suite.file = result.cell->scenario->file;
        const auto& clock = result.observation.clock;
        suite.began = clock.began != 0 ? clock.began - clock.shift : began_;
    }
    Case& cell = suite.cases[result.cell->name()];
    ++cell.repetitions;
    cell.seconds += result.observation.seconds;
    if (is_trouble(result.verdict)) keep_trouble(cell, result);
    if (cell.troubles > 0 || result.verdict.reason.empty()) return;
    cell.kind = result.verdict.kind;
    cell.message = (cell.kind == Verdict::Kind::known_failure ? "known failure: " : "") + result.verdict.reason;
}

void JUnitReport::keep_trouble(Case& cell, const CellResult& result) {
    if (++cell.troubles > 1) return;
    cell.kind = result.verdict.kind;
    cell.message = headline(result.verdict);
    cell.code = result.verdict.findings.empty() ? name(cell.kind) : name(result.verdict.findings.front().code);
    if (++explanations_ > kept_explanations) return;
    cell.explanation = explain_(result);
    cell.consoles = consoles(result.observation);
}

void JUnitReport::end(bool) {
    Totals totals;
    for (const auto& [scenario, suite] : suites_) totals.add(suite);

    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    pugi::xml_node root = document.append_child("testsuites");
    set(root, "name", "parley");
    set_totals(root, totals);
    for (const auto& [scenario, suite] : suites_) append_suite(root, scenario, suite);

    OutputWriter writer(file_.get());
    document.save(writer, "  ", pugi::format_default, pugi::encoding_utf8);
    if (writer.error() != 0) throw SystemError(writer.error(), "write", path_);
}

}  // namespace parley
