// The readers of scenarios, implementations and known failures, given any octets: they come back, with mistakes that
// lie within the text and are told in a line each; and what they accept, the published schemas accept too.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "parley/base/bytes.h"
#include "parley/scenario/reader.h"
#include "parley/schema/schema.h"

namespace parley {
namespace {

const std::string scenarios = PARLEY_SOURCE_DIR "/scenarios";

/// Whether `message` can be shown in a line.
bool is_line(const std::string& message) {
    return !message.empty() && message == printable(message) && message.find_first_of("\n\t") == std::string::npos;
}

[[noreturn]] void fail(const char* why, const Diagnostic& diagnostic) {
    std::fprintf(stderr, "%s: %s\n", why, diagnostic.str().c_str());
    std::abort();
}

void check(const std::vector<Diagnostic>& diagnostics, const std::string& text, Schema& schema) {
    const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
    const auto longest_line = text.size();
    for (const auto& diagnostic : diagnostics) {
        const auto [line, column] = diagnostic.position;
        const bool lies_within =
            line >= 1 && line <= lines && column >= 1 && static_cast<std::size_t>(column) <= longest_line + 1;
        if (!lies_within) fail("a place that the text does not have", diagnostic);
        if (!is_line(diagnostic.message)) fail("a message that is no line of text", diagnostic);
    }
    if (!diagnostics.empty()) return;
    if (const auto refused = schema.refuses(parse_json(text, "x"), "x")) fail("the schema alone refuses", *refused);
}

void read_as_scenario(const std::string& text) {
    static Schema schema(scenarios + "/schema/scenario.schema.json");
    static std::vector<Diagnostic> none;
    static const auto catalogue = read_catalogue(scenarios + "/implementations.json", none);
    std::vector<Diagnostic> diagnostics;
    // There are files to be read in this folder.
    read_scenarios_text(text, scenarios + "/third-party/x.json", "x", catalogue, diagnostics);
    check(diagnostics, text, schema);
}

void read_as_catalogue(const std::string& text) {
    static Schema schema(scenarios + "/schema/implementations.schema.json");
    std::vector<Diagnostic> diagnostics;
    read_catalogue_text(text, "x", diagnostics);
    check(diagnostics, text, schema);
}

void read_as_known_failures(const std::string& text) {
    static Schema schema(scenarios + "/schema/known-failures.schema.json");
    std::vector<Diagnostic> diagnostics;
    read_known_failures_text(text, "x", diagnostics);
    check(diagnostics, text, schema);
}

}  // namespace
}  // namespace parley

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    parley::read_as_scenario(text);
    parley::read_as_catalogue(text);
    parley::read_as_known_failures(text);
    return 0;
}
