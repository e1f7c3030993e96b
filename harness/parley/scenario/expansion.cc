#include "parley/scenario/expansion.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "parley/base/format.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr std::size_t most_cases = 1000;
constexpr std::size_t most_ways = 16;

JsonValue::Object* members_of(JsonValue& value) {
    return std::get_if<JsonValue::Object>(&value.data);
}

/// What a case gives its parameters.
using Parameters = std::map<std::string_view, const JsonMember*>;

Parameters parameters_of(const JsonValue& json) {
    Parameters parameters;
    for (const auto& member : *json.object()) parameters.emplace(member.key, &member);
    return parameters;
}

/// Fills in the parameters of one case.
class Filler {
public:
    /// Without `parameters` every use of one is a mistake.
    Filler(const Parameters* parameters, Budget& budget, MistakeList& mistakes)
        : parameters_(parameters), budget_(budget), mistakes_(mistakes) {}

    /// What cannot be filled in is reported, and left as it is.
    void fill_members(JsonValue& value) {
        auto* members = members_of(value);
        if (!members) return;
        for (auto& member : *members) fill(member.value);
    }

    bool filled_all() const { return filled_all_; }

    /// That a case gives what nothing uses is a mistake.
    void report_unused() const {
        for (const auto& [name, member] : *parameters_) {
            if (used_.contains(name)) continue;
            mistakes_.add(member->position, format("nothing uses the parameter '{}'", shown(name)));
        }
    }

private:
    void fill(JsonValue& value) {
        if (value.find("parameter")) return replace(value);
        if (const auto* misspelt = misspelt_key(value)) {
            filled_all_ = false;
            return mistakes_.add(misspelt->position, unknown_word("key", misspelt->key, {"parameter"}));
        }
        if (auto* list = std::get_if<JsonValue::Array>(&value.data)) {
            for (auto& element : *list) fill(element);
        }
        fill_members(value);
    }

    /// The key of an object that would be the use of a parameter, were it spelt so; otherwise nullptr. What it says
    /// would be read as something else, in a place where there is no telling what was meant.
    const JsonMember* misspelt_key(const JsonValue& value) {
        const auto* members = value.object();
        if (!parameters_ || !members || members->size() != 1) return nullptr;
        const auto& [position, key, name] = members->front();
        const auto known = name.string() ? parameters_->find(*name.string()) : parameters_->end();
        if (known == parameters_->end() || !nearest_word(key, {"parameter"})) return nullptr;
        used_.insert(known->first);
        return &members->front();
    }

    void replace(JsonValue& value) {
        const auto* known = parameter_of(value);
        const bool fits = known && budget_.take(weight(known->value));
        if (known && !fits)
            mistakes_.add(value.position, "with their parameters filled in the cases hold more than 64 MiB");
        if (fits)
            value = JsonValue(known->value);
        else
            filled_all_ = false;
    }

    /// The parameter that `use` names; nullptr, reported, where there is none.
    const JsonMember* parameter_of(const JsonValue& use) {
        if (mistakes_.is_full()) return nullptr;
        ObjectReader object(use, "the use of a parameter", mistakes_);
        const auto name = object.string("parameter");
        object.finish();
        if (!name) return nullptr;
        const auto known = parameters_ ? parameters_->find(*name) : Parameters::const_iterator();
        if (!parameters_ || known == parameters_->end()) {
            mistakes_.add(use.position, unknown(*name));
            return nullptr;
        }
        used_.insert(known->first);
        return known->second;
    }

    std::string unknown(const std::string& name) {
        if (!parameters_) return "a parameter takes 'cases' that give it a value";
        if (names_.empty()) {
            for (const auto& [known, member] : *parameters_) names_.emplace_back(known);
        }
        return unknown_word("parameter", name, names_);
    }

    const Parameters* parameters_;
    Budget& budget_;
    MistakeList& mistakes_;
    std::set<std::string_view> used_;
    std::vector<std::string> names_;  ///< of the parameters, once one is not known
    bool filled_all_ = true;
};

