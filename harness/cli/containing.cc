#include "containing.h"

#include <charconv>
#include <cstdio>

#include "parley/base/error.h"
#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/scenario/suggestion.h"
#include "places.h"

namespace parley {

namespace {

/// `512M`.
std::uint64_t quantity_from(const std::string& text, const std::string& limit) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string unit(end, text.data() + text.size());
    const auto shift = unit.empty() ? 0U : unit == "K" ? 10U : unit == "M" ? 20U : unit == "G" ? 30U : 64U;
    if (error != std::errc() || number == 0 || shift == 64 || number > (UINT64_MAX >> (shift + 3)))
        throw UsageError(
            format("the limit {} makes no sense: NAME=512M, in which K, M and G may be left out", quoted(limit)));
    return number << shift;
}

void set_limit(Limits& limits, const std::string& limit) {
    const auto equals = std::min(limit.find('='), limit.size());
    const auto name = limit.substr(0, equals);
    auto* field = find_limit(limits, name);
    if (!field) throw UsageError(unknown_word("limit", name, limit_names()));
    *field = quantity_from(equals < limit.size() ? limit.substr(equals + 1) : "", limit);
}

}  // namespace

void contain(Workshop& workshop, const SandboxOptions& options, Contained whose, Limits limits,
             const std::vector<std::string>& hidden) {
    for (const auto& limit : options.limits) set_limit(limits, limit);
    if (options.never) return;
    auto all_hidden = folders_to_hide();
    all_hidden.insert(all_hidden.end(), hidden.begin(), hidden.end());
    const auto reason = workshop.contain(whose, own_init(), all_hidden, limits);
    if (reason.empty()) return;
    if (options.always)
        throw SetupError(format("cannot contain programs: {}\n  parley doctor tells what mends it", reason));
    std::fprintf(stderr,
                 "parley: not contained, so it can do whatever you can: %s (parley doctor tells what mends it)\n",
                 reason.c_str());
}

std::vector<std::string> conditions_in_words(const std::string& isolation, double timeout_scale,
                                             const SandboxOptions& containing, Limits limits) {
    Limits usual;
    std::vector<std::string> words;
    if (isolation != "auto") words.insert(words.end(), {"--isolation", isolation});
    if (timeout_scale != 1) words.insert(words.end(), {"--timeout-scale", format("{}", timeout_scale)});
    if (containing.always) words.emplace_back("--sandbox");
    if (containing.never) words.emplace_back("--no-sandbox");
    for (const auto& name : limit_names()) {
        const auto limit = *find_limit(limits, name);
        if (limit != *find_limit(usual, name)) words.insert(words.end(), {"--limit", format("{}={}", name, limit)});
    }
    for (const auto& limit : containing.limits) words.insert(words.end(), {"--limit", limit});
    return words;
}

}  // namespace parley
