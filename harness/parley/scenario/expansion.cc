#include "parley/scenario/expansion.h"

#include <algorithm>
#include <set>

#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr std::size_t most_cases = 1000;
constexpr std::size_t most_ways = 16;
/// What a file may grow to.
constexpr std::size_t most_octets = 64 << 20;

/// About how much memory a value takes.
std::size_t weight(const JsonValue& value) {
    std::size_t octets = sizeof(JsonValue);
    if (const auto* text = value.string()) octets += text->size();
    if (const auto* list = value.array()) {
        for (const auto& element : *list) octets += weight(element);
    }
    if (const auto* members = value.object()) {
        for (const auto& member : *members) octets += sizeof(JsonMember) + member.key.size() + weight(member.value);
    }
    return octets;
}

JsonValue::Object* members_of(JsonValue& value) {
    return std::get_if<JsonValue::Object>(&value.data);
}

JsonValue* find(JsonValue& value, std::string_view key) {
    return const_cast<JsonValue*>(std::as_const(value).find(key));
}

/// Fills in the parameters of one case.
class Filler {
public:
    /// Without `parameters` every use of one is a mistake.
    Filler(const JsonValue* parameters, MistakeList& mistakes) : parameters_(parameters), mistakes_(mistakes) {}

    /// What cannot be filled in is reported, and left as it is.
    void fill(JsonValue& value) {
        if (value.find("parameter")) return replace(value);
        if (auto* list = std::get_if<JsonValue::Array>(&value.data)) {
            for (auto& element : *list) fill(element);
        }
        if (auto* members = members_of(value)) {
            for (auto& member : *members) fill(member.value);
        }
    }

    bool filled_all() const { return filled_all_; }

    /// That a case gives what nothing uses is a mistake.
    void report_unused() const {
        for (const auto& member : *parameters_->object()) {
            if (used_.contains(member.key)) continue;
            mistakes_.add(member.position, format("nothing uses the parameter '{}'", printable(member.key)));
        }
    }

private:
    void replace(JsonValue& value) {
        ObjectReader use(value, "the use of a parameter", mistakes_);
        const auto name = use.string("parameter");
        use.finish();
        const auto* content = parameters_ && name ? parameters_->find(*name) : nullptr;
        if (content) {
            used_.insert(*name);
            octets_ += weight(*content);
        }
        if (content && octets_ <= most_octets) {
            value = JsonValue(*content);
            return;
        }
        filled_all_ = false;
        if (content)
            mistakes_.add(value.position, "with its parameters filled in the scenario holds more than 64 MiB");
        else if (name)
            mistakes_.add(value.position, unknown(*name));
    }

    std::string unknown(const std::string& name) const {
        if (!parameters_) return "a parameter takes 'cases' that give it a value";
        std::vector<std::string> names;
        for (const auto& member : *parameters_->object()) names.push_back(member.key);
        return unknown_word("parameter", name, names);
    }

    const JsonValue* parameters_;
    MistakeList& mistakes_;
    std::set<std::string> used_;
    std::size_t octets_ = 0;
    bool filled_all_ = true;
};

/// Each case gives the same parameters as the first.
void check_parameters(const JsonMember& first, const JsonMember& other, MistakeList& mistakes) {
    for (const auto& parameter : *first.value.object()) {
        if (other.value.find(parameter.key)) continue;
        mistakes.add(other.position, format("the case '{}' lacks the parameter '{}', which '{}' has", other.key,
                                            printable(parameter.key), first.key));
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

/// Lays `over` on `base`.
void lay_over(JsonValue& base, const JsonValue& over) {
    auto* members = members_of(base);
    if (!members || !over.object()) {
        base = over;
        return;
    }
    for (const auto& member : *over.object()) {
        auto* there = find(base, member.key);
        if (!there) {
            members->push_back(member);
        } else if (member.key == "clients" && there->array() && member.value.array()) {
            auto& clients = std::get<JsonValue::Array>(there->data);
            const auto& laid = *member.value.array();
            for (std::size_t i = 0; i < std::min(clients.size(), laid.size()); ++i) lay_over(clients[i], laid[i]);
        } else {
            lay_over(*there, member.value);
        }
    }
}

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

std::vector<CaseText> expand_cases(JsonValue root, MistakeList& mistakes) {
    std::vector<CaseText> texts;
    const auto* cases = root.find("cases");
    if (!cases) {
        Filler filler(nullptr, mistakes);
        filler.fill(root);
        if (filler.filled_all()) texts.push_back({{}, std::move(root)});
        return texts;
    }
    if (!is_table(*cases, mistakes)) return texts;
    const JsonValue table = *cases;
    std::erase_if(*members_of(root), [](const JsonMember& member) { return member.key == "cases"; });
    if (weight(root) * table.object()->size() > most_octets) {
        mistakes.add(table.position, "the cases make more than 64 MiB of the scenario");
        return texts;
    }
    const auto& first = table.object()->front();
    for (const auto& member : *table.object()) {
        check_parameters(first, member, mistakes);
        check_parameters(member, first, mistakes);
        Filler filler(&member.value, mistakes);
        texts.push_back({member.key, root});
        filler.fill(texts.back().root);
        filler.report_unused();
        if (!filler.filled_all()) texts.pop_back();
    }
    return texts;
}

std::vector<WayText> expand_ways(JsonValue root, MistakeList& mistakes) {
    const auto* either = root.find("either");
    std::vector<WayText> texts;
    if (!either) {
        texts.push_back({{}, std::move(root)});
        return texts;
    }
    const auto* list = either->array();
    if (!list || list->size() < 2 || list->size() > most_ways || weight(root) * list->size() > most_octets) {
        mistakes.add(either->position, format("'either' is a list of 2 to {} ways in which it may go", most_ways));
        return texts;
    }
    const JsonValue::Array ways = *list;
    std::erase_if(*members_of(root), [](const JsonMember& member) { return member.key == "either"; });
    for (const auto& way : ways) {
        texts.push_back({read_way(way, root, mistakes), root});
        auto laid = way;
        if (auto* members = members_of(laid)) {
            std::erase_if(*members, [](const JsonMember& member) { return member.key == "about"; });
            lay_over(texts.back().root, laid);
        }
    }
    return texts;
}

}  // namespace parley
