#include "parley/grade/state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/grade/results.h"
#include "parley/report/json_fields.h"
#include "parley/report/output.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;

std::string as_text(std::uint64_t fingerprint) {
    return format("{:016x}", fingerprint);
}

void write_file(const std::string& path, const std::string& text) {
    const FileDescriptor file(
        checked(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), "open", path));
    Output out(file.get());
    out.write(text);
    if (out.error() != 0) throw SystemError(out.error(), "write", path);
}

}  // namespace

std::vector<std::string> submissions_below(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        std::error_code unknown;
        if (!name.starts_with('.') && entry->is_directory(unknown)) names.push_back(name);
    }
    if (error) throw UsageError(format("cannot read the folder {}: {}", quoted(folder), error.message()));
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> files_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::uint64_t hash_of(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

std::string listing_of(const std::string& folder) {
    std::vector<std::string> lines;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        struct stat status {};
        const auto path = entry.path().string();
        if (lstat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) continue;
        lines.push_back(format("{} {:o} {} {}.{}\n", quoted(path.substr(folder.size())), status.st_mode, status.st_size,
                               status.st_mtim.tv_sec, status.st_mtim.tv_nsec));
    }
    std::ranges::sort(lines);
    std::string text;
    for (const auto& line : lines) text += line;
    return text;
}

GradeStore::GradeStore(const std::string& folder) : folder_((fs::path(folder) / ".parley-grade").string()) {
    std::error_code error;
    fs::create_directory(folder_, error);
    if (error) throw UsageError(format("cannot make the folder {}: {}", quoted(folder_), error.message()));
    lock_.reset(checked(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open", folder_));
    if (flock(lock_.get(), LOCK_EX | LOCK_NB) == 0) return;
    if (errno == EWOULDBLOCK) throw UsageError(format("another parley grades in {}", quoted(folder)));
    throw_errno("lock", folder_);
}

std::optional<Grade> GradeStore::find(const std::string& submission, std::uint64_t fingerprint) const {
    try {
        const auto kept = read_json_file(path_of(submission));
        if (integer<int>(member(kept, "format")) != format_version) return {};
        if (text(member(kept, "fingerprint")) != as_text(fingerprint)) return {};
        auto grade = grade_from_json(member(kept, "grade"));
        if (grade.submission == submission) return grade;
    } catch (const UsageError&) {  // it has not been graded
    } catch (const JsonError&) {   // another version wrote it, or somebody's editor
    }
    return {};
}

void GradeStore::keep(const Grade& grade, std::uint64_t fingerprint) {
    const auto path = path_of(grade.submission);
    const Json kept{{"format", format_version}, {"fingerprint", as_text(fingerprint)}, {"grade", grade_to_json(grade)}};
    write_file(path + ".new", kept.dump() + "\n");
    checked(std::rename((path + ".new").c_str(), path.c_str()), "rename", path);
}

}  // namespace parley
