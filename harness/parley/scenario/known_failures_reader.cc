#include "parley/base/format.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/reader.h"

namespace parley {

namespace {

/// The text at `key`, which has to be there and to say something.
std::string read_text(ObjectReader& object, const std::string& key, MistakeList& mistakes) {
    const auto* json = object.require(key);
    const auto text = json ? read_c_string(*json, format("'{}'", key), mistakes) : std::nullopt;
    if (text && text->empty()) mistakes.add(json->position, format("'{}' is empty", key));
    return text.value_or("");
}

void read_entries(const JsonValue& root, KnownFailures& known, MistakeList& mistakes) {
    ObjectReader object(root, "the list of known failures", mistakes);
    object.string("$schema");
    if (const auto* list = object.require("known_failures")) {
        for_each_element(*list, "'known_failures'", mistakes, [&](const JsonValue& element) {
            ObjectReader entry(element, "a known failure", mistakes);
            KnownFailure failure;
            failure.cells = read_text(entry, "cells", mistakes);
            failure.reason = read_text(entry, "reason", mistakes);
            if (const auto* cells = entry.find("cells")) failure.position = cells->position;
            entry.finish();
            known.entries.push_back(std::move(failure));
        });
    }
    object.finish();
}

/// The known failures of what `parse` returns.
template <typename Parse>
KnownFailures read_parsed(Parse parse, const std::string& file, std::vector<Diagnostic>& diagnostics) {
    KnownFailures known;
    known.file = file;
    collect_mistakes(file, diagnostics, [&](MistakeList& mistakes) { read_entries(parse(), known, mistakes); });
    return known;
}

}  // namespace

KnownFailures read_known_failures(const std::string& file, std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return read_json_file(file); }, file, diagnostics);
}

KnownFailures read_known_failures_text(const std::string& text, const std::string& file,
                                       std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return parse_json(text, file); }, file, diagnostics);
}

}  // namespace parley
