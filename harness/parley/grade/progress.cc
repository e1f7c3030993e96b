#include "parley/grade/progress.h"

#include <algorithm>

#include "parley/base/format.h"
#include "parley/report/one_line.h"
#include "parley/report/terminal.h"

namespace parley {

void GradeProgress::doing(const std::string& submission, std::string what) {
    const auto found = std::ranges::find(running_, submission, &std::pair<std::string, std::string>::first);
    if (found == running_.end())
        running_.emplace_back(submission, std::move(what));
    else
        found->second = std::move(what);
}

void GradeProgress::finished(const std::string& submission) {
    ++done_;
    std::erase_if(running_, [&](const auto& running) { return running.first == submission; });
}

std::string GradeProgress::line(std::size_t columns) const {
    const auto total = format("{}", total_);
    auto text = format("{:>{}}/{}", done_, total.size(), total);
    // The one that has run for longest is the one that somebody who looks is waiting for.
    if (!running_.empty())
        text += format("  {}: {}", one_line(running_.front().first), one_line(running_.front().second));
    if (running_.size() > 1) text += format(" and {} more", running_.size() - 1);
    return std::string(clipped(text, columns));
}

}  // namespace parley
