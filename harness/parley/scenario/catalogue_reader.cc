#include <algorithm>

#include "parley/base/format.h"
#include "parley/scenario/implementation_reader.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/reader.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr int highest_port = 65535;

class CatalogueReader {
public:
    CatalogueReader(Catalogue& catalogue, MistakeList& mistakes) : catalogue_(catalogue), mistakes_(mistakes) {}
    void read(const JsonValue& root);

private:
    void read_role(const JsonMember& member);
    Slides read_slides(const JsonValue& json);
    std::vector<std::string> read_primitives(const JsonValue& json);
    Claim read_claim(const JsonValue& json);
    void read_implementation(const JsonMember& member);

    Catalogue& catalogue_;
    MistakeList& mistakes_;
};

void CatalogueReader::read(const JsonValue& root) {
    ObjectReader object(root, "the catalogue", mistakes_);
    object.string("$schema");
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
    check_name(member.position, "a role's name", member.key, mistakes_);
    ObjectReader object(member.value, "a role", mistakes_);
    Role role;
    role.name = member.key;
    if (object.require("side")) {
        role.side = object.one_of("side", {"client", "server"}) == "server" ? Side::server : Side::client;
    }
    if (object.require("about")) role.about = object.string("about").value_or("");
    if (object.require("port")) role.port = static_cast<int>(object.integer("port", 1, highest_port).value_or(0));
    role.argv = object.strings("argv").value_or(std::vector<std::string>());
    if (const auto* slides = object.find("slides")) role.slides = read_slides(*slides);
    if (const auto* list = object.find("primitives")) role.primitives = read_primitives(*list);
    object.finish();
    catalogue_.roles.emplace(role.name, role);
}

Slides CatalogueReader::read_slides(const JsonValue& json) {
    ObjectReader object(json, "'slides'", mistakes_);
    Slides slides;
    if (object.require("set_up")) slides.set_up = object.string("set_up").value_or("");
    if (object.require("talk")) slides.talk = object.string("talk").value_or("");
    slides.order = object.string("order").value_or("");
    object.finish();
    return slides;
}

std::vector<std::string> CatalogueReader::read_primitives(const JsonValue& json) {
    static const std::vector<std::string> known{"socket",  "bind", "listen", "accept",
                                                "connect", "send", "recv",   "close"};
    std::vector<std::string> primitives;
    for_each_element(json, "'primitives'", mistakes_, [&](const JsonValue& element) {
        const auto* name = element.string();
        const auto text = name ? *name : std::string();
        if (!name)
            mistakes_.add(element.position, "a primitive is called by its name");
        else if (std::ranges::find(known, text) == known.end())
            mistakes_.add(element.position, unknown_word("primitive", text, known));
        else if (std::ranges::find(primitives, text) != primitives.end())
            mistakes_.add(element.position, format("'{}' stands here twice", text));
        primitives.push_back(text);
    });
    return primitives;
}

Claim CatalogueReader::read_claim(const JsonValue& json) {
    ObjectReader object(json, "'claims'", mistakes_);
    Claim claim;
    if (object.require("level")) claim.level = object.one_of("level", {"wire", "console"}).value_or("");
    if (object.require("reason")) claim.reason = object.string("reason").value_or("");
    object.finish();
    return claim;
}

void CatalogueReader::read_implementation(const JsonMember& member) {
    const auto slash = std::min(member.key.find('/'), member.key.size());
    Implementation implementation;
    implementation.role = member.key.substr(0, slash);
    implementation.language = member.key.substr(std::min(slash + 1, member.key.size()));
    check_name(member.position, "an implementation's name is role/language, and the language", implementation.language,
               mistakes_);
    if (!catalogue_.roles.contains(implementation.role) && !mistakes_.is_full()) {
        mistakes_.add(member.position, unknown_word("role", implementation.role, catalogue_.role_names()));
    }
    ObjectReader object(member.value, "an implementation", mistakes_);
    implementation.reference = object.flag("reference");
    implementation.command = read_command(object, mistakes_);
    implementation.needs = read_needs(object, mistakes_);
    if (const auto* claims = object.find("claims")) implementation.claim = read_claim(*claims);
    object.finish();
    catalogue_.implementations.push_back(std::move(implementation));
}

/// The catalogue of what `parse` returns.
template <typename Parse>
Catalogue read_parsed(Parse parse, const std::string& file, std::vector<Diagnostic>& diagnostics) {
    Catalogue catalogue;
    catalogue.file = file;
    collect_mistakes(file, diagnostics,
                     [&](MistakeList& mistakes) { CatalogueReader(catalogue, mistakes).read(parse()); });
    return catalogue;
}

}  // namespace

Catalogue read_catalogue(const std::string& file, std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return read_json_file(file); }, file, diagnostics);
}

Catalogue read_catalogue_text(const std::string& text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return parse_json(text, file); }, file, diagnostics);
}

}  // namespace parley
