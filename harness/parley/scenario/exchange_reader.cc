#include "parley/scenario/exchange_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "parley/base/format.h"

namespace parley {

namespace {

struct Subject {
    const char* key;
    Who who;
};

constexpr Subject subjects[] = {{"client", Who::client}, {"server", Who::server}, {"both", Who::both}};

constexpr std::int64_t longest_piece = 1 << 20;

bool is_pause(const Turn& turn) {
    return std::holds_alternative<Pause>(turn.what);
}

bool is_refusal(const Turn& turn) {
    const auto* event = std::get_if<StreamEvent>(&turn.what);
    return event && *event == StreamEvent::refused;
}

constexpr double longest_pause = 60;

/// What others call these events, and what they are called here.
const std::map<std::string_view, std::string_view> other_names{
    {"half-close", "a half-close is an 'end' after which the other side still speaks"},
    {"close", "to close is an 'end'"},
    {"eof", "an end of file is an 'end'"},
    {"fin", "a FIN is an 'end'"},
    {"shutdown", "a shutdown of the sending direction is an 'end'"},
    {"rst", "an RST is a 'reset'"},
    {"abort", "to abort is a 'reset'"},
};

std::optional<Pause> read_pause(ObjectReader& object) {
    if (!object.require("seconds")) return {};
    const auto seconds = object.number("seconds", 0.001, longest_pause);
    if (!seconds) return {};
    return Pause{std::chrono::milliseconds(std::llround(*seconds * 1000))};
}

/// What a turn is where it is no data; nothing where it is a mistake.
std::optional<std::variant<StreamEvent, Pause>> read_event(const JsonValue& json, MistakeList& mistakes) {
    ObjectReader object(json, "an event", mistakes);
    const auto word = object.string("event");
    if (const auto other = other_names.find(word.value_or("")); other != other_names.end()) {
        mistakes.add(json.find("event")->position, std::string(other->second));
        return {};
    }
    const auto name = object.one_of("event", {"end", "reset", "refused", "pause"});
    const auto pause = name == "pause" ? read_pause(object) : std::nullopt;
    object.finish();
    if (name == "end") return StreamEvent::end;
    if (name == "reset") return StreamEvent::reset;
    if (name == "refused") return StreamEvent::refused;
    if (pause) return *pause;
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
    if (const auto size = object.integer("pieces_of", 1, longest_piece); size && turn) {
        turn->pieces_of = static_cast<std::size_t>(*size);
        if (!std::holds_alternative<Value>(turn->what)) {
            mistakes_.add(object.find("pieces_of")->position, "only data comes in pieces");
        }
    }
    const auto mistakes_before = mistakes_.size();
    object.finish();
    if (!turn && json.object() && mistakes_.size() == mistakes_before) {
        mistakes_.add(json.position, "a turn needs a subject: 'client', 'server' or 'both'");
    }
    return turn;
}

void TurnReader::read_deed(const JsonValue& json, Turn& turn) {
    if (json.find("event")) {
        const auto event = read_event(json, mistakes_);
        if (event) std::visit([&](auto what) { turn.what = what; }, *event);
        if (is_refusal(turn) && turn.who != Who::client) mistakes_.add(json.position, "only a client is refused");
        if (is_pause(turn) && turn.who == Who::both) mistakes_.add(json.position, "one side pauses, not both");
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
        if (is_pause(turn)) return;
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

bool is_exact(const Value& value) {
    return std::ranges::all_of(value.parts, [](const ValuePart& part) {
        return std::holds_alternative<Literal>(part) || std::holds_alternative<Recall>(part);
    });
}

/// What `player`, whose turn it is, cannot do.
void check_turn(const Turn& turn, Player player, MistakeList& mistakes) {
    const auto* value = std::get_if<Value>(&turn.what);
    if (player == Player::idle && value) mistakes.add(turn.position, "an idle client sends nothing");
    if (player == Player::script && value && !is_exact(*value)) {
        mistakes.add(turn.position, "what a scripted side sends is exact: text, octets, or what was captured");
    }
    if (player != Player::script && is_pause(turn)) mistakes.add(turn.position, "only a scripted side pauses");
    if (player != Player::script && turn.pieces_of > 0) {
        mistakes.add(turn.position, "only what a scripted side sends can be cut into pieces");
    }
}

/// What a client cannot do whose connection nobody takes.
void check_refusal(const ClientPart& client, Position scenario, MistakeList& mistakes) {
    constexpr const char* only = R"(without a server the only turn is {"client": {"event": "refused"}})";
    const auto& turns = client.exchange;
    if (!turns.empty() && std::ranges::none_of(turns, is_refusal))
        return mistakes.add(scenario, format("missing key 'server'; {}", only));
    for (const auto& turn : turns) {
        if (!is_refusal(turn)) mistakes.add(turn.position, only);
    }
}

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

void check_exchange(const ClientPart& client, std::optional<Player> server, Position scenario, MistakeList& mistakes) {
    if (!server) return check_refusal(client, scenario, mistakes);
    for (const auto& turn : client.exchange) {
        if (is_refusal(turn))
            mistakes.add(turn.position, "with a server in the scenario no connection is refused");
        else
            check_turn(turn, turn.who == Who::server ? *server : client.player, mistakes);
    }
}

}  // namespace parley
