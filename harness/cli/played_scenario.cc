#include "played_scenario.h"

#include <algorithm>
#include <filesystem>

#include "parley/base/bytes.h"
#include "parley/base/error.h"
#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/process/shell_words.h"
#include "parley/scenario/reader.h"
#include "parley/scenario/suggestion.h"
#include "places.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_input = 16 << 20;

/// `echo-client/python`, taken apart.
struct PlayerName {
    std::string role, language;
};

PlayerName name_from(const std::string& text) {
    const auto slash = text.find('/');
    return {text.substr(0, slash), slash == std::string::npos ? "" : text.substr(slash + 1)};
}

void check_player(const std::string& text, Side side, const Catalogue& catalogue) {
    const auto [role, language] = name_from(text);
    const auto known = catalogue.roles.find(role);
    if (known == catalogue.roles.end()) throw UsageError(unknown_word("role", role, catalogue.role_names()));
    if (known->second.side != side)
        throw UsageError(format("the role '{}' is a {}'s, not a {}'s", role, name(known->second.side), name(side)));
    std::vector<std::string> languages;
    for (const auto* implementation : catalogue.of(role)) languages.push_back(implementation->language);
    if (!language.empty() && std::ranges::find(languages, language) == languages.end())
        throw UsageError(unknown_word("implementation of " + role, language, languages));
}

/// What stands in a scenario's file is UTF-8, as all of the file.
const std::string& utf8(const std::string& text) {
    if (!is_utf8(text)) throw UsageError(format("{} is not UTF-8, and so no text of a scenario", quoted(text)));
    return text;
}

/// A word that names a file as it has to be where the command is started from `folder`.
std::string seen_from(const fs::path& folder, const std::string& word) {
    std::error_code ignored;
    if (word.empty() || fs::path(word).is_absolute() || !fs::is_regular_file(word, ignored)) return word;
    auto path = fs::relative(word, folder, ignored).string();
    // Without a slash it would be looked for in PATH.
    const bool has_slash = word.find('/') != std::string::npos;
    return has_slash && path.find('/') == std::string::npos ? "./" + path : path;
}

void take_part(ProgramPart& part, const std::string& player, const std::string& command,
               const std::optional<std::string>& argv, const RecordOptions& options) {
    part.role = name_from(player).role;
    if (!command.empty()) {
        const auto folder = fs::absolute(file_of(options)).parent_path();
        auto& own = part.own.emplace();
        for (const auto& word : split_words(utf8(command))) own.command.push_back(seen_from(folder, word));
        if (own.command.empty()) throw UsageError(format("{} names no program", quoted(command)));
        own.language = fs::path(own.command.front()).filename().string();
    }
    if (argv) part.argv = split_words(utf8(*argv));
    for (const auto& variable : options.env) {
        const auto equals = utf8(variable).find('=');
        if (equals == 0 || equals == std::string::npos)
            throw UsageError(format("--env takes NAME=VALUE, not {}", quoted(variable)));
        part.env[variable.substr(0, equals)] = variable.substr(equals + 1);
    }
}

std::string about(const RecordOptions& options) {
    if (!options.about.empty()) return utf8(options.about);
    const auto who = [](const std::string& role, const std::string& command) {
        return command.empty() ? name_from(role).role : "`" + command + "`";
    };
    const auto client = who(options.client, options.client_command);
    const auto server = who(options.server, options.server_command);
    if (client.empty() || server.empty()) return format("What {} does alone.", client + server);
    return format("What {} and {} say to each other.", client, server);
}

}  // namespace

std::string file_of(const RecordOptions& options) {
    if (!options.output.empty()) return options.output;
    return fs::path(options.name).filename().string() + ".json";
}

std::string schema_of(const RecordOptions& options) {
    // Where roles play, the name says where the file belongs.
    const bool roles_alone = options.client_command.empty() && options.server_command.empty();
    const auto file =
        options.output.empty() && roles_alone ? own_scenarios() + "/" + options.name + ".json" : file_of(options);
    const auto root = scenarios_root(file);
    const auto schema = fs::path(root) / "schema/scenario.schema.json";
    if (root.empty() || !fs::exists(schema)) return {};
    return fs::relative(schema, fs::absolute(file).parent_path()).string();
}

Scenario played_scenario(const RecordOptions& options, const Catalogue& catalogue) {
    const bool has_client = !options.client.empty() || !options.client_command.empty();
    const bool has_server = !options.server.empty() || !options.server_command.empty();
    if (!has_client && !has_server) throw UsageError("nobody plays: name a client, a server, or both");
    if (!has_client && (!options.input.empty() || !options.input_file.empty() || options.times > 1))
        throw UsageError("--stdin and --times are about a client, and there is none");
    if (!options.client.empty()) check_player(options.client, Side::client, catalogue);
    if (!options.server.empty()) check_player(options.server, Side::server, catalogue);
    if (options.client.empty() && options.server.empty() && !options.port)
        throw UsageError("--port says on which port the commands meet");

    Scenario scenario;
    scenario.name = options.name;
    scenario.file = file_of(options);
    scenario.about = about(options);
    scenario.port = options.port;
    if (has_server)
        take_part(scenario.server.emplace(), options.server, options.server_command, options.server_argv, options);
    if (has_client) {
        ClientPart client;
        take_part(client, options.client, options.client_command, options.client_argv, options);
        client.input = options.input_file.empty() ? options.input : read_file(options.input_file, most_input);
        scenario.clients.assign(static_cast<std::size_t>(options.times), client);
    }
    if (scenario.server && scenario.server->env.contains("TZ")) scenario.time_zone = scenario.server->env.at("TZ");
    return scenario;
}

const Cell& played_cell(const std::vector<Cell>& cells, const RecordOptions& options) {
    const auto plays = [](const Implementation* implementation, const std::string& player) {
        if (player.empty()) return true;
        const auto language = name_from(player).language;
        return language.empty() ? implementation->reference : implementation->language == language;
    };
    const auto chosen = std::ranges::find_if(cells, [&](const Cell& cell) {
        return plays(cell.client, options.client) && plays(cell.server, options.server);
    });
    return chosen == cells.end() ? cells.front() : *chosen;
}

}  // namespace parley
