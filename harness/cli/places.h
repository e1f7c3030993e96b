// Where the project's own files lie: known since it was built.
#pragma once

#include <string>

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

}  // namespace parley
