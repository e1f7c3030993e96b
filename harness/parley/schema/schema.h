// JSON Schema: whether a JSON text is as its published schema says. The one place that names the library behind it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "parley/json/document.h"

namespace parley {

/// A schema (draft 07), read once and held against any number of texts.
class Schema {
public:
    /// Reads `file`. Throws UsageError where it cannot be read, JsonError where it is no JSON, and SetupError where it
    /// is no schema.
    explicit Schema(const std::string& file);
    ~Schema();

    /// What the schema refuses in `root`, the JSON text of `file`, at its place; nothing where it accepts it. Of
    /// several mistakes it names the one that lies deepest: a schema's alternatives each complain of the same one.
    std::optional<Diagnostic> refuses(const JsonValue& root, const std::string& file);

private:
    struct Library;
    std::unique_ptr<Library> library_;
};

}  // namespace parley
