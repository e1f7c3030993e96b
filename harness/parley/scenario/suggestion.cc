#include "parley/scenario/suggestion.h"

#include <algorithm>
#include <utility>

#include "parley/base/bytes.h"
#include "parley/base/format.h"

namespace parley {

namespace {

constexpr std::size_t longest_word = 40;

/// How many octets have to be inserted, removed, replaced or swapped with their neighbour to turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last, row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = std::exchange(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

/// The nearest of `allowed`, if no more than about a third of the word has to change; else nullptr.
const std::string* nearest(std::string_view word, const std::vector<std::string>& allowed) {
    const std::string* best = nullptr;
    std::size_t least = std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
    for (const auto& candidate : allowed) {
        const auto distance = edit_distance(word, candidate);
        if (distance >= least) continue;
        least = distance;
        best = &candidate;
    }
    return best;
}

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "'" : ", '") + word + "'";
    return list;
}

/// `word` so that a message stays one readable line.
std::string shown(std::string_view word) {
    const auto text = quoted(word.substr(0, longest_word));
    return text.substr(1, text.size() - 2) + (word.size() > longest_word ? "…" : "");
}

}  // namespace

std::string unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& allowed) {
    const auto message = format("unknown {} '{}'", what, shown(word));
    const auto* meant = word.size() <= longest_word ? nearest(word, allowed) : nullptr;
    if (meant) return format("{}; did you mean '{}'?", message, *meant);
    return allowed.empty() ? message
                           : format("{}; there {} {}", message, allowed.size() == 1 ? "is" : "are", listed(allowed));
}

}  // namespace parley
