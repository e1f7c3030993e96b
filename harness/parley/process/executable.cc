#include "parley/process/executable.h"

#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>

#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/process/environment.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

/// As much of a file as execve(2) and the search for its loader look at.
constexpr std::size_t looked_at = 4096;

std::string beginning_of(const std::string& path) {
    std::string bytes(looked_at, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

std::string path_from(const std::string& folder, const std::string& word) {
    return fs::path(word).is_absolute() ? word : (fs::path(folder) / word).string();
}

/// The file that starts the program `word`.
std::string path_of(const std::string& word, const std::string& folder) {
    return word.find('/') != std::string::npos ? path_from(folder, word) : find_program(word);
}

// ---- ELF (elf(5))

#if defined(__x86_64__)
constexpr unsigned own_machine = EM_X86_64;
constexpr unsigned own_32_bit_machine = EM_386;
#elif defined(__aarch64__)
constexpr unsigned own_machine = EM_AARCH64;
constexpr unsigned own_32_bit_machine = EM_ARM;
#else
constexpr unsigned own_machine = EM_NONE;  // unknown: nothing is said of it
constexpr unsigned own_32_bit_machine = EM_NONE;
#endif

std::string machine_name(unsigned machine) {
    static const std::map<unsigned, std::string> names{{EM_386, marked("32-bit x86")},
                                                       {EM_X86_64, "x86-64"},
                                                       {EM_ARM, marked("32-bit ARM")},
                                                       {EM_AARCH64, "ARM64 (AArch64)"},
                                                       {EM_RISCV, "RISC-V"},
                                                       {EM_MIPS, "MIPS"},
                                                       {EM_PPC64, "POWER"},
                                                       {EM_S390, "IBM Z"}};
    const auto known = names.find(machine);
    return known == names.end() ? told("machine {} of elf(5)", machine) : tr(known->second.c_str());
}

/// What lies in the segments of that type of a 64-bit program, as far as it is among `bytes`.
std::vector<std::string> segments_of(const std::string& bytes, Elf64_Word type) {
    std::vector<std::string> found;
    Elf64_Ehdr header;
    if (bytes.size() < sizeof header) return found;
    std::memcpy(&header, bytes.data(), sizeof header);
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr part;
        const auto at = header.e_phoff + i * sizeof part;
        if (at > bytes.size() || bytes.size() - at < sizeof part) break;
        std::memcpy(&part, bytes.data() + at, sizeof part);
        if (part.p_type != type || part.p_offset > bytes.size() || part.p_filesz > bytes.size() - part.p_offset)
            continue;
        found.push_back(bytes.substr(part.p_offset, part.p_filesz));
    }
    return found;
}

/// The path of the loader that a 64-bit program asks for; empty where it asks for none, or it lies further on.
std::string loader_of(const std::string& bytes) {
    const auto found = segments_of(bytes, PT_INTERP);
    return found.empty() || found.front().empty() ? "" : found.front().substr(0, found.front().size() - 1);
}

/// Go's compiler leaves a note, whose owner is called `Go`, in whatever it builds.
bool is_by_go(const std::string& bytes) {
    const auto notes = segments_of(bytes, PT_NOTE);
    return std::ranges::any_of(
        notes, [](const std::string& note) { return note.find(std::string("Go\0\0", 4)) != std::string::npos; });
}

std::string why_elf_not_preloadable(const std::string& name, const std::string& bytes) {
    if (bytes.size() > EI_CLASS && bytes[EI_CLASS] != ELFCLASS64) return told("{} is a 32-bit program", name);
    if (is_by_go(bytes)) return told("{} is written in Go, whose programs ask the kernel themselves", name);
    const auto loader = fs::path(loader_of(bytes)).filename().string();
    if (loader.empty()) return told("{} is linked statically", name);
    if (!loader.starts_with("ld-linux")) return told("{} uses another C library", name);
    return {};
}

std::string why_not_elf(const std::string& name, const std::string& bytes) {
    const bool little = bytes.size() > EI_DATA && bytes[EI_DATA] == ELFDATA2LSB;
    if (bytes.size() < 20) return told("{} is the beginning of a program, cut short", name);
    const auto low = static_cast<unsigned char>(bytes[little ? 18 : 19]);
    const auto high = static_cast<unsigned char>(bytes[little ? 19 : 18]);
    const unsigned machine = static_cast<unsigned>(high) << 8U | low;
    if (own_machine != EM_NONE && machine != own_machine && machine != own_32_bit_machine)
        return told("{} was built for another machine: {}, and this one is {}", name, machine_name(machine),
                    machine_name(own_machine));
    if (bytes[EI_CLASS] != ELFCLASS64) return {};
    const auto loader = loader_of(bytes);
    if (!loader.empty() && !fs::exists(loader))
        return told("{} asks for the loader {}, which is not on this machine", name, quoted(loader));
    return {};
}

// ---- scripts (execve(2), "Interpreter scripts")

/// The words of a script's first line: its interpreter, and what that is given.
std::vector<std::string> first_line_of(const std::string& bytes) {
    auto line = std::string_view(bytes).substr(2, bytes.find('\n') - 2);
    std::vector<std::string> words;
    for (auto begin = line.find_first_not_of(" \t\r"); begin != std::string_view::npos;
         begin = line.find_first_not_of(" \t\r")) {
        line.remove_prefix(begin);
        words.emplace_back(line.substr(0, line.find_first_of(" \t\r")));
        line.remove_prefix(words.back().size());
    }
    return words;
}

/// What `#!/usr/bin/env python3` looks for in PATH; empty where it is another interpreter, or cannot be told.
std::string program_for_env(const std::vector<std::string>& words) {
    if (words.empty() || fs::path(words.front()).filename() != "env") return {};
    const std::size_t at = words.size() > 1 && words[1] == "-S" ? 2 : 1;
    if (at >= words.size() || words[at].find('=') != std::string::npos || words[at].starts_with('-')) return {};
    return words[at];
}

std::string why_not_script(const std::string& name, const std::string& bytes) {
    const auto line = std::string_view(bytes).substr(2, bytes.find('\n') - 2);
    if (line.ends_with('\r'))
        return told("the first line of {} ends in CR LF, so its interpreter is not found: save it with LF alone", name);
    const auto words = first_line_of(bytes);
    if (words.empty()) return told("{} names no interpreter after #!", name);
    const auto& interpreter = words.front();
    if (!fs::exists(interpreter))
        return told("{} asks for the interpreter {}, which is not on this machine", name, quoted(interpreter));
    const auto program = program_for_env(words);
    if (!program.empty() && find_program(program).empty())
        return told("{} asks for the interpreter {}, which is not on this machine", name, quoted(program));
    return {};
}

/// The interpreter that files of that kind are usually run with.
std::string usual_interpreter(const std::string& path) {
    static const std::map<std::string, std::string> known{
        {".py", "python3"}, {".pl", "perl"}, {".rb", "ruby"}, {".js", "node"},   {".php", "php"},
        {".tcl", "tclsh"},  {".sh", "sh"},   {".lua", "lua"}, {".java", "java"}, {".jar", "java -jar"}};
    const auto found = known.find(fs::path(path).extension());
    return found == known.end() ? "" : found->second;
}

std::string advice(const std::string& word) {
    const auto extension = fs::path(word).extension();
    const auto interpreter = usual_interpreter(word);
    if (!interpreter.empty()) return told("; start it with its interpreter: {} {}", interpreter, printable(word));
    for (const auto* source : {".c", ".cc", ".cpp", ".go", ".rs"}) {
        if (extension == source) return tr("; it is source code: compile it first");
    }
    if (extension == ".class") return told("; start it with java {}", printable(fs::path(word).stem().string()));
    return {};
}

// ---- what an interpreter is given

/// The script that a well-known interpreter would run: its first word that is no option.
std::optional<std::string> script_of(const std::vector<std::string>& command) {
    constexpr std::array interpreters{"python", "perl", "ruby", "node", "php", "tclsh", "lua", "bash", "sh", "dash"};
    const auto program = fs::path(command.front()).filename().string();
    const bool known = std::ranges::any_of(interpreters, [&](std::string_view interpreter) {
        const bool versioned = program.find_first_not_of("0123456789.", interpreter.size()) == std::string::npos;
        return program.starts_with(interpreter) && versioned;
    });
    const bool is_java = program == "java";
    if (!known && !is_java) return std::nullopt;
    for (std::size_t i = 1; i < command.size(); ++i) {
        if (command[i] == "-jar" && i + 1 < command.size()) return command[i + 1];
        // What stands behind an option may belong to it.
        if (command[i].starts_with('-') || command[i].find('{') != std::string::npos) return std::nullopt;
        if (is_java && !command[i].ends_with(".java")) return std::nullopt;
        return command[i];
    }
    return std::nullopt;
}

}  // namespace