/// A case with its parameters.
struct Case {
    const JsonMember& member;
    Parameters parameters;
};

/// Each case gives the same parameters as the first.
void check_parameters(const Case& has, const Case& lacks, MistakeList& mistakes) {
    for (const auto& [name, parameter] : has.parameters) {
        if (lacks.parameters.contains(name) || mistakes.is_full()) continue;
        mistakes.add(lacks.member.position, format("the case '{}' lacks the parameter '{}', which '{}' has",
                                                   shown(lacks.member.key), shown(name), shown(has.member.key)));
    }
}

/// Of a text that uses parameters without `cases`: as it is left out, nobody else looks for unknown keys in it.
void report_misspelt_table(const JsonValue& root, MistakeList& mistakes) {
    for (const auto& member : *root.object()) {
        if (nearest_word(member.key, {"cases"}))
            mistakes.add(member.position, unknown_word("key", member.key, {"cases"}));
    }
}

bool is_table(const JsonValue& cases, MistakeList& mistakes) {
    bool sound = cases.object() && !cases.object()->empty() && cases.object()->size() <= most_cases;
    if (!sound) mistakes.add(cases.position, format("'cases' is an object of 1 to {} named cases", most_cases));
    if (!cases.object()) return false;
    for_each_member(cases, "'cases'", mistakes, [&](const JsonMember& member) {
        check_name(member.position, "a case's name", member.key, mistakes);
        if (member.value.object()) return;
        mistakes.add(member.value.position, format("a case is an object of parameters, not {}", member.value.kind()));
        sound = false;
    });
    return sound;
}

bool is_part(const std::string& key) {
    return key == "server" || key == "client" || key == "clients";
}

/// Lays ways over copies of a scenario, and remembers what of it they replace.
class Layers {
public:
    void lay(JsonValue& base, const JsonValue& way) {
        if (way.object()) lay_members(base, way, {});
    }

    /// What each of so many ways replaces nobody reads: that it stands there is a mistake.
    void report_unused(std::size_t ways, MistakeList& mistakes) const {
        for (const auto& [path, replaced] : replaced_) {
            if (replaced.times < ways) continue;
            mistakes.add(replaced.position, "no way uses this: each puts something else in its place");
        }
    }

private:
    struct Replaced {
        std::size_t times = 0;
        Position position;
    };

    /// Lays the members of `over`, a way or a part of one, on those of `base`, which lies at `path` in the scenario.
    void lay_members(JsonValue& base, const JsonValue& over, const std::string& path) {
        auto* members = members_of(base);
        if (!members || !over.object()) return replace(base, over, path);
        // Each is found in no time, however many there are.
        std::map<std::string, std::size_t> places;
        for (std::size_t i = 0; i < members->size(); ++i) places.emplace((*members)[i].key, i);
        const bool is_way = path.empty();
        for (const auto& member : *over.object()) {
            const auto place = places.find(member.key);
            const bool is_there = place != places.end();
            if (is_way && (member.key == "about" || (is_part(member.key) && !is_there))) continue;
            if (is_there)
                lay_member((*members)[place->second].value, member, path);
            else
                members->push_back(member);
        }
    }

    /// Lays `over` on `base`, the member of the same name of what lies at `path`.
    void lay_member(JsonValue& base, const JsonMember& over, const std::string& path) {
        const auto here = path + "/" + over.key;
        if (path.empty() && over.key == "clients")
            lay_clients(base, over.value, here);
        else if ((path.empty() && is_part(over.key)) || over.key == "expect")
            lay_members(base, over.value, here);
        else
            replace(base, over.value, here);
    }

    /// Lays the clients of a way on those of the scenario, one by one.
    void lay_clients(JsonValue& base, const JsonValue& over, const std::string& path) {
        auto* clients = std::get_if<JsonValue::Array>(&base.data);
        const auto* laid = over.array();
        for (std::size_t i = 0; clients && laid && i < std::min(clients->size(), laid->size()); ++i)
            lay_members((*clients)[i], (*laid)[i], format("{}/{}", path, i));
    }

