#include "parley/scenario/reader.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "parley/base/format.h"
#include "parley/scenario/exchange_reader.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/suggestion.h"
#include "parley/scenario/value_reader.h"

namespace parley {

namespace {

constexpr int highest_port = 65535;
constexpr int highest_exit = 255;
constexpr int most_clients = 1000;
constexpr double longest_seconds = 3600;

/// What a client costs of the scenario's budget of octets each time that it is copied.
std::size_t octets_of(const ClientPart& client) {
    std::size_t octets = sizeof(ClientPart) + client.input.size();
    for (const auto& turn : client.exchange) {
        const auto* value = std::get_if<Value>(&turn.what);
        octets += sizeof(Turn) + (value ? literal_octets(*value) : 0);
    }
    return octets;
}

class ScenarioReader {
public:
    ScenarioReader(Scenario& scenario, const Catalogue& catalogue, MistakeList& mistakes)
        : scenario_(scenario),
          catalogue_(catalogue),
          mistakes_(mistakes),
          values_(std::filesystem::path(scenario.file).parent_path(), mistakes) {}

    void read(const JsonValue& root);

private:
    void read_header(ObjectReader& object);
    void read_tags(const JsonValue& list);
    void read_time_limit(const JsonValue& number);
    void read_server(const JsonValue& json);
    void read_clients(ObjectReader& object);
    void read_client(const JsonValue& json, bool is_alone);
    void read_program(ObjectReader& object, Side side, ProgramPart& part);
    void read_role(ObjectReader& object, Side side, ProgramPart& part);
    void read_input(const JsonValue& json, ProgramPart& part);
    void read_environment(const JsonValue& json, ProgramPart& part);
    void read_expectation(const JsonValue& json, Expectation& expect);
    void read_ending(ObjectReader& object);
    void check_parts(const JsonValue& root);
    void check_roles();

