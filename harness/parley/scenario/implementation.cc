#include "parley/scenario/implementation.h"

#include <filesystem>

namespace parley {

std::string Catalogue::folder() const {
    return std::filesystem::absolute(file).lexically_normal().parent_path().string();
}

std::string Catalogue::source() const {
    return std::filesystem::path(folder()).parent_path().string();
}

std::vector<const Implementation*> Catalogue::of(const std::string& role) const {
    std::vector<const Implementation*> found;
    for (const auto& implementation : implementations) {
        if (implementation.role == role) found.push_back(&implementation);
    }
    return found;
}

std::vector<std::string> Catalogue::role_names() const {
    std::vector<std::string> names;
    for (const auto& [name, role] : roles) names.push_back(name);
    return names;
}

}  // namespace parley
