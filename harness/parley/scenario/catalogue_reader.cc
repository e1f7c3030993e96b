#include <algorithm>

#include "parley/base/format.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/reader.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr int highest_port = 65535;

/// Roles and languages stand in the names of cells and files.
bool is_name(std::string_view text) {
    const auto fits = [](char c) { return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-'; };
    return !text.empty() && std::ranges::all_of(text, fits);
}

class CatalogueReader {
public:
    CatalogueReader(Catalogue& catalogue, MistakeList& mistakes) : catalogue_(catalogue), mistakes_(mistakes) {}
    void read(const JsonValue& root);

private:
    void read_role(const JsonMember& member);
    void read_implementation(const JsonMember& member);
    std::vector<Need> read_needs(const JsonValue& list);
    void must_be_name(const JsonMember& member, std::string_view what, std::string_view name);

    Catalogue& catalogue_;
    MistakeList& mistakes_;
};

void CatalogueReader::read(const JsonValue& root) {
    ObjectReader object(root, "the catalogue", mistakes_);
    object.find("$schema");
    if (const auto* roles = object.require("roles")) {
        for_each_member(*roles, "'roles'", mistakes_, [this](const auto& member) { read_role(member); });
    }
    if (const auto* implementations = object.require("implementations")) {
        for_each_member(*implementations, "'implementations'", mistakes_,
                        [this](const auto& member) { read_implementation(member); });
    }
    object.finish();
}

void CatalogueReader::read_role(const JsonMember& member) {
    must_be_name(member, "a role's name", member.key);
    ObjectReader object(member.value, "a role", mistakes_);
    Role role;
    role.name = member.key;
    if (object.require("side")) {
        role.side = object.one_of("side", {"client", "server"}) == "server" ? Side::server : Side::client;
    }
    if (object.require("about")) role.about = object.string("about").value_or("");
    if (object.require("port")) role.port = static_cast<int>(object.integer("port", 1, highest_port).value_or(0));
    role.argv = object.strings("argv").value_or(std::vector<std::string>());
    object.finish();
    catalogue_.roles.emplace(role.name, role);
}

void CatalogueReader::read_implementation(const JsonMember& member) {
    const auto slash = std::min(member.key.find('/'), member.key.size());
    Implementation implementation;
    implementation.role = member.key.substr(0, slash);
    implementation.language = member.key.substr(std::min(slash + 1, member.key.size()));
    must_be_name(member, "an implementation's name is role/language, and the language", implementation.language);
    if (!catalogue_.roles.contains(implementation.role)) {
        mistakes_.add(member.position, unknown_word("role", implementation.role, catalogue_.role_names()));
    }
    ObjectReader object(member.value, "an implementation", mistakes_);
    implementation.reference = object.flag("reference");
    if (const auto* command = object.require("command")) {
        implementation.command = object.strings("command").value_or(std::vector<std::string>());
        if (command->array() && command->array()->empty())
            mistakes_.add(command->position, "'command' names no program");
    }
    if (const auto* needs = object.find("needs")) implementation.needs = read_needs(*needs);
    object.finish();
    catalogue_.implementations.push_back(std::move(implementation));
}

std::vector<Need> CatalogueReader::read_needs(const JsonValue& list) {
    std::vector<Need> needs;
    for_each_element(list, "'needs'", mistakes_, [&](const JsonValue& element) {
        ObjectReader object(element, "a need", mistakes_);
        Need need;
        if (object.require("path")) need.path = object.string("path").value_or("");
        if (object.require("package")) need.package = object.string("package").value_or("");
        object.finish();
        needs.push_back(std::move(need));
    });
    return needs;
}

void CatalogueReader::must_be_name(const JsonMember& member, std::string_view what, std::string_view name) {
    if (is_name(name)) return;
    mistakes_.add(member.position, format("{} is made of a to z, 0 to 9 and '-'", what));
}

}  // namespace

Catalogue read_catalogue(const std::string& file, std::vector<Diagnostic>& diagnostics) {
    Catalogue catalogue;
    catalogue.file = file;
    try {
        MistakeList mistakes(file, diagnostics);
        CatalogueReader(catalogue, mistakes).read(read_json_file(file));
        mistakes.sort();
    } catch (const JsonError& error) {
        diagnostics.push_back(error.diagnostic());
    }
    return catalogue;
}

}  // namespace parley