    Scenario& scenario_;
    const Catalogue& catalogue_;
    MistakeList& mistakes_;
    ValueReader values_;
    const JsonValue* shared_ = nullptr;  ///< the scenario's own exchange
    std::vector<Turn> shared_turns_;
};

void ScenarioReader::read(const JsonValue& root) {
    ObjectReader object(root, "a scenario", mistakes_);
    read_header(object);
    if (const auto* server = object.find("server")) read_server(*server);
    read_clients(object);
    read_ending(object);
    object.finish();
    if (root.object()) check_parts(root);
    check_roles();
}

void ScenarioReader::read_header(ObjectReader& object) {
    object.find("$schema");
    if (const auto* about = object.require("about")) {
        scenario_.about = object.string("about").value_or("");
        if (about->string() && about->string()->empty()) {
            mistakes_.add(about->position, "'about' says in a sentence what the scenario shows");
        }
    }
    if (const auto* tags = object.find("tags")) read_tags(*tags);
    if (const auto port = object.integer("port", 1, highest_port)) scenario_.port = static_cast<int>(*port);
    if (const auto* limit = object.find("time_limit")) read_time_limit(*limit);
}

void ScenarioReader::read_tags(const JsonValue& list) {
    for_each_element(list, "'tags'", mistakes_, [this](const JsonValue& element) {
        const auto tag = read_c_string(element, "a tag", mistakes_);
        if (!tag) return;
        if (tag->empty()) mistakes_.add(element.position, "an empty tag");
        if (std::ranges::find(scenario_.tags, *tag) != scenario_.tags.end()) {
            mistakes_.add(element.position, format("the tag {} stands here twice", quoted(*tag)));
        }
        scenario_.tags.push_back(*tag);
    });
}

void ScenarioReader::read_time_limit(const JsonValue& number) {
    const auto* real = std::get_if<double>(&number.data);
    const auto* whole = number.integer();
    const double seconds = real ? *real : whole ? static_cast<double>(*whole) : 0;
    if (seconds >= 0.001 && seconds <= longest_seconds) {
        scenario_.time_limit = std::chrono::milliseconds(std::llround(seconds * 1000));
    } else {
        mistakes_.add(number.position, format("'time_limit' is a number of seconds, at most {}", longest_seconds));
    }
}

void ScenarioReader::read_server(const JsonValue& json) {
    auto& server = scenario_.server.emplace();
    ObjectReader object(json, "'server'", mistakes_);
    read_program(object, Side::server, server);
    server.port_in_use = object.flag("port_in_use");
    object.finish();
    const auto zone = server.env.find("TZ");
    if (zone != server.env.end()) scenario_.time_zone = zone->second;
}

void ScenarioReader::read_clients(ObjectReader& object) {
    const auto* client = object.find("client");
    const auto* clients = object.find("clients");
    shared_ = object.find("exchange");
    if (shared_) shared_turns_ = read_exchange(*shared_, values_, mistakes_);
    if (client) read_client(*client, true);
    if (!clients) return;
    if (client) mistakes_.add(clients->position, "'clients' stands in place of 'client', not beside it");
    for_each_element(*clients, "'clients'", mistakes_, [this](const JsonValue& json) { read_client(json, false); });
    if (clients->array() && clients->array()->empty()) {
        mistakes_.add(clients->position, "'clients' names nobody; a scenario without clients leaves it out");
    }
}

/// Reads a client, and as many copies as it asks for. One that `is_alone` has the scenario's exchange, no own.
void ScenarioReader::read_client(const JsonValue& json, bool is_alone) {
    ClientPart client;
    ObjectReader object(json, is_alone ? "'client'" : "a client", mistakes_);
    client.idle = object.flag("idle");
    client.position = json.position;
    if (!client.idle) read_program(object, Side::client, client);
    const auto* exchange = is_alone ? nullptr : object.find("exchange");
    client.exchange = exchange ? read_exchange(*exchange, values_, mistakes_) : shared_turns_;
    const auto times = static_cast<std::size_t>(object.integer("times", 1, most_clients).value_or(1));
    object.finish();
    check_exchange(client, scenario_.server.has_value(), mistakes_);
    if (scenario_.clients.size() + times > most_clients) {
        mistakes_.add(json.position, format("more than {} clients", most_clients));
    } else if (values_.spend(times * octets_of(client), json.position)) {
        scenario_.clients.insert(scenario_.clients.end(), times, client);
    }
}

void ScenarioReader::read_program(ObjectReader& object, Side side, ProgramPart& part) {
    part.position = object.position();
    read_role(object, side, part);
    part.argv = object.strings("argv");
    if (const auto* input = object.find("stdin")) read_input(*input, part);
    if (const auto* variables = object.find("env")) read_environment(*variables, part);
    if (const auto* expect = object.find("expect")) read_expectation(*expect, part.expect);
}

void ScenarioReader::read_role(ObjectReader& object, Side side, ProgramPart& part) {
    const auto* json = object.require("role");
    part.role = object.string("role").value_or("");
    if (!json || !json->string()) return;
    const auto role = catalogue_.roles.find(part.role);
    if (role == catalogue_.roles.end()) {
        mistakes_.add(json->position, unknown_word("role", part.role, catalogue_.role_names()));
    } else if (role->second.side != side) {
        mistakes_.add(json->position,
                      format("the role '{}' is a {}'s, not a {}'s", part.role, name(role->second.side), name(side)));
    } else if (catalogue_.of(part.role).empty()) {
        mistakes_.add(json->position, format("no program plays the role '{}'", part.role));
    }
}

void ScenarioReader::read_input(const JsonValue& json, ProgramPart& part) {
    const auto value = values_.read(json);
    if (const auto* bytes = value.literal())
        part.input = *bytes;
    else
        mistakes_.add(json.position, "'stdin' is what the program is given: exact bytes, no pattern and no time");
}

void ScenarioReader::read_environment(const JsonValue& json, ProgramPart& part) {
    for_each_member(json, "'env'", mistakes_, [&](const JsonMember& member) {
        const bool is_name =
            !member.key.empty() && member.key.find_first_of(std::string_view("=\0", 2)) == std::string::npos;
        if (!is_name) mistakes_.add(member.position, "the name of a variable is not empty and holds no '='");
        if (auto text = read_c_string(member.value, "the value of a variable", mistakes_)) part.env[member.key] = *text;
    });
}

void ScenarioReader::read_expectation(const JsonValue& json, Expectation& expect) {
    ObjectReader object(json, "'expect'", mistakes_);
    const auto* exit = object.find("exit");
    const auto* running = object.find("running");
    if (const auto status = object.integer("exit", 0, highest_exit)) expect.exit = static_cast<int>(*status);
    expect.running = object.flag("running");
    if (exit) expect.exit_position = exit->position;
    if (running) expect.running_position = running->position;
    if (exit && running) mistakes_.add(running->position, "a program that has ended is not 'running'");
    if (const auto* out = object.find("stdout")) expect.out = values_.read(*out);
    if (const auto* err = object.find("stderr")) expect.err = values_.read(*err);
    object.finish();
}

void ScenarioReader::read_ending(ObjectReader& object) {
    scenario_.at_once = object.flag("at_once");
    if (scenario_.at_once && scenario_.clients.size() < 2) {
        mistakes_.add(object.find("at_once")->position, "'at_once' takes more clients than one");
    }
    if (object.one_of("outcome", {"deadlock"})) {
        scenario_.outcome = Outcome::deadlock;
        if (!scenario_.server || scenario_.clients.empty()) {
            mistakes_.add(object.find("outcome")->position, "a deadlock takes a server and a client");
        }
    }
}

/// What the parts say of each other.
void ScenarioReader::check_parts(const JsonValue& root) {
    const bool has_clients = root.find("client") || root.find("clients");
    if (!scenario_.server && !has_clients) {
        mistakes_.add(root.position, "a scenario has a server, a client, or both");
    }
    if (shared_ && !has_clients) mistakes_.add(shared_->position, "without clients there is no exchange");
    if (scenario_.server && scenario_.server->port_in_use && has_clients) {
        mistakes_.add(root.find("server")->find("port_in_use")->position,
                      "a server whose port is in use meets no clients");
    }
}

/// One implementation plays all clients, so they have one role.
void ScenarioReader::check_roles() {
    const ClientPart* first = nullptr;
    for (const auto& client : scenario_.clients) {
        if (client.idle || client.role.empty()) continue;
        if (!first) first = &client;
        if (client.role == first->role) continue;
        mistakes_.add(client.position, format("all clients have one role: '{}', not '{}'", first->role, client.role));
    }
}

void read_root(const JsonValue& root, Scenario& scenario, const Catalogue& catalogue,
               std::vector<Diagnostic>& diagnostics) {
    MistakeList mistakes(scenario.file, diagnostics);
    ScenarioReader(scenario, catalogue, mistakes).read(root);
    mistakes.sort();
}

/// An empty scenario with its names, filled from what `parse` returns; that it is no JSON is one diagnostic.
template <typename Parse>
Scenario read_parsed(Parse parse, const std::string& file, const std::string& name, const Catalogue& catalogue,
                     std::vector<Diagnostic>& diagnostics) {
    Scenario scenario;
    scenario.name = name;
    scenario.file = file;
    try {
        const JsonValue root = parse();
        read_root(root, scenario, catalogue, diagnostics);
    } catch (const JsonError& error) {
        diagnostics.push_back(error.diagnostic());
    }
    return scenario;
}

}  // namespace

Scenario read_scenario(const std::string& file, const std::string& name, const Catalogue& catalogue,
                       std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return read_json_file(file); }, file, name, catalogue, diagnostics);
}

Scenario read_scenario_text(const std::string& text, const std::string& file, const std::string& name,
                            const Catalogue& catalogue, std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return parse_json(text, file); }, file, name, catalogue, diagnostics);
}

}  // namespace parley
