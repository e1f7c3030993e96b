#include "parley/grade/config.h"

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/process/shell_words.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr double most_points = 1'000'000;
constexpr std::int64_t most_of_a_limit = 1LL << 40;
constexpr double shortest_build = 0.001, longest_build = 3600;  // seconds

/// The command line at `key`, in words.
std::vector<std::string> read_command_line(ObjectReader& object, const std::string& key, MistakeList& mistakes) {
    const auto* json = object.find(key);
    const auto line = json ? read_c_string(*json, format("'{}'", key), mistakes) : std::nullopt;
    if (!line) return {};
    try {
        auto words = split_words(*line);
        if (words.empty() || words.front().empty()) mistakes.add(json->position, format("'{}' names no program", key));
        return words;
    } catch (const UsageError& error) {
        mistakes.add(json->position, error.what());
        return {};
    }
}

Commands read_commands(ObjectReader& object, MistakeList& mistakes) {
    Commands commands;
    commands.build = read_command_line(object, "build", mistakes);
    commands.run = read_command_line(object, "run", mistakes);
    return commands;
}

/// A number of points, or of a weight.
double read_weight(const JsonMember& member, MistakeList& mistakes) {
    const auto* whole = member.value.integer();
    const auto* real = std::get_if<double>(&member.value.data);
    const auto number = whole ? static_cast<double>(*whole) : real ? *real : -1;
    if (0 <= number && number <= most_points) return number;
    mistakes.add(member.value.position, format("a weight is a number from 0 to {}", most_points));
    return 0;
}

void read_limit(const JsonMember& member, Limits& limits, MistakeList& mistakes) {
    auto* field = find_limit(limits, member.key);
    if (!field) {
        mistakes.add(member.position, unknown_word("limit", member.key, limit_names()));
        return;
    }
    const auto* number = member.value.integer();
    if (number && 0 < *number && *number <= most_of_a_limit)
        *field = static_cast<std::uint64_t>(*number);
    else
        mistakes.add(member.value.position, format("a limit is a whole number from 1 to {}", most_of_a_limit));
}

std::vector<std::string> read_visible(const JsonValue& list, MistakeList& mistakes) {
    std::vector<std::string> paths;
    const auto* elements = list.array();
    if (!elements) {
        mistakes.add(list.position, "'visible' is a list of paths");
        return paths;
    }
    for (const auto& element : *elements) {
        const auto path = read_c_string(element, "a path", mistakes);
        if (!path) continue;
        if (path->starts_with('/'))
            paths.push_back(*path);
        else
            mistakes.add(element.position, "a visible path begins with /");
    }
    return paths;
}

GradedRole read_role(const JsonMember& member, MistakeList& mistakes) {
    ObjectReader object(member.value, "a role", mistakes);
    GradedRole role;
    role.role = member.key;
    role.commands = read_commands(object, mistakes);
    role.points = object.number("points", 0, most_points);
    if (const auto* weights = object.find("scenarios")) {
        for_each_member(*weights, "'scenarios'", mistakes, [&](const JsonMember& weight) {
            role.weights.push_back({weight.key, read_weight(weight, mistakes), weight.position});
        });
    }
    object.finish();
    return role;
}

/// Calls `read` for each member of 'roles', whose keys are roles of the catalogue.
template <typename Read>
void read_roles(ObjectReader& object, const Catalogue& catalogue, MistakeList& mistakes, Read read) {
    const auto* roles = object.require("roles");
    if (!roles) return;
    if (roles->object() && roles->object()->empty()) mistakes.add(roles->position, "'roles' names no role");
    for_each_member(*roles, "'roles'", mistakes, [&](const JsonMember& member) {
        if (!catalogue.roles.contains(member.key))
            mistakes.add(member.position, unknown_word("role", member.key, catalogue.role_names()));
        read(member);
    });
}

template <typename Parse>
GradeConfig read_config(Parse parse, const std::string& file, const Catalogue& catalogue,
                        std::vector<Diagnostic>& diagnostics) {
    GradeConfig config;
    config.file = file;
    collect_mistakes(file, diagnostics, [&](MistakeList& mistakes) {
        const auto root = parse();
        ObjectReader object(root, "the configuration", mistakes);
        object.string("$schema");
        read_roles(object, catalogue, mistakes,
                   [&](const JsonMember& member) { config.roles.push_back(read_role(member, mistakes)); });
        if (const auto level = object.one_of("level", {"wire", "console", "primitives"}))
            config.level = level_named(*level);
        if (const auto limit = object.number("build_time_limit", shortest_build, longest_build))
            config.build_time_limit = std::chrono::duration<double>(*limit);
        if (const auto* limits = object.find("limits"))
            for_each_member(*limits, "'limits'", mistakes,
                            [&](const JsonMember& member) { read_limit(member, config.limits, mistakes); });
        if (const auto* visible = object.find("visible")) config.visible = read_visible(*visible, mistakes);
        config.writable = object.flag("writable");
        object.finish();
    });
    return config;
}

template <typename Parse>
OwnCommands read_own(Parse parse, const std::string& file, const Catalogue& catalogue,
                     std::vector<Diagnostic>& diagnostics) {
    OwnCommands own;
    collect_mistakes(file, diagnostics, [&](MistakeList& mistakes) {
        const auto root = parse();
        ObjectReader object(root, "the file", mistakes);
        object.string("$schema");
        read_roles(object, catalogue, mistakes, [&](const JsonMember& member) {
            ObjectReader role(member.value, "a role", mistakes);
            own[member.key] = read_commands(role, mistakes);
            role.finish();
        });
        object.finish();
    });
    return own;
}

}  // namespace

GradeConfig read_grade_config(const std::string& file, const Catalogue& catalogue,
                              std::vector<Diagnostic>& diagnostics) {
    return read_config([&] { return read_json_file(file); }, file, catalogue, diagnostics);
}

GradeConfig read_grade_config_text(const std::string& text, const std::string& file, const Catalogue& catalogue,
                                   std::vector<Diagnostic>& diagnostics) {
    return read_config([&] { return parse_json(text, file); }, file, catalogue, diagnostics);
}

OwnCommands read_own_commands(const std::string& file, const Catalogue& catalogue,
                              std::vector<Diagnostic>& diagnostics) {
    return read_own([&] { return read_json_file(file); }, file, catalogue, diagnostics);
}

OwnCommands read_own_commands_text(const std::string& text, const std::string& file, const Catalogue& catalogue,
                                   std::vector<Diagnostic>& diagnostics) {
    return read_own([&] { return parse_json(text, file); }, file, catalogue, diagnostics);
}

Commands overridden(const Commands& given, const Commands& own) {
    return {own.build.empty() ? given.build : own.build, own.run.empty() ? given.run : own.run};
}

}  // namespace parley