    void replace(JsonValue& base, const JsonValue& over, const std::string& path) {
        auto& replaced = replaced_[path];
        ++replaced.times;
        replaced.position = base.position;
        base = over;
    }

    std::map<std::string, Replaced> replaced_;
};

/// A way says what comes of the scenario, not what is run.
void check_part(const JsonValue& part, std::string_view what, bool has_exchange, MistakeList& mistakes) {
    ObjectReader object(part, what, mistakes);
    object.find("expect");
    if (has_exchange) object.find("exchange");
    object.finish();
}

std::string read_way(const JsonValue& way, const JsonValue& root, MistakeList& mistakes) {
    ObjectReader object(way, "a way", mistakes);
    auto about = object.string("about").value_or("");
    object.find("exchange");
    object.find("outcome");
    if (const auto* server = object.find("server")) check_part(*server, "a way's 'server'", false, mistakes);
    if (const auto* client = object.find("client")) check_part(*client, "a way's 'client'", false, mistakes);
    if (const auto* clients = object.find("clients")) {
        for_each_element(*clients, "'clients'", mistakes,
                         [&](const JsonValue& client) { check_part(client, "a way's client", true, mistakes); });
        const auto* all = root.find("clients");
        if (clients->array() && (!all || !all->array() || all->array()->size() != clients->array()->size())) {
            mistakes.add(clients->position, "a way's 'clients' are those of the scenario, one by one; {} changes none");
        }
    }
    object.finish();
    for (const char* part : {"server", "client"}) {
        if (way.find(part) && !root.find(part)) {
            mistakes.add(way.find(part)->position, format("the scenario has no '{}'", part));
        }
    }
    return about;
}

}  // namespace

std::vector<CaseText> expand_cases(JsonValue root, Budget& budget, MistakeList& mistakes) {
    std::vector<CaseText> texts;
    const auto* cases = root.find("cases");
    if (!cases) {
        Filler filler(nullptr, budget, mistakes);
        filler.fill_members(root);
        if (filler.filled_all())
            texts.push_back({{}, std::move(root)});
        else
            report_misspelt_table(root, mistakes);
        return texts;
    }
    if (!is_table(*cases, mistakes)) return texts;
    const JsonValue table = *cases;
    std::erase_if(*members_of(root), [](const JsonMember& member) { return member.key == "cases"; });
    if (!budget.take(weight(root) * table.object()->size())) {
        mistakes.add(table.position, "the cases make more than 64 MiB of the scenario");
        return texts;
    }
    const auto& members = *table.object();
    const Case first{members.front(), parameters_of(members.front().value)};
    for (const auto& member : members) {
        const Case one{member, parameters_of(member.value)};
        check_parameters(first, one, mistakes);
        check_parameters(one, first, mistakes);
        Filler filler(&one.parameters, budget, mistakes);
        texts.push_back({member.key, root});
        filler.fill_members(texts.back().root);
        filler.report_unused();
        if (!filler.filled_all()) texts.pop_back();
    }
    return texts;
}

std::vector<WayText> expand_ways(JsonValue root, Budget& budget, MistakeList& mistakes) {
    const auto* either = root.find("either");
    std::vector<WayText> texts;
    if (!either) {
        texts.push_back({{}, std::move(root)});
        return texts;
    }
    const auto* list = either->array();
    if (!list || list->size() < 2 || list->size() > most_ways) {
        mistakes.add(either->position, format("'either' is a list of 2 to {} ways in which it may go", most_ways));
        return texts;
    }
    if (!budget.take(weight(root) * list->size())) {
        mistakes.add(either->position, "the ways make more than 64 MiB of the scenario");
        return texts;
    }
    const JsonValue::Array ways = *list;
    std::erase_if(*members_of(root), [](const JsonMember& member) { return member.key == "either"; });
    Layers layers;
    for (const auto& way : ways) {
        texts.push_back({read_way(way, root, mistakes), root});
        layers.lay(texts.back().root, way);
    }
    layers.report_unused(ways.size(), mistakes);
    return texts;
}

}  // namespace parley
