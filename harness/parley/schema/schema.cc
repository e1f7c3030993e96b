#include "parley/schema/schema.h"

#include <charconv>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/json/json.h"

namespace parley {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

struct Schema::Library {
    std::string file;
    valijson::Schema schema;
    valijson::Validator validator;
};

namespace {

SortedJson to_library(const JsonValue& value) {
    if (const auto* list = value.array()) {
        auto json = SortedJson::array();
        for (const auto& element : *list) json.push_back(to_library(element));
        return json;
    }
    if (const auto* members = value.object()) {
        auto json = SortedJson::object();
        for (const auto& member : *members) json.emplace(member.key, to_library(member.value));
        return json;
    }
    if (const auto* text = value.string()) return *text;
    if (const auto* truth = value.boolean()) return *truth;
    if (const auto* number = value.integer()) return *number;
    if (const auto* number = std::get_if<double>(&value.data)) return *number;
    return nullptr;
}

/// Where the library's path leads: `<root>`, then `[key]` or `[index]` each.
Position position_of(const JsonValue& root, const std::vector<std::string>& path) {
    const auto* value = &root;
    for (std::size_t i = 1; i < path.size(); ++i) {
        const auto step = std::string_view(path[i]).substr(1, path[i].size() - 2);
        std::size_t index = 0;
        if (value->array()) std::from_chars(step.data(), step.data() + step.size(), index);
        const auto* next = value->array() ? &value->array()->at(index) : value->find(step);
        if (!next) break;
        value = next;
    }
    return value->position;
}

}  // namespace

Schema::Schema(const std::string& file) : library_(std::make_unique<Library>()) {
    library_->file = file;
    const auto json = to_library(read_json_file(file));
    try {
        valijson::SchemaParser().populateSchema(Adapter(json), library_->schema);
    } catch (const std::exception& error) {
        throw SetupError(format("{} is no JSON schema: {}", file, error.what()));
    }
}

Schema::~Schema() = default;

std::optional<Diagnostic> Schema::refuses(const JsonValue& root, const std::string& file) {
    const auto json = to_library(root);
    const Adapter adapter(json);
    // Without room for results it stops at the first mistake, and collects nothing on the way.
    if (library_->validator.validate(library_->schema, adapter, nullptr)) return {};
    valijson::ValidationResults results;
    library_->validator.validate(library_->schema, adapter, &results);
    // Some mistakes it keeps to itself.
    valijson::ValidationResults::Error deepest{{"<root>"}, "not as the schema says"};
    for (const auto& error : results)
        if (error.context.size() > deepest.context.size()) deepest = error;
    return Diagnostic{file, position_of(root, deepest.context),
                      format("{} (by {})", deepest.description, library_->file)};
}

}  // namespace parley
