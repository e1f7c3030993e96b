#include "parley/verify/submission.h"

#include <algorithm>
#include <stdexcept>

namespace parley {

namespace {

constexpr const char* arguments_word = "{args}";

bool plays(const Submission& submission, const ProgramPart& part, Side side) {
    if (!part.is_program() || side != submission.side) return false;
    return submission.role.empty() || part.role == submission.role;
}

/// The arguments that the scenario or the role gives a program.
std::vector<std::string> arguments_of(const ProgramPart& part, const Catalogue& catalogue) {
    if (part.argv) return *part.argv;
    const auto role = catalogue.roles.find(part.role);
    return role == catalogue.roles.end() ? std::vector<std::string>() : role->second.argv;
}

Implementation implementation_of(const Submission& submission, const ProgramPart& part, const Catalogue& catalogue) {
    Implementation own;
    own.role = part.role;
    own.language = submission_name;
    own.folder = submission.folder;
    own.visible = submission.visible;
    own.writable = submission.writable;
    for (const auto& word : submission.command) {
        if (word != arguments_word) {
            own.command.push_back(word);
            continue;
        }
        const auto arguments = arguments_of(part, catalogue);
        own.command.insert(own.command.end(), arguments.begin(), arguments.end());
    }
    return own;
}

void expect_primitives(ProgramPart& part, const Catalogue& catalogue) {
    const auto role = catalogue.roles.find(part.role);
    if (role == catalogue.roles.end() || role->second.primitives.empty()) return;
    part.expect.primitives = role->second.primitives;
    part.own->needs.push_back({"strace", "strace"});
}

void put_in(ProgramPart& part, const Submission& submission, const Catalogue& catalogue, Level level) {
    part.own = implementation_of(submission, part, catalogue);
    part.argv.emplace();
    part.on_trial = true;
    part.expect.err.reset();
    if (level == Level::primitives) expect_primitives(part, catalogue);
    if (level != Level::wire) return;
    part.expect.out.reset();
    part.expect.exit.reset();
}

void put_in(Scenario& scenario, const Submission& submission, const Catalogue& catalogue, Level level) {
    const auto place = [&](ProgramPart& part, Side side) {
        if (plays(submission, part, side))
            put_in(part, submission, catalogue, level);
        else
            part.expect = {};
    };
    if (scenario.server) place(*scenario.server, Side::server);
    for (auto& client : scenario.clients) place(client, Side::client);
    for (auto& way : scenario.other_ways) put_in(way, submission, catalogue, level);
}

bool has_place_for(const std::vector<std::string>& command, std::string_view what) {
    return std::ranges::any_of(command, [&](const std::string& word) { return word.find(what) != std::string::npos; });
}

}  // namespace

const char* name(Level level) {
    switch (level) {
        case Level::wire: return "wire";
        case Level::console: return "console";
        case Level::primitives: return "primitives";
    }
    return "?";
}

Level level_named(std::string_view name) {
    for (const auto level : {Level::wire, Level::console, Level::primitives})
        if (name == parley::name(level)) return level;
    throw std::out_of_range("no level has that name");
}

bool Submission::takes_port() const {
    return takes_arguments() || has_place_for(command, "{port}");
}

bool Submission::takes_host() const {
    return takes_arguments() || has_place_for(command, "{host}");
}

bool Submission::takes_arguments() const {
    return std::ranges::find(command, arguments_word) != command.end();
}

const ProgramPart* part_of(const Scenario& scenario, const Submission& submission) {
    if (scenario.server && plays(submission, *scenario.server, Side::server)) return &*scenario.server;
    for (const auto& client : scenario.clients) {
        if (plays(submission, client, Side::client)) return &client;
    }
    return nullptr;
}

std::variant<Scenario, NotHeld> with_submission(const Scenario& scenario, const Submission& submission,
                                                const Catalogue& catalogue, Level level) {
    const auto* part = part_of(scenario, submission);
    if (!part || part->verified == Verified::never) return NotHeld::other_role;
    // Of a command in the place of a scenario's own one everything has been said.
    const auto role = catalogue.roles.find(part->role);
    if (role != catalogue.roles.end()) {
        const auto port = part->port ? part->port : scenario.port;
        const bool other_port = port && *port != role->second.port;
        if (other_port && !submission.takes_port()) return NotHeld::port;
        if (part->host && !submission.takes_host()) return NotHeld::host;
        const bool own_arguments = part->argv && *part->argv != role->second.argv;
        if (own_arguments && !submission.takes_arguments()) return NotHeld::arguments;
    }
    auto held = scenario;
    put_in(held, submission, catalogue, level);
    return held;
}

}  // namespace parley
