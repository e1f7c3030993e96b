#include "parley/grade/convention.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace parley {

namespace {

using Words = std::vector<std::string>;

/// `echo-server`, `Echo_Server` and `EchoServer` as the same name.
std::string folded(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c != '-' && c != '_') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return plain;
}

/// A file's name without its extension, and the extension with its dot.
struct Name {
    std::string stem, extension;
};

Name name_of(const std::string& file) {
    const auto dot = file.rfind('.');
    if (dot == std::string::npos || dot == 0) return {file, ""};
    return {file.substr(0, dot), file.substr(dot)};
}

/// The first file with that extension, in the order of the alphabet, that is called like the role; empty: none.
std::string find_file(const std::string& role, const Words& files, std::string_view extension) {
    std::string found;
    for (const auto& file : files) {
        const auto name = name_of(file);
        if (name.extension != extension || folded(name.stem) != folded(role)) continue;
        if (found.empty() || file < found) found = file;
    }
    return found;
}

/// FILE and STEM stand for the file's name, with and without its extension.
Words filled_in(const Words& pattern, const std::string& file) {
    Words words;
    for (auto word : pattern) {
        if (word == "FILE") word = file;
        if (word == "STEM") word = name_of(file).stem;
        if (word == "./STEM") word = "./" + name_of(file).stem;
        if (word == "./FILE") word = "./" + file;
        words.push_back(word);
    }
    return words;
}

struct Kind {
    std::string extension;
    Words command;
};

/// The command of the first kind of which there is a file.
Words command_for(const std::string& role, const Words& files, const std::vector<Kind>& kinds) {
    for (const auto& kind : kinds) {
        const auto file = find_file(role, files, kind.extension);
        if (!file.empty()) return filled_in(kind.command, file);
    }
    return {};
}

const std::vector<Kind>& compilers() {
    static const std::vector<Kind> all{
        {".c", {"cc", "-o", "STEM", "FILE", "-pthread"}},
        {".cc", {"c++", "-std=c++20", "-o", "STEM", "FILE", "-pthread"}},
        {".cpp", {"c++", "-std=c++20", "-o", "STEM", "FILE", "-pthread"}},
        {".cxx", {"c++", "-std=c++20", "-o", "STEM", "FILE", "-pthread"}},
        {".java", {"javac", "FILE"}},
        {".go", {"go", "build", "-o", "STEM", "FILE"}},
        {".rs", {"rustc", "-o", "STEM", "FILE"}},
    };
    return all;
}

const std::vector<Kind>& starters() {
    static const std::vector<Kind> all{
        {"", {"./FILE"}},
        {".out", {"./FILE"}},
        {".class", {"java", "STEM"}},
        {".jar", {"java", "-jar", "FILE"}},
        {".py", {"python3", "FILE"}},
        {".js", {"node", "FILE"}},
        {".rb", {"ruby", "FILE"}},
        {".pl", {"perl", "FILE"}},
        {".php", {"php", "FILE"}},
        {".lua", {"lua", "FILE"}},
        {".tcl", {"tclsh", "FILE"}},
        {".sh", {"bash", "FILE"}},
    };
    return all;
}

}  // namespace

Words conventional_build(const std::string& role, const Words& files) {
    constexpr std::array makefiles{"GNUmakefile", "makefile", "Makefile"};
    const bool makes =
        std::ranges::any_of(makefiles, [&](const char* name) { return std::ranges::find(files, name) != files.end(); });
    return makes ? Words{"make"} : command_for(role, files, compilers());
}

Words conventional_run(const std::string& role, const Words& files) {
    auto command = command_for(role, files, starters());
    // What the scenario, or the role, gives a program of the slides.
    if (!command.empty()) command.push_back("{args}");
    return command;
}

}  // namespace parley
