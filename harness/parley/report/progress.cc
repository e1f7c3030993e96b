#include "parley/report/progress.h"

#include <algorithm>

#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/report/terminal.h"

namespace parley {

void Progress::finished(const Cell& cell, Verdict::Kind kind) {
    counts_.add(kind);
    const auto found = std::find(running_.begin(), running_.end(), &cell);
    if (found != running_.end()) running_.erase(found);
}

std::string Progress::line(std::size_t columns) const {
    const std::string total = format("{}", total_);
    std::string text = format("{:>{}}/{}", counts_.total(), total.size(), total);
    if (counts_.failed > 0) text += "  " + plural(counts_.failed, "{} failed", "{} failed", counts_.failed);
    if (counts_.known_failures > 0) text += "  " + known_failures(counts_.known_failures);
    if (counts_.could_not_run > 0) text += "  " + told("{} could not run", counts_.could_not_run);
    // The cell that has run for longest is the one that somebody who looks is waiting for.
    if (!running_.empty()) text += "  " + printable(shown_name(*running_.front()));
    if (running_.size() > 1) text += " " + told("and {} more", running_.size() - 1);
    return std::string(clipped(text, columns));
}

bool Throttle::admits(TimePoint now) {
    if (last_ && now - *last_ < std::chrono::milliseconds(100)) return false;
    last_ = now;
    return true;
}

}  // namespace parley
