// Which submissions are being graded, in one line.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace parley {

class GradeProgress {
public:
    void begin(std::size_t total) { total_ = total; }
    /// `submission` now does `what`: `builds`, `echo-server 12/41`.
    void doing(const std::string& submission, std::string what);
    void finished(const std::string& submission);

    /// ` 3/12  maria: echo-server 12/41 and 1 more`, in at most `columns` columns.
    std::string line(std::size_t columns) const;

private:
    std::size_t total_ = 0, done_ = 0;
    std::vector<std::pair<std::string, std::string>> running_;  ///< in the order in which they began
};

}  // namespace parley
