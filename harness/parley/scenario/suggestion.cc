#include "parley/scenario/suggestion.h"

#include <algorithm>
#include <utility>

#include "parley/base/bytes.h"
#include "parley/base/format.h"

namespace parley {

namespace {

constexpr std::size_t longest_word = 40;
/// More words than these are neither listed nor searched for what was meant.
constexpr std::size_t most_listed = 20, most_searched = 500;

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

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t i = 0; i < std::min(words.size(), most_listed); ++i)
        list += format("{}'{}'", list.empty() ? "" : ", ", shown(words[i]));
    return words.size() > most_listed ? list + ", …" : list;
}

}  // namespace

std::string shown(std::string_view word) {
    const auto text = quoted(word.substr(0, longest_word));
    return text.substr(1, text.size() - 2) + (word.size() > longest_word ? "…" : "");
}

const std::string* nearest_word(std::string_view word, const std::vector<std::string>& allowed) {
    const std::string* best = nullptr;
    if (word.size() > longest_word || allowed.size() > most_searched) return best;
    std::size_t least = std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
    for (const auto& candidate : allowed) {
        if (candidate.size() >= word.size() + least) continue;
        const auto distance = edit_distance(word, candidate);
        if (distance >= least) continue;
        least = distance;
        best = &candidate;
    }
    return best;
}

std::string unknown_of_many(std::string_view what, std::string_view word, const std::vector<std::string>& allowed) {
    constexpr std::size_t most_suggested = 3;
    if (nearest_word(word, allowed) != nullptr || allowed.size() <= most_suggested || allowed.size() > most_searched)
        return unknown_word(what, word, allowed);
    auto nearest = allowed;
    const auto middle = nearest.begin() + most_suggested;
    std::ranges::partial_sort(nearest, middle, {}, [&](const std::string& candidate) {
        const bool within = candidate.find(word) != std::string::npos;
        return std::pair(!within, edit_distance(word.substr(0, longest_word), candidate));
    });
    nearest.erase(middle, nearest.end());
    return format("unknown {} '{}'; the nearest are {}", what, shown(word), listed(nearest));
}

std::string unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& allowed) {
    const auto message = format("unknown {} '{}'", what, shown(word));
    if (const auto* meant = nearest_word(word, allowed))
        return format("{}; did you mean '{}'?", message, shown(*meant));
    return allowed.empty() ? message
                           : format("{}; there {} {}", message, allowed.size() == 1 ? "is" : "are", listed(allowed));
}

}  // namespace parley
