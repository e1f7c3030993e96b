#include "parley/scenario/value_reader.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string_view>

#include "parley/base/error.h"
#include "parley/base/file.h"
#include "parley/base/format.h"
#include "parley/scenario/suggestion.h"

namespace parley {

namespace {

constexpr std::size_t max_parts = 1000;
constexpr std::int64_t max_times = 16 << 20;
constexpr std::int64_t max_any = 1 << 20;

/// The keys that tell the forms of a value apart.
const std::vector<std::string> forms{"hex",   "base64", "repeat", "file",    "time",
                                     "regex", "any",    "port",   "capture", "captured"};

/// Keys that stand beside one that tells the form, or the event.
const std::map<std::string_view, const char*> companions{
    {"times", "repeat"}, {"as", "capture"}, {"zone", "time"}, {"seconds", "event"}};

bool captures_something(const Value& value) {
    return std::ranges::any_of(value.parts, [](auto& part) { return std::holds_alternative<CaptureBegin>(part); });
}

/// `unit` as often as `times` says (once or more), by doubling.
Bytes repeat(const Bytes& unit, std::size_t times) {
    const auto size = times * unit.size();
    Bytes bytes = unit;
    bytes.reserve(size);
    while (bytes.size() < size) bytes.append(bytes, 0, size - bytes.size());
    return bytes;
}

/// The octets of the text that a part has.
struct TextSize {
    std::size_t operator()(const Literal& literal) const { return literal.bytes.size(); }
    std::size_t operator()(const TimeText& time) const { return time.zone.size(); }
    std::size_t operator()(const Pattern& pattern) const { return pattern.expression.size(); }
    std::size_t operator()(const AnyOctets&) const { return 0; }
    std::size_t operator()(const ClientPort&) const { return 0; }
    std::size_t operator()(const CaptureBegin& capture) const { return capture.name.size(); }
    std::size_t operator()(const CaptureEnd&) const { return 0; }
    std::size_t operator()(const Recall& recall) const { return recall.name.size(); }
};

/// Whether `path` names a file below the folder that it is relative to.
bool stays_below(const std::filesystem::path& path) {
    return path.is_relative() && std::ranges::find(path, std::filesystem::path("..")) == path.end();
}

}  // namespace

ValueReader::ValueReader(std::filesystem::path folder, Budget& budget, MistakeList& mistakes)
    : folder_(std::move(folder)), budget_(budget), mistakes_(mistakes) {}

Value ValueReader::read(const JsonValue& json) {
    Value value;
    value.position = json.position;
    append(json, value);
    return value;
}

bool ValueReader::spend(std::size_t octets, Position position) {
    const bool taken = budget_.take(octets);
    if (!taken) mistakes_.add(position, "the file's values hold more than 64 MiB");
    return taken;
}

void ValueReader::append(const JsonValue& json, Value& value) {
    if (const auto* text = json.string()) {
        value.append(Literal{*text});
    } else if (const auto* list = json.array()) {
        for (const auto& element : *list) append(element, value);
    } else if (json.object()) {
        append_form(json, value);
    } else {
        mistakes_.add(json.position, format("a value is a string, an object or a list, not {}", json.kind()));
    }
}

void ValueReader::append_form(const JsonValue& json, Value& value) {
    const auto form = std::ranges::find_if(forms, [&](const auto& key) { return json.find(key) != nullptr; });
    if (form == forms.end()) return report_formless(json);
    ObjectReader object(json, "a value", mistakes_);
    const auto& content = *object.find(*form);
    if (*form == "hex") append_decoded(content, from_hex, value);
    if (*form == "base64") append_decoded(content, from_base64, value);
    if (*form == "repeat") append_repeated(content, object, value);
    if (*form == "file") append_file(content, value);
    if (*form == "time") append_time(object, value);
    if (*form == "regex") append_pattern(content, value);
    if (*form == "any") append_any(object, value);
    if (*form == "port" && object.one_of("port", {"client"})) value.append(ClientPort());
    if (*form == "capture") append_capture(object, value);
    if (*form == "captured") append_recall(object, content.position, value);
    object.finish();
}

void ValueReader::report_formless(const JsonValue& json) {
    if (json.find("event")) {
        mistakes_.add(json.position, "an event is no value: it stands alone in a turn");
    } else if (json.object()->empty()) {
        mistakes_.add(json.position, "an object without keys is no value; the empty value is \"\"");
    } else {
        report_stray(json);
    }
}

/// The object `json` has no key that tells its form: that is misspelt or left out.
void ValueReader::report_stray(const JsonValue& json) {
    const auto mistakes_before = mistakes_.size();
    auto words = forms;
    words.emplace_back("event");
    for (const auto& member : *json.object()) {
        if (!companions.contains(member.key)) mistakes_.add(member.position, unknown_word("key", member.key, words));
    }
    if (mistakes_.size() > mistakes_before) return;
    const auto& [key, form] = *companions.find(json.object()->front().key);
    mistakes_.add(json.position, format("missing key '{}', which '{}' goes with", form, key));
}

void ValueReader::append_decoded(const JsonValue& text, Bytes (*decode)(std::string_view), Value& value) {
    const auto digits = read_c_string(text, "the value's text", mistakes_);
    if (!digits) return;
    try {
        value.append(Literal{decode(*digits)});
    } catch (const std::invalid_argument& error) {
        mistakes_.add(text.position, error.what());
    }
}

void ValueReader::append_repeated(const JsonValue& json, ObjectReader& object, Value& value) {
    const auto repeated = read(json);
    if (!object.require("times")) return;
    const auto times = static_cast<std::size_t>(object.integer("times", 1, max_times).value_or(0));
    const auto* literal = repeated.literal();
    const auto octets = literal ? literal->size() : octets_of(repeated);
    if (times == 0 || repeated.parts.empty() || !spend(times * octets, json.position)) return;
    if (literal) {
        value.append(Literal{repeat(*literal, times)});
    } else if (captures_something(repeated)) {
        mistakes_.add(json.position, "what is repeated cannot be captured: it would have one name for several");
    } else if (times * repeated.parts.size() > max_parts) {
        mistakes_.add(json.position, format("repeated, this makes more than {} parts", max_parts));
    } else {
        for (std::size_t i = 0; i < times; ++i)
            std::ranges::for_each(repeated.parts, [&](auto& part) { value.append(part); });
    }
}

void ValueReader::append_file(const JsonValue& json, Value& value) {
    const auto path = read_c_string(json, "'file'", mistakes_);
    if (!path) return;
    if (path->empty() || !stays_below(*path)) {
        mistakes_.add(json.position, "'file' is a path below the scenario's folder");
        return;
    }
    try {
        const auto bytes = read_file((folder_ / *path).string(), budget_.left());
        if (spend(bytes.size(), json.position)) value.append(Literal{bytes});
    } catch (const UsageError& error) {
        mistakes_.add(json.position, error.what());
    }
}

void ValueReader::append_time(ObjectReader& object, Value& value) {
    const auto format_name = object.one_of("time", {"ctime", "java-date"});
    TimeText time;
    if (format_name == "java-date") {
        time.format = TimeText::Format::java_date;
        time.zone = object.string("zone").value_or(time.zone);
    }
    value.append(time);
}

void ValueReader::append_pattern(const JsonValue& json, Value& value) {
    const auto expression = read_c_string(json, "'regex'", mistakes_);
    if (!expression) return;
    const auto error = pattern_error(*expression);
    if (error.empty())
        value.append(Pattern{*expression});
    else
        mistakes_.add(json.position, format("no regular expression: {}", error));
}

void ValueReader::append_any(ObjectReader& object, Value& value) {
    if (const auto count = object.integer("any", 1, max_any)) value.append(AnyOctets{static_cast<std::size_t>(*count)});
}

void ValueReader::append_capture(ObjectReader& object, Value& value) {
    const auto name = object.string("capture");
    if (name) check_name(object.find("capture")->position, "the name of a capture", *name, mistakes_);
    const auto* content = object.require("as");
    if (!content || !name) return;
    value.append(CaptureBegin{*name});
    append(*content, value);
    value.append(CaptureEnd{});
    if (!captures_.insert(*name).second) {
        mistakes_.add(object.position(), format("'{}' is captured before; each has a name of its own", shown(*name)));
    }
}

void ValueReader::append_recall(ObjectReader& object, Position position, Value& value) {
    const auto name = object.string("captured");
    if (!name) return;
    value.append(Recall{*name});
    if (captures_.contains(*name) || mistakes_.is_full()) return;
    mistakes_.add(position, captures_.empty()
                                ? format("nothing was captured before this, so '{}' is not known", shown(*name))
                                : unknown_word("capture", *name, {captures_.begin(), captures_.end()}));
}

std::size_t octets_of(const Value& value) {
    std::size_t octets = 0;
    for (const auto& part : value.parts) octets += sizeof(ValuePart) + std::visit(TextSize(), part);
    return octets;
}

}  // namespace parley
