// The command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parley/run/project.h"

namespace parley {

/// Whether programs are contained, and what they may use.
struct SandboxOptions {
    bool always = false, never = false;  ///< neither: programs that are verified, where the machine can
    std::vector<std::string> limits;     ///< NAME=NUMBER; K, M and G after the number count in powers of 1024
};

struct RunOptions {
    Selection selection;
    int jobs = 0;  ///< 0: default_jobs()
    int repeat = 1;
    std::optional<std::uint64_t> seed;  ///< shuffles the cells
    std::string json_file, junit_file;
    bool fail_fast = false;
    double timeout_scale = 1;
    std::string isolation = "auto";  ///< as choose_isolation() takes it
    SandboxOptions containing;
};

struct ListOptions {
    std::string what;
    Selection selection;
    bool json = false;
};

struct LintOptions {
    std::vector<std::string> paths;
};

struct ShowOptions {
    std::vector<std::string> scenarios;  ///< names, patterns over names, files, folders
};

struct RecordOptions {
    std::string name;
    std::string client, server;  ///< a role, or an implementation: `echo-client/python`
    std::string client_command, server_command;
    std::optional<std::string> client_argv, server_argv;
    std::string input, input_file;
    std::vector<std::string> env;  ///< NAME=VALUE
    std::optional<int> port;
    int times = 1;
    std::string about;
    std::string output;  ///< empty: stdout
};

struct VerifyOptions {
    std::string role;  ///< or, with `scenario`: client, server, or nothing
    std::vector<std::string> command;
    std::string level = "wire";
    std::string only;      ///< a scenario's name, or a pattern over names
    std::string scenario;  ///< a file, in place of the project's scenarios
    std::string language;  ///< `pt-BR`, `en`; empty: the locale's
    std::string json_file;
    bool all_in_full = false;
    bool contract = false;
    double timeout_scale = 1;
    SandboxOptions containing;
    std::vector<std::string> visible;
    bool writable = false;
    std::string isolation = "auto";
};

struct GradeOptions {
    std::string folder;
    std::string config;  ///< empty: grade.json in the folder
    std::string level;   ///< empty: as the configuration says
    int jobs = 0;        ///< submissions at the same time; 0: one for each processor
    std::string csv_file, json_file;
    std::string gradescope;  ///< a folder
    bool again = false;      ///< also what has been graded before
    double timeout_scale = 1;
    SandboxOptions containing;
    std::string isolation = "auto";
};

struct DoctorOptions {
    bool json = false;
};

/// Exactly one command is given.
struct Arguments {
    std::optional<RunOptions> run;
    std::optional<ListOptions> list;
    std::optional<LintOptions> lint;
    std::optional<ShowOptions> show;
    std::optional<RecordOptions> record;
    std::optional<VerifyOptions> verify;
    std::optional<GradeOptions> grade;
    std::optional<DoctorOptions> doctor;
    std::vector<std::string> words;  ///< the command line as it was given
};

/// What `argv` asks for; or the exit status where it asks for help (printed, 0) or makes no sense (told, 2).
struct ParsedArguments {
    Arguments arguments;
    std::optional<int> exit_status;
};
ParsedArguments parse_arguments(int argc, char** argv);

}  // namespace parley