std::string why_not_startable(const std::vector<std::string>& command, const std::string& folder) {
    const auto& word = command.front();
    const auto name = quoted(word);
    const auto path = path_of(word, folder);
    struct stat status {};
    if (word.find(' ') != std::string::npos && (path.empty() || stat(path.c_str(), &status) != 0))
        return told("there is no program {}; if that is a whole command, write it without the quotes", name);
    if (word.find('{') != std::string::npos) return {};
    if (path.empty()) {
        const bool lies_here = fs::exists(path_from(folder, word));
        return told("there is no program {} in PATH{}", name,
                    lies_here ? told("; for the file of this folder say ./{}", printable(word)) : "");
    }
    if (stat(path.c_str(), &status) != 0) return format("{}: {}", name, error_text(errno));
    if (S_ISDIR(status.st_mode)) return told("{} is a folder, not a program", name);
    if (!S_ISREG(status.st_mode)) return told("{} is no regular file", name);
    if (access(path.c_str(), X_OK) != 0) {
        const auto hint = advice(word);
        return told("{} is not executable{}", name, hint.empty() ? told(": chmod +x {}", printable(word)) : hint);
    }
    // What cannot be read can still be executed.
    if (access(path.c_str(), R_OK) == 0) {
        const auto bytes = beginning_of(path);
        if (bytes.empty()) return told("{} is empty", name);
        if (bytes.starts_with(ELFMAG)) {
            if (auto reason = why_not_elf(name, bytes); !reason.empty()) return reason;
        } else if (bytes.starts_with("#!")) {
            if (auto reason = why_not_script(name, bytes); !reason.empty()) return reason;
        } else {
            return told(
                "{} is neither a program for this machine nor a script whose first line names its "
                "interpreter (#!){}",
                name, advice(word));
        }
    }
    const auto script = script_of(command);
    if (script && !fs::exists(path_from(folder, *script)))
        return told("{} would be run by {}, but there is no such file", quoted(*script), printable(word));
    return {};
}

bool is_written_in_go(const std::vector<std::string>& command, const std::string& folder) {
    return is_by_go(beginning_of(path_of(command.front(), folder)));
}

std::string why_not_preloadable(const std::vector<std::string>& command, const std::string& folder) {
    auto word = command.front();
    constexpr int most_interpreters = 5;  // the kernel follows no more (execve(2))
    for (int depth = 0; depth <= most_interpreters; ++depth) {
        const auto bytes = beginning_of(path_of(word, folder));
        if (bytes.starts_with(ELFMAG)) return why_elf_not_preloadable(quoted(word), bytes);
        if (!bytes.starts_with("#!")) break;
        const auto words = first_line_of(bytes);
        if (words.empty()) break;
        const auto program = program_for_env(words);
        word = program.empty() ? words.front() : program;
    }
    return {};
}

}  // namespace parley
