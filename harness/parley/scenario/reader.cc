#include "parley/scenario/reader.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>

#include "parley/base/format.h"
#include "parley/scenario/exchange_reader.h"
#include "parley/scenario/expansion.h"
#include "parley/scenario/implementation_reader.h"
#include "parley/scenario/object_reader.h"
#include "parley/scenario/suggestion.h"
#include "parley/scenario/time_text.h"
#include "parley/scenario/value_reader.h"

namespace parley {

namespace {

constexpr int highest_port = 65535;
constexpr int highest_exit = 255;
constexpr int most_clients = 1000;
constexpr std::size_t most_tags = 100;
constexpr double longest_seconds = 3600;

bool is_loopback_address(const std::string& text) {
    in_addr address{};
    return inet_pton(AF_INET, text.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24U == IN_LOOPBACKNET;
}

/// What a client with these turns, which `json` describes, costs of the file's budget each time that it is copied.
std::size_t octets_of(const ClientPart& client, const JsonValue& json, const std::vector<Turn>& turns) {
    std::size_t octets = sizeof(ClientPart) + weight(json) + client.input.size();
    for (const auto* output : {&client.expect.out, &client.expect.err})
        if (*output) octets += octets_of(**output);
    for (const auto& turn : turns) {
        const auto* value = std::get_if<Value>(&turn.what);
        octets += sizeof(Turn) + (value ? octets_of(*value) : 0);
    }
    return octets;
}

class ScenarioReader {
public:
    ScenarioReader(Scenario& scenario, const Catalogue& catalogue, Budget& budget, MistakeList& mistakes)
        : scenario_(scenario),
          catalogue_(catalogue),
          mistakes_(mistakes),
          values_(std::filesystem::path(scenario.file).parent_path(), budget, mistakes) {}

    void read(const JsonValue& root);

private:
    void read_header(ObjectReader& object);
    void read_tags(const JsonValue& list);
    void read_server(const JsonValue& json);
    void read_clients(ObjectReader& object);
    bool read_client(const JsonValue& json, bool is_alone);
    void read_player(ObjectReader& object, Side side, ProgramPart& part);
    void read_program(ObjectReader& object, Side side, ProgramPart& part);
    void read_role(ObjectReader& object, Side side, ProgramPart& part);
    void read_whereabouts(ObjectReader& object, ClientPart& client);
    void read_own_command(ObjectReader& object, ProgramPart& part);
    void read_input(const JsonValue& json, ProgramPart& part);
    void read_environment(const JsonValue& json, ProgramPart& part);
    void read_clock(const JsonValue& json, ServerPart& server);
    void read_expectation(const JsonValue& json, Expectation& expect);
    void read_ending(ObjectReader& object, bool has_clients);
    void check_parts(const JsonValue& root);
    void check_players(const JsonValue& root);
    void check_roles();
    void check_port(const JsonValue& root);

    Scenario& scenario_;
    const Catalogue& catalogue_;
    MistakeList& mistakes_;
    ValueReader values_;
    Position position_;  ///< of the scenario
    std::optional<Player> server_player_;
    const JsonValue* shared_ = nullptr;  ///< the scenario's own exchange
    std::vector<Turn> shared_turns_;
    std::set<std::string> shared_captures_;
};

/// Who plays the part that `json` describes; that there can be mistakes in it is not this function's business.
Player player_of(const JsonValue& json) {
    const auto is_set = [&](std::string_view key) {
        const auto* value = json.find(key);
        return value && value->boolean() && *value->boolean();
    };
    return is_set("scripted") ? Player::script : is_set("idle") ? Player::idle : Player::program;
}

Verified verified_of(std::string_view word) {
    if (word == "held") return Verified::held;
    return word == "advice" ? Verified::advice : Verified::never;
}

void ScenarioReader::read(const JsonValue& root) {
    ObjectReader object(root, "a scenario", mistakes_);
    position_ = root.position;
    read_header(object);
    // Expanded before; here they are words that are known.
    object.find("cases");
    object.find("either");
    const auto* server = object.find("server");
    if (server) server_player_ = player_of(*server);
    read_clients(object);
    // After the exchange: what it captures the server may print.
    if (server) read_server(*server);
    read_ending(object, root.find("client") || root.find("clients"));
    object.finish();
    if (root.object()) {
        check_parts(root);
        check_players(root);
        check_port(root);
    }
    check_roles();
}

void ScenarioReader::read_header(ObjectReader& object) {
    object.string("$schema");
    if (const auto* about = object.require("about")) {
        const auto text = read_c_string(*about, "'about'", mistakes_);
        scenario_.about = text.value_or("");
        if (text && text->empty()) mistakes_.add(about->position, "'about' says in a sentence what the scenario shows");
    }
    if (const auto* tags = object.find("tags")) read_tags(*tags);
    if (const auto port = object.integer("port", 1, highest_port)) scenario_.port = static_cast<int>(*port);
    if (const auto seconds = object.number("time_limit", 0.001, longest_seconds)) {
        scenario_.time_limit = std::chrono::milliseconds(std::llround(*seconds * 1000));
    }
}

void ScenarioReader::read_tags(const JsonValue& list) {
    std::set<std::string> known;
    for_each_element(list, "'tags'", mistakes_, [&](const JsonValue& element) {
        const auto tag = read_c_string(element, "a tag", mistakes_);
        if (!tag) return;
        if (tag->empty()) mistakes_.add(element.position, "an empty tag");
        if (!known.insert(*tag).second) {
            mistakes_.add(element.position, format("the tag '{}' stands here twice", shown(*tag)));
        }
        scenario_.tags.push_back(*tag);
    });
    if (list.array() && list.array()->size() > most_tags)
        mistakes_.add(list.position, format("more than {} tags", most_tags));
}

void ScenarioReader::read_server(const JsonValue& json) {
    auto& server = scenario_.server.emplace();
    ObjectReader object(json, "'server'", mistakes_);
    const bool one_conversation = scenario_.clients.size() == 1;
    values_.go_to_conversation(one_conversation ? shared_captures_ : std::set<std::string>());
    read_player(object, Side::server, server);
    if (server.is_program()) {
        server.port_in_use = object.flag("port_in_use");
        if (const auto* clock = object.find("clock")) read_clock(*clock, server);
    }
    object.finish();
    const auto zone = server.env.find("TZ");
    if (zone != server.env.end()) scenario_.time_zone = zone->second;
}

void ScenarioReader::read_clients(ObjectReader& object) {
    const auto* client = object.find("client");
    const auto* clients = object.find("clients");
    shared_ = object.find("exchange");
    if (shared_) {
        shared_turns_ = read_exchange(*shared_, values_, mistakes_);
        shared_captures_ = values_.go_to_conversation({});
    }
    if (client) read_client(*client, true);
    if (!clients) return;
    if (client) mistakes_.add(clients->position, "'clients' stands in place of 'client', not beside it");
    bool fits = true;
    for_each_element(*clients, "'clients'", mistakes_, [&](const JsonValue& json) {
        if (scenario_.clients.size() < most_clients)
            fits = fits && read_client(json, false);
        else
            mistakes_.add(json.position, format("more than {} clients", most_clients));
    });
    if (clients->array() && clients->array()->empty()) {
        mistakes_.add(clients->position, "'clients' names nobody; a scenario without clients leaves it out");
    }
}

/// Reads a client, and as many copies as it asks for. One that `is_alone` has the scenario's exchange, no own. False
/// where they take more than is left of the file's budget.
bool ScenarioReader::read_client(const JsonValue& json, bool is_alone) {
    ClientPart client;
    ObjectReader object(json, is_alone ? "'client'" : "a client", mistakes_);
    client.player = player_of(json);
    const auto* exchange = is_alone ? nullptr : json.find("exchange");
    values_.go_to_conversation(exchange ? std::set<std::string>() : shared_captures_);
    if (exchange) client.exchange = read_exchange(*exchange, values_, mistakes_);
    read_player(object, Side::client, client);
    if (client.is_program()) read_whereabouts(object, client);
    if (!is_alone) object.find("exchange");
    const auto times = static_cast<std::size_t>(object.integer("times", 1, most_clients).value_or(1));
    object.finish();
    const auto octets = times * octets_of(client, json, exchange ? client.exchange : shared_turns_);
    if (!values_.spend(octets, json.position)) return false;
    if (!exchange) client.exchange = shared_turns_;
    check_exchange(client, server_player_, position_, mistakes_);
    if (scenario_.clients.size() + times <= most_clients)
        scenario_.clients.insert(scenario_.clients.end(), times, client);
    else
        mistakes_.add(json.position, format("more than {} clients", most_clients));
    return true;
}

void ScenarioReader::read_player(ObjectReader& object, Side side, ProgramPart& part) {
    part.position = object.position();
    const bool scripted = object.flag("scripted");
    const bool idle = side == Side::client && object.flag("idle");
    part.player = scripted ? Player::script : idle ? Player::idle : Player::program;
    if (scripted && idle) {
        mistakes_.add(object.find("idle")->position, "a client that is 'idle' plays no script");
    }
    if (part.is_program()) read_program(object, side, part);
}

void ScenarioReader::read_program(ObjectReader& object, Side side, ProgramPart& part) {
    if (object.find("command"))
        read_own_command(object, part);
    else
        read_role(object, side, part);
    if (const auto* input = object.find("stdin")) read_input(*input, part);
    if (const auto* variables = object.find("env")) read_environment(*variables, part);
    if (const auto* expect = object.find("expect")) read_expectation(*expect, part.expect);
    if (const auto verify = object.one_of("verify", {"held", "advice", "never"})) part.verified = verified_of(*verify);
}

void ScenarioReader::read_role(ObjectReader& object, Side side, ProgramPart& part) {
    const auto* json = object.require("role", " or 'command'; 'scripted' lets the harness play this side");
    part.argv = object.strings("argv");
    part.role = object.string("role").value_or("");
    if (!json || !json->string()) return;
    const auto role = catalogue_.roles.find(part.role);
    if (role == catalogue_.roles.end()) {
        mistakes_.add(json->position, unknown_word("role", part.role, catalogue_.role_names()));
    } else if (role->second.side != side) {
        mistakes_.add(json->position, format("the role '{}' is a {}'s, not a {}'s", shown(part.role),
                                             name(role->second.side), name(side)));
    } else if (catalogue_.of(part.role).empty()) {
        mistakes_.add(json->position, format("no program plays the role '{}'", shown(part.role)));
    }
}

/// Where a client finds the server.
void ScenarioReader::read_whereabouts(ObjectReader& object, ClientPart& client) {
    if (const auto port = object.integer("port", 1, highest_port)) client.port = static_cast<int>(*port);
    const auto* json = object.find("host");
    client.host = object.string("host");
    if (client.host && !is_loopback_address(*client.host))
        mistakes_.add(json->position,
                      format("'host' is an address of the loopback like '127.0.0.2', not '{}'", shown(*client.host)));
}

/// A program of this scenario alone, in place of a role.
void ScenarioReader::read_own_command(ObjectReader& object, ProgramPart& part) {
    auto& own = part.own.emplace();
    own.command = read_command(object, mistakes_);
    own.needs = read_needs(object, mistakes_);
    if (!own.command.empty()) own.language = std::filesystem::path(own.command.front()).filename().string();
    if (const auto* role = object.find("role")) mistakes_.add(role->position, "'command' stands in place of 'role'");
    if (const auto* argv = object.find("argv"))
        mistakes_.add(argv->position, "'argv' is a role's; a 'command' has its arguments in it");
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

void ScenarioReader::read_clock(const JsonValue& json, ServerPart& server) {
    const auto text = read_c_string(json, "'clock'", mistakes_);
    if (!text) return;
    server.clock = moment(*text);
    if (!server.clock)
        mistakes_.add(json.position,
                      format("'clock' is a moment (UTC) like '2026-03-05 09:41:00', not '{}'", shown(*text)));
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

void ScenarioReader::read_ending(ObjectReader& object, bool has_clients) {
    scenario_.at_once = object.flag("at_once");
    if (scenario_.at_once && !has_clients) {
        mistakes_.add(position_, "missing key 'clients', who start 'at_once'");
    } else if (scenario_.at_once && scenario_.clients.size() < 2) {
        mistakes_.add(object.find("at_once")->position, "'at_once' takes more clients than one");
    }
    if (!object.one_of("outcome", {"deadlock"})) return;
    scenario_.outcome = Outcome::deadlock;
    for (const auto& [key, is_there] : {std::pair("server", scenario_.server.has_value()), {"client", has_clients}})
        if (!is_there) mistakes_.add(position_, format("missing key '{}': a deadlock takes two", key));
}

/// What the parts say of each other.
void ScenarioReader::check_parts(const JsonValue& root) {
    const bool has_clients = root.find("client") || root.find("clients");
    if (!scenario_.server && !has_clients) {
        mistakes_.add(root.position, "a scenario has a server, a client, or both");
    }
    if (shared_ && !has_clients)
        mistakes_.add(root.position, "missing key 'client' or 'clients', whose exchange it is");
    if (scenario_.server && scenario_.server->port_in_use && has_clients) {
        mistakes_.add(root.find("server")->find("port_in_use")->position,
                      "a server whose port is in use meets no clients");
    }
}

/// Somebody is a program, and a script has a server and a client.
void ScenarioReader::check_players(const JsonValue& root) {
    bool program = scenario_.server && scenario_.server->is_program();
    bool script = scenario_.server && scenario_.server->player == Player::script;
    for (const auto& client : scenario_.clients) {
        program = program || client.is_program();
        script = script || client.player == Player::script;
    }
    const bool has_clients = !scenario_.clients.empty();
    if (script && !(scenario_.server && has_clients)) {
        mistakes_.add(root.position, "a script needs a server and a client");
    } else if (script && !program) {
        mistakes_.add(root.position, "nobody is tested: a scenario has a program on one side at least");
    }
}

/// Roles bring their ports with them.
void ScenarioReader::check_port(const JsonValue& root) {
    bool known = scenario_.port.has_value() || (scenario_.server && !scenario_.server->role.empty());
    bool own = scenario_.server && scenario_.server->own;
    for (const auto& client : scenario_.clients) {
        known = known || !client.role.empty();
        own = own || client.own;
    }
    if (own && !known)
        mistakes_.add(root.position, "'port' says on which port a 'command' listens, or to which it connects");
}

/// One implementation plays all clients that have a role, so they have the same.
void ScenarioReader::check_roles() {
    const ClientPart* first = nullptr;
    for (const auto& client : scenario_.clients) {
        if (client.role.empty()) continue;
        if (!first) first = &client;
        if (client.role == first->role) continue;
        mistakes_.add(client.position,
                      format("all clients have one role: '{}', not '{}'", shown(first->role), shown(client.role)));
    }
}

bool same_turn(const Turn& a, const Turn& b) {
    const auto* value = std::get_if<Value>(&a.what);
    const auto* other_value = std::get_if<Value>(&b.what);
    if (value && other_value) return a.who == b.who && value->parts == other_value->parts;
    const auto* event = std::get_if<StreamEvent>(&a.what);
    const auto* other_event = std::get_if<StreamEvent>(&b.what);
    return a.who == b.who && a.what.index() == b.what.index() && (!event || *event == *other_event);
}

/// How many turns it takes until a scripted side has done all that it does.
std::size_t length_of_script(const Scenario& scenario, const ClientPart& client) {
    const bool server = scenario.server && scenario.server->player == Player::script;
    std::size_t length = 0;
    for (std::size_t i = 0; i < client.exchange.size(); ++i) {
        const bool clients_turn = client.player == Player::script && includes(client.exchange[i].who, Side::client);
        if (clients_turn || (server && includes(client.exchange[i].who, Side::server))) length = i + 1;
    }
    return length;
}

/// A script is played before anybody knows which way it goes.
void check_script(const Scenario& first, const Scenario& way, MistakeList& mistakes) {
    for (std::size_t i = 0; i < std::min(first.clients.size(), way.clients.size()); ++i) {
        const auto& turns = first.clients[i].exchange;
        const auto& other = way.clients[i].exchange;
        const auto length = std::max(length_of_script(first, first.clients[i]), length_of_script(way, way.clients[i]));
        const auto common = std::min({length, turns.size(), other.size()});
        const auto here =
            std::mismatch(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(common), other.begin(), same_turn);
        if (here.second - other.begin() == static_cast<std::ptrdiff_t>(length)) continue;
        const auto position = here.second == other.end() ? way.clients[i].position : here.second->position;
        mistakes.add(position, "up to the last turn of a scripted side all ways are the same");
    }
}

/// Reads the scenarios of a file, one for each of its cases.
class FileReader {
public:
    FileReader(const std::string& file, std::string name, const Catalogue& catalogue, MistakeList& mistakes)
        : file_(file), name_(std::move(name)), catalogue_(catalogue), mistakes_(mistakes) {}

    std::vector<Scenario> read(JsonValue root) {
        std::vector<Scenario> scenarios;
        for (auto& text : expand_cases(std::move(root), texts_, mistakes_))
            scenarios.push_back(read_case(std::move(text)));
        return scenarios;
    }

private:
    Scenario read_case(CaseText text) {
        const auto name = text.name.empty() ? name_ : name_ + "/" + text.name;
        std::optional<Scenario> first;
        for (auto& way : expand_ways(std::move(text.root), texts_, mistakes_)) {
            auto scenario = read_way(way, name);
            if (first) check_script(*first, scenario, mistakes_);
            if (first)
                first->other_ways.push_back(std::move(scenario));
            else
                first = std::move(scenario);
        }
        return first.value_or(Scenario());
    }

    Scenario read_way(const WayText& way, const std::string& name) {
        Scenario scenario;
        scenario.name = name;
        scenario.file = file_;
        scenario.way = way.about;
        ScenarioReader(scenario, catalogue_, values_, mistakes_).read(way.root);
        return scenario;
    }

    const std::string& file_;
    std::string name_;
    const Catalogue& catalogue_;
    MistakeList& mistakes_;
    Budget texts_, values_;
};

/// The scenarios of what `parse` returns.
template <typename Parse>
std::vector<Scenario> read_parsed(Parse parse, const std::string& file, const std::string& name,
                                  const Catalogue& catalogue, std::vector<Diagnostic>& diagnostics) {
    std::vector<Scenario> scenarios;
    collect_mistakes(file, diagnostics, [&](MistakeList& mistakes) {
        scenarios = FileReader(file, name, catalogue, mistakes).read(parse());
    });
    return scenarios;
}

}  // namespace

std::vector<Scenario> read_scenarios(const std::string& file, const std::string& name, const Catalogue& catalogue,
                                     std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return read_json_file(file); }, file, name, catalogue, diagnostics);
}

std::vector<Scenario> read_scenarios_text(const std::string& text, const std::string& file, const std::string& name,
                                          const Catalogue& catalogue, std::vector<Diagnostic>& diagnostics) {
    return read_parsed([&] { return parse_json(text, file); }, file, name, catalogue, diagnostics);
}

}  // namespace parley
