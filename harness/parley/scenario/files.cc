#include <algorithm>
#include <filesystem>
#include <set>

#include "parley/base/bytes.h"
#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/scenario/reader.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

constexpr const char* catalogue_name = "implementations.json";

/// Whether it is one of the files that lie among scenarios and are none.
bool has_other_use(const fs::path& path) {
    return is_catalogue(path) || is_known_failures(path);
}

bool is_hidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

/// Appends the scenario files below `folder`; returns whether there are any.
bool search(const fs::path& folder, std::vector<std::string>& files) {
    const auto before = files.size();
    for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
        const auto& path = entry->path();
        if (entry->is_directory()) {
            if (is_hidden(path) || path.filename() == "schema") entry.disable_recursion_pending();
        } else if (path.extension() == ".json" && !has_other_use(path) && !is_hidden(path)) {
            files.push_back(path.lexically_normal().string());
        }
    }
    return files.size() > before;
}

}  // namespace

bool is_catalogue(const std::string& path) {
    return fs::path(path).filename() == catalogue_name;
}

bool is_known_failures(const std::string& path) {
    return fs::path(path).filename() == known_failures_name;
}

std::vector<std::string> find_scenario_files(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const auto& path : paths) {
        try {
            if (!fs::exists(path)) throw UsageError(format("no such file or folder: {}", quoted(path)));
            if (!fs::is_directory(path)) {
                if (!has_other_use(path)) files.push_back(fs::path(path).lexically_normal().string());
            } else if (!search(path, files)) {
                throw UsageError(format("no scenario in the folder {}", quoted(path)));
            }
        } catch (const fs::filesystem_error& error) {
            throw UsageError(format("cannot search {}: {}", quoted(path), error.code().message()));
        }
    }
    std::set<fs::path> known;
    std::erase_if(files, [&](const auto& file) { return !known.insert(fs::absolute(file).lexically_normal()).second; });
    std::sort(files.begin(), files.end());
    return files;
}

std::string scenarios_root(const std::string& file) {
    auto folder = fs::absolute(file).lexically_normal().parent_path();
    std::error_code ignored;
    while (!fs::exists(folder / catalogue_name, ignored)) {
        if (folder == folder.root_path()) return {};
        folder = folder.parent_path();
    }
    return folder.string();
}

}  // namespace parley
