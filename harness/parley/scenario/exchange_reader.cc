#include "parley/scenario/exchange_reader.h"

#include "parley/base/format.h"

namespace parley {

namespace {

struct Subject {
    const char* key;
    Who who;
};

constexpr Subject subjects[] = {{"client", Who::client}, {"server", Who::server}, {"both", Who::both}};

bool is_refusal(const Turn& turn) {
    const auto* event = std::get_if<StreamEvent>(&turn.what);
    return event && *event == StreamEvent::refused;
}

std::optional<StreamEvent> read_event(const JsonValue& json, MistakeList& mistakes) {
    ObjectReader object(json, "an event", mistakes);
    const auto name = object.one_of("event", {"end", "reset", "refused"});
    object.finish();
    if (name == "end") return StreamEvent::end;
    if (name == "reset") return StreamEvent::reset;
    if (name == "refused") return StreamEvent::refused;
    return {};
}

class TurnReader {
public:
    TurnReader(ValueReader& values, MistakeList& mistakes) : values_(values), mistakes_(mistakes) {}
    std::optional<Turn> read(const JsonValue& json);

private:
    void read_deed(const JsonValue& json, Turn& turn);

    ValueReader& values_;
    MistakeList& mistakes_;
};

/// The turn, as far as it is one; nothing where it has no subject.
std::optional<Turn> TurnReader::read(const JsonValue& json) {
    ObjectReader object(json, "a turn", mistakes_);
    std::optional<Turn> turn;
    for (const auto& subject : subjects) {
        const auto* deed = object.find(subject.key);
        if (!deed) continue;
        if (turn) {
            mistakes_.add(json.position, "a turn has one subject: 'client', 'server' or 'both'");
            return turn;
        }
        turn = Turn{subject.who, Value{}, json.position};
        read_deed(*deed, *turn);
    }
    object.finish();
    if (!turn && json.object() && json.object()->empty()) {
        mistakes_.add(json.position, "a turn needs a subject: 'client', 'server' or 'both'");
    }
    return turn;
}

void TurnReader::read_deed(const JsonValue& json, Turn& turn) {
    if (json.find("event")) {
        const auto event = read_event(json, mistakes_);
        if (event) turn.what = *event;
        if (event == StreamEvent::refused && turn.who != Who::client) {
            mistakes_.add(json.position, "only a client is refused");
        }
        return;
    }
    if (turn.who == Who::both) mistakes_.add(json.position, "'both' takes an event: bytes come from one side");
    const auto mistakes_before = mistakes_.size();
    auto value = values_.read(json);
    if (value.parts.empty() && mistakes_.size() == mistakes_before) {
        mistakes_.add(json.position, "a turn without bytes cannot be seen; leave it out");
    }
    turn.what = std::move(value);
}

/// Which sides have ended their streams.
class Ends {
public:
    explicit Ends(MistakeList& mistakes) : mistakes_(mistakes) {}

    void take(const Turn& turn) {
        const bool ends = std::holds_alternative<StreamEvent>(turn.what);
        if (turn.who != Who::server) take_of("client", client_, ends, turn.position);
        if (turn.who != Who::client) take_of("server", server_, ends, turn.position);
    }

private:
    void take_of(std::string_view side, bool& ended, bool ends, Position position) {
        if (ended) mistakes_.add(position, format("the {} has ended its stream before", side));
        ended = ended || ends;
    }

    bool client_ = false;
    bool server_ = false;
    MistakeList& mistakes_;
};

}  // namespace

std::vector<Turn> read_exchange(const JsonValue& list, ValueReader& values, MistakeList& mistakes) {
    std::vector<Turn> turns;
    TurnReader reader(values, mistakes);
    Ends ends(mistakes);
    for_each_element(list, "'exchange'", mistakes, [&](const JsonValue& json) {
        auto turn = reader.read(json);
        if (!turn) return;
        ends.take(*turn);
        turns.push_back(std::move(*turn));
    });
    return turns;
}

void check_exchange(const ClientPart& client, bool has_server, MistakeList& mistakes) {
    for (const auto& turn : client.exchange) {
        const bool data = std::holds_alternative<Value>(turn.what);
        if (has_server && is_refusal(turn)) {
            mistakes.add(turn.position, "with a server in the scenario no connection is refused");
        } else if (!has_server && !is_refusal(turn)) {
            mistakes.add(turn.position, "without a server the only turn is {\"client\": {\"event\": \"refused\"}}");
        } else if (client.idle && data && turn.who == Who::client) {
            mistakes.add(turn.position, "an idle client sends nothing");
        }
    }
}

}  // namespace parley
