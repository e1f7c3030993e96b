// Where the project's own files lie: known since it was built.
#pragma once

#include <string>
#include <vector>

namespace parley {

inline std::string own_build() {
    return PARLEY_BUILD_DIR;
}
inline std::string own_translations() {
    return PARLEY_BUILD_DIR "/locale";
}
inline std::string own_scenarios() {
    return PARLEY_SOURCE_DIR "/scenarios";
}
inline std::string own_schema(const std::string& name) {
    return own_scenarios() + "/schema/" + name + ".schema.json";
}
/// `language` is empty, or `.pt-BR`.
inline std::string own_contract(const std::string& role, const std::string& language) {
    return PARLEY_SOURCE_DIR "/docs/contracts/" + role + language + ".md";
}
inline std::string own_catalogue() {
    return own_scenarios() + "/implementations.json";
}
/// The first process of a container.
inline std::string own_init() {
    return PARLEY_BUILD_DIR "/harness/init/parley_init";
}
/// What programs that are not trusted must not see of the project. Each folder by itself too: where a program starts in
/// the first, that is visible, and the others still are not.
inline std::vector<std::string> folders_to_hide() {
    std::vector<std::string> folders{PARLEY_SOURCE_DIR, PARLEY_BUILD_DIR};
    for (const char* name : {"cpp", "docs", "harness", "po", "reference", "scenarios"})
        folders.push_back(std::string(PARLEY_SOURCE_DIR "/") + name);
    return folders;
}

}  // namespace parley
