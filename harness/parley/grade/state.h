// What is kept of a submission that has been graded, so that a grading that was interrupted goes on where it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parley/base/file_descriptor.h"
#include "parley/grade/grade.h"

namespace parley {

/// The names of the submissions below `folder`, sorted: its folders, but for those that begin with a dot. Throws
/// UsageError where it is no folder.
std::vector<std::string> submissions_below(const std::string& folder);

/// The names of the regular files in `folder` itself, sorted. Throws std::filesystem::filesystem_error.
std::vector<std::string> files_in(const std::string& folder);

/// A number for `text`, the same in every process: FNV-1a, 64 bits
/// (http://www.isthe.com/chongo/tech/comp/fnv/).
std::uint64_t hash_of(const std::string& text);

/// What changes with any file below `folder`: the names, modes, sizes and times of modification of all. Throws
/// std::filesystem::filesystem_error.
std::string listing_of(const std::string& folder);

/// Grades in files of their own, one a submission, in a folder beside the submissions.
class GradeStore {
public:
    /// Makes the folder `.parley-grade` in `folder`, and holds it against other processes. Throws UsageError where it
    /// cannot be made, or another process grades there.
    explicit GradeStore(const std::string& folder);

    /// The grade that was kept with that fingerprint; nothing where there is none.
    std::optional<Grade> find(const std::string& submission, std::uint64_t fingerprint) const;
    /// Writes the whole file or none of it (rename(2)). Throws SystemError.
    void keep(const Grade& grade, std::uint64_t fingerprint);

private:
    std::string path_of(const std::string& submission) const { return folder_ + "/" + submission + ".json"; }

    std::string folder_;
    FileDescriptor lock_;
};

}  // namespace parley
