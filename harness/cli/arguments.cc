#include "arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "exit_status.h"
#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/scenario/suggestion.h"
#include "places.h"

namespace parley {

namespace {

void add_paths(CLI::App& command, std::vector<std::string>& paths) {
    command.add_option("PATH", paths, "Scenario files, or folders that hold them")
        ->default_str("the project's own scenarios");
}

void add_selection(CLI::App& command, Selection& selection) {
    add_paths(command, selection.paths);
    command.add_option("--filter", selection.filter, "Only cells whose name matches this pattern (*, ?, […])")
        ->type_name("GLOB");
    command.add_option("--tag", selection.tags, "Only scenarios with this tag; may be given several times")
        ->type_name("TAG")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_sandbox(CLI::App& command, SandboxOptions& options, const char* what, const char* never) {
    auto* always = command.add_flag("--sandbox", options.always, what);
    if (never) command.add_flag("--no-sandbox", options.never, never)->excludes(always);
    command
        .add_option("--limit", options.limits,
                    "What a contained program may use: processes, memory, processor, file_size, open_files, output; "
                    "may be given several times")
        ->type_name("NAME=N")
        ->expected(1)
        ->allow_extra_args(false)  // or it would take the -- before the command
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_isolation(CLI::App& command, std::string& isolation) {
    command
        .add_option("--isolation", isolation,
                    "How cells are kept apart: in network namespaces, or on one loopback, by ports of their own")
        ->type_name("auto|namespace|shared")
        ->check(CLI::IsMember({"auto", "namespace", "shared"}));
}

CLI::App* add_run(CLI::App& app, RunOptions& options) {
    auto* command = app.add_subcommand("run", "Runs scenarios in all their cells and says what was not as expected");
    add_selection(*command, options.selection);
    command
        ->add_option("-j,--jobs", options.jobs,
                     "Cells that run at the same time (four for each processor), and as many that wait")
        ->type_name("N")
        ->check(CLI::Range(1, 1000));
    command->add_option("--repeat", options.repeat, "How often each cell is run")
        ->type_name("N")
        ->check(CLI::Range(1, 1000000));
    command->add_option("--seed", options.seed, "Runs the cells in an order drawn from this number")->type_name("N");
    command->add_option("--json", options.json_file, "Writes every observation to this file")->type_name("FILE");
    command->add_option("--junit", options.junit_file, "Writes a JUnit report to this file")->type_name("FILE");
    command->add_flag("--fail-fast", options.fail_fast, "Stops at the first cell that is not as expected");
    command->add_option("--timeout-scale", options.timeout_scale, "Multiplies every time limit")
        ->type_name("X")
        ->check(CLI::Range(0.01, 1000.0));
    add_sandbox(*command, options.containing, "Contains every program: it can neither see nor change what is yours",
                nullptr);
    add_isolation(*command, options.isolation);
    return command;
}

CLI::App* add_list(CLI::App& app, ListOptions& options) {
    auto* command = app.add_subcommand("list", "Lists what there is, a line each");
    command->add_option("WHAT", options.what, "scenarios, roles, implementations or cells")
        ->required()
        ->check(CLI::IsMember({"scenarios", "roles", "implementations", "cells"}));
    add_selection(*command, options.selection);
    command->add_flag("--json", options.json, "As JSON");
    return command;
}

CLI::App* add_lint(CLI::App& app, LintOptions& options) {
    auto* command = app.add_subcommand(
        "lint", "Tells every mistake in scenarios, implementations and assignments, and runs nothing");
    add_paths(*command, options.paths);
    return command;
}

CLI::App* add_show(CLI::App& app, ShowOptions& options) {
    auto* command = app.add_subcommand("show", "Draws the conversation of a scenario as a sequence diagram");
    command->add_option("SCENARIO", options.scenarios, "Names (echo/two-messages), patterns over names, or files")
        ->required();
    return command;
}

CLI::App* add_record(CLI::App& app, RecordOptions& options) {
    auto* command = app.add_subcommand("record", "Runs a client and a server and writes the scenario that they played");
    command->add_option("NAME", options.name, "The scenario's name: echo/two-words")->required();
    const auto add = [command](const char* flag, auto& where, const char* what, const char* type) {
        return command->add_option(flag, where, what)->type_name(type);
    };
    const auto say_something = [](const std::string& word) { return std::string(word.empty() ? "it is empty" : ""); };
    auto* client =
        add("--client", options.client, "Who plays the client: a role's reference, or this one", "ROLE[/LANG]");
    auto* server = add("--server", options.server, "Who plays the server", "ROLE[/LANG]");
    auto* own_client = add("--client-command", options.client_command, "Any command in place of a role", "WORDS");
    auto* own_server =
        add("--server-command", options.server_command,
            "{host} and {port} are filled in; words are split as in a shell, and none is started", "WORDS");
    for (auto* player : {client, server, own_client, own_server}) player->check(say_something);
    add("--client-argv", options.client_argv, "Arguments in place of the role's", "WORDS")->needs(client);
    add("--server-argv", options.server_argv, "Arguments in place of the role's", "WORDS")->needs(server);
    own_client->excludes(client);
    own_server->excludes(server);
    auto* input = add("--stdin", options.input, "All that the client reads", "TEXT");
    add("--stdin-file", options.input_file, "The same, from a file", "FILE")->excludes(input);
    add("--env", options.env, "A variable of both programs, TZ for one; may be given several times", "NAME=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add("--port", options.port, "Where both meet, in place of the role's port", "N")->check(CLI::Range(1, 65535));
    add("--times", options.times, "So many clients, one after the other", "N")->check(CLI::Range(1, 100));
    add("--about", options.about, "What the scenario shows, in a sentence", "TEXT");
    add("--output", options.output, "Writes the scenario to this new file", "FILE");
    return command;
}

CLI::App* add_verify(CLI::App& app, VerifyOptions& options) {
    auto* command = app.add_subcommand(
        "verify", "Holds a program of your own against the scenarios of a role, and says what is wrong with it");
    const auto add = [command](const char* flag, auto& where, const char* what, const char* type) {
        return command->add_option(flag, where, what)->type_name(type);
    };
    command->add_option("ROLE", options.role, "What the program plays: echo-server (parley list roles)");
    command->add_option("COMMAND", options.command,
                        "After --: how it is started; {host} and {port} are filled in, and {args} stands for the "
                        "arguments that a scenario gives");
    command->positionals_at_end(false);
    add("--level", options.level,
        "What is held against it: what crosses; besides, stdout and exit status; besides, the order of its socket "
        "calls",
        "wire|console|primitives")
        ->check(CLI::IsMember({"wire", "console", "primitives"}));
    add("--only", options.only, "Only this scenario (*, ?, […] as in a shell)", "SCENARIO");
    add("--scenario", options.scenario,
        "Holds it against this file alone; ROLE is then client or server, where both are programs", "FILE");
    add("--lang", options.language, "The language of the answer, in place of the locale's", "pt-BR|en")
        ->check(CLI::IsMember({"pt-BR", "en"}));
    add("--json", options.json_file, "Writes every observation to this file", "FILE");
    command->add_flag("--contract", options.contract,
                      "Prints what is held against ROLE and what is not, and runs nothing");
    command->add_flag("--all", options.all_in_full, "Tells every failure in full, not only the first");
    add("--timeout-scale", options.timeout_scale, "Multiplies every time limit", "X")->check(CLI::Range(0.01, 1000.0));
    add_sandbox(*command, options.containing,
                "Runs the program in a container or not at all; otherwise in one where the machine can",
                "Runs the program without a container");
    add("--visible", options.visible,
        "What a contained program may read besides its folder and what COMMAND names; may be given several times",
        "PATH")
        ->check(CLI::ExistingPath)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_flag("--writable", options.writable, "Lets a contained program change its folder");
    add_isolation(*command, options.isolation);
    return command;
}

CLI::App* add_grade(CLI::App& app, GradeOptions& options) {
    auto* command = app.add_subcommand("grade", "Verifies many submissions, each in a folder of its own, for points");
    const auto add = [command](const char* flag, auto& where, const char* what, const char* type) {
        return command->add_option(flag, where, what)->type_name(type);
    };
    add("FOLDER", options.folder, "Holds a folder for each submission, and grade.json", "")->required();
    add("--config", options.config, "Says which roles are graded, in place of FOLDER/grade.json", "FILE");
    add("--level", options.level, "What is held against each, in place of what the configuration says",
        "wire|console|primitives")
        ->check(CLI::IsMember({"wire", "console", "primitives"}));
    add("-j,--jobs", options.jobs, "Submissions that are graded at the same time (one for each processor)", "N")
        ->check(CLI::Range(1, 1000));
    add("--csv", options.csv_file, "Writes a line for each submission and role to this file", "FILE");
    add("--json", options.json_file, "Writes every scenario's verdict to this file", "FILE");
    add("--gradescope", options.gradescope, "Writes NAME/results.json into this folder, for each submission", "DIR");
    add("--timeout-scale", options.timeout_scale, "Multiplies every time limit", "X")->check(CLI::Range(0.01, 1000.0));
    add_sandbox(*command, options.containing,
                "Runs builds and programs in containers or not at all; otherwise in one where the machine can",
                "Runs builds and programs without containers");
    add_isolation(*command, options.isolation);
    command->add_flag("--again", options.again, "Also grades what has been graded and has not changed since");
    command->footer(
        "Exit status: 0 all were graded, whatever their points; 2 wrong usage or a configuration that does not hold "
        "up;\n3 some could not be graded for want of a tool, or for trouble of the harness; 130 interrupted.");
    return command;
}

CLI::App* add_doctor(CLI::App& app, DoctorOptions& options) {
    auto* command = app.add_subcommand("doctor", "Tries what this machine can do and says how to get what is missing");
    command->add_flag("--json", options.json, "As JSON");
    return command;
}

/// CLI11 itself says of `parley walk` only that a subcommand is required.
bool tell_unknown_word(const CLI::App& app) {
    const auto unknown = app.remaining();
    if (!app.get_subcommands().empty() || unknown.empty()) return false;
    std::fprintf(stderr, "'%s' is neither a subcommand nor an option\nRun with --help for more information.\n",
                 printable(unknown.front()).c_str());
    return true;
}

/// The first of `words` that looks like an option and is none of `command`'s; empty where there is none. What follows
/// `--`, or an option that takes a value, is not looked at.
std::string unknown_option(const CLI::App& command, const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (words[i].size() < 2 || words[i].front() != '-') continue;
        const auto equals = words[i].find('=');
        const auto name = words[i].starts_with("--") ? words[i].substr(0, equals) : words[i].substr(0, 2);
        const auto* option = command.get_option_no_throw(name);
        if (option == nullptr) return name;
        const bool value_follows = option->get_expected_max() > 0 && name.size() == words[i].size();
        if (value_follows) ++i;
    }
    return {};
}

/// CLI11 tells an option that it does not know together with the words of the command after it, in an order of its own.
bool tell_unknown_option(const CLI::App& app, const std::vector<std::string>& words) {
    for (const auto* command : app.get_subcommands()) {
        const auto begin = std::ranges::find(words, command->get_name());
        const auto unknown = unknown_option(*command, {std::min(begin + 1, words.end()), words.end()});
        if (unknown.empty()) continue;
        std::vector<std::string> names;
        for (const auto* option : command->get_options())
            for (const auto& name : option->get_lnames()) names.push_back("--" + name);
        const auto* meant = nearest_word(unknown, names);
        std::fprintf(stderr, "unknown option '%s'%s\nRun with --help for more information.\n", shown(unknown).c_str(),
                     meant ? format("; did you mean '{}'?", *meant).c_str() : "");
        return true;
    }
    return false;
}

}  // namespace

ParsedArguments parse_arguments(int argc, char** argv) {
    CLI::App app(
        "Makes programs written in different languages talk to each other over sockets, and says whether the\n"
        "conversation was the one that the scenario describes.",
        "parley");
    app.require_subcommand(1);
    app.set_version_flag("--version", "parley " PARLEY_VERSION);
    app.footer(
        "Exit status: 0 all as expected, 1 a verdict is not, 2 wrong usage or a scenario that does not hold up,\n"
        "3 could not run, 130 interrupted.");
    RunOptions run;
    ListOptions list;
    LintOptions lint;
    ShowOptions show;
    RecordOptions record;
    VerifyOptions verify;
    GradeOptions grade;
    DoctorOptions doctor;
    const auto* run_command = add_run(app, run);
    const auto* list_command = add_list(app, list);
    const auto* lint_command = add_lint(app, lint);
    const auto* show_command = add_show(app, show);
    const auto* record_command = add_record(app, record);
    const auto* verify_command = add_verify(app, verify);
    const auto* grade_command = add_grade(app, grade);
    const auto* doctor_command = add_doctor(app, doctor);

    ParsedArguments parsed;
    parsed.arguments.words.assign(argv, argv + argc);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
        if (tell_unknown_word(app) || (extra && tell_unknown_option(app, parsed.arguments.words))) {
            parsed.exit_status = exit_status::usage;
            return parsed;
        }
        const int status = app.exit(error);  // prints help to stdout, mistakes to stderr
        parsed.exit_status = status == 0 ? 0 : exit_status::usage;
        return parsed;
    }
    for (auto* paths : {&run.selection.paths, &list.selection.paths, &lint.paths})
        if (paths->empty()) *paths = {own_scenarios()};
    if (run_command->parsed()) parsed.arguments.run = std::move(run);
    if (list_command->parsed()) parsed.arguments.list = std::move(list);
    if (lint_command->parsed()) parsed.arguments.lint = std::move(lint);
    if (show_command->parsed()) parsed.arguments.show = std::move(show);
    if (record_command->parsed()) parsed.arguments.record = std::move(record);
    if (verify_command->parsed()) parsed.arguments.verify = std::move(verify);
    if (grade_command->parsed()) parsed.arguments.grade = std::move(grade);
    if (doctor_command->parsed()) parsed.arguments.doctor = doctor;
    return parsed;
}

}  // namespace parley
