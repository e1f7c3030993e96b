// How libFuzzer changes an input: mostly as JSON, so that what comes of it is read further than to the first misplaced
// octet.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "parley/json/json.h"

/// libFuzzer's own way: octets, and words of its dictionary.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace parley {
namespace {

using Random = std::minstd_rand;

std::size_t below(std::size_t bound, Random& random) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
}

void collect(Json& json, std::vector<Json*>& places) {
    places.push_back(&json);
    if (!json.is_structured()) return;
    for (auto& child : json) collect(child, places);
}

/// Any value in `json`, itself included.
Json& any_place(Json& json, Random& random) {
    std::vector<Json*> places;
    collect(json, places);
    return *places[below(places.size(), random)];
}

template <typename Container>
auto any_child(Container& container, Random& random) {
    return std::next(container.begin(), static_cast<std::ptrdiff_t>(below(container.size(), random)));
}

/// Puts something of `from` somewhere into `into`.
void graft(Json& into, Json from, Random& random) {
    Json& here = any_place(into, random);
    Json& other = any_place(from, random);
    if (here.is_object() && other.is_object() && !other.empty()) {
        const auto member = any_child(other, random);
        here[member.key()] = member.value();
    } else if (here.is_array() && !here.empty() && below(2, random) == 0) {
        here.insert(any_child(here, random), other);
    } else {
        here = other;
    }
}

void vary_text(std::string& text) {
    const auto size = text.size();
    text.resize(size + 16);
    text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
}

/// Makes another value of `here`, of its kind, or takes something out of it.
void vary(Json& here, Random& random) {
    constexpr std::int64_t numbers[] = {0, 1, -1, 2, 999, 1000, 1001, 65536, 1 << 20, 1 << 24, INT64_MAX, INT64_MIN};
    if (here.is_string())
        vary_text(here.get_ref<std::string&>());
    else if (here.is_number())
        here = numbers[below(std::size(numbers), random)];
    else if (here.is_structured() && !here.empty())
        here.erase(any_child(here, random));
    else
        here = Json::array({nullptr, true, 0.5, ""})[below(4, random)];
}

/// The JSON in `data`, as deep as a sound text goes; discarded where there is none.
Json parsed(const std::uint8_t* data, std::size_t size) {
    const auto is_not_too_deep = [](int depth, Json::parse_event_t, const Json&) { return depth < 70; };
    return Json::parse(data, data + size, is_not_too_deep, false);
}

/// Writes `json` to `out`; 0 where it takes more than `most` octets.
std::size_t write(const Json& json, std::uint8_t* out, std::size_t most) {
    const auto text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > most) return 0;
    std::ranges::copy(text, out);
    return text.size();
}

}  // namespace
}  // namespace parley

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    parley::Random random(seed);
    auto json = parley::parsed(data, size);
    const auto way = parley::below(8, random);
    if (json.is_discarded() || way == 0) return LLVMFuzzerMutate(data, size, max_size);
    if (way < 4)
        parley::graft(json, json, random);
    else
        parley::vary(parley::any_place(json, random), random);
    const auto written = parley::write(json, data, max_size);
    return written > 0 ? written : LLVMFuzzerMutate(data, size, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size, const std::uint8_t* other,
                                                 std::size_t other_size, std::uint8_t* out, std::size_t max_size,
                                                 unsigned seed) {
    parley::Random random(seed);
    auto json = parley::parsed(data, size);
    auto from = parley::parsed(other, other_size);
    if (json.is_discarded() || from.is_discarded()) return 0;
    parley::graft(json, std::move(from), random);
    return parley::write(json, out, max_size);
}
