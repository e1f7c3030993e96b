#include "parley/record/value_json.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "parley/base/bytes.h"

namespace parley {

namespace {

/// A run of fewer is as easily read as written out.
constexpr std::size_t shortest_run = 24;
/// Shorter text between other octets is no text that anybody meant.
constexpr std::size_t shortest_text = 4;
/// Octets of more and shorter pieces are easier to read in one.
constexpr std::size_t most_pieces = 16;
constexpr std::size_t longest_hex = 32;
/// What is repeated is told once where it is at least so long.
constexpr std::size_t shortest_unit = 8;

/// How many octets at the beginning of `bytes` are the same character, or octet, again and again.
std::size_t run_length(std::string_view bytes) {
    const auto unit = bytes.substr(0, std::max<std::size_t>(1, utf8_sequence_length(bytes)));
    std::size_t length = unit.size();
    while (bytes.substr(length).starts_with(unit)) length += unit.size();
    return length;
}

Json octets_json(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    if (bytes.size() <= longest_hex) return {{"hex", hex(bytes)}};
    return {{"base64", to_base64(bytes)}};
}

/// Octets of one kind, all UTF-8 or none, with their runs told apart.
void append_runs(std::string_view bytes, std::vector<Json>& pieces) {
    std::size_t plain = 0;  // octets before the run that is looked at
    const auto append_plain = [&] {
        if (plain > 0) pieces.push_back(octets_json(bytes.substr(0, plain)));
        bytes.remove_prefix(std::exchange(plain, 0));
    };
    while (plain < bytes.size()) {
        const auto rest = bytes.substr(plain);
        const auto size = std::max<std::size_t>(1, utf8_sequence_length(rest));
        const auto run = run_length(rest);
        if (run / size < shortest_run) {
            plain += run;
            continue;
        }
        append_plain();
        pieces.push_back({{"repeat", octets_json(bytes.substr(0, size))}, {"times", run / size}});
        bytes.remove_prefix(run);
    }
    append_plain();
}

/// How many octets at the beginning are text, or are none.
std::size_t stretch(std::string_view bytes, bool text) {
    std::size_t length = 0;
    while (length < bytes.size() && (utf8_sequence_length(bytes.substr(length)) > 0) == text)
        length += std::max<std::size_t>(1, utf8_sequence_length(bytes.substr(length)));
    return length;
}

/// Octets that are not all text, cut where text begins and ends.
std::vector<std::string_view> cut(std::string_view bytes) {
    std::vector<std::string_view> stretches;
    std::size_t other = 0;  // octets that are no text, and short text between them
    while (other < bytes.size()) {
        const auto text = stretch(bytes.substr(other), true);
        if (text < shortest_text) {
            other += text;
            other += stretch(bytes.substr(other), false);
            continue;
        }
        if (other > 0) stretches.push_back(bytes.substr(0, other));
        stretches.push_back(bytes.substr(other, text));
        bytes.remove_prefix(std::exchange(other, 0) + text);
    }
    if (other > 0) stretches.push_back(bytes);
    return stretches;
}

/// A part of a value, or one octet of a literal.
struct Token {
    const ValuePart* part;
    char octet = 0;
    friend bool operator==(const Token& a, const Token& b) {
        const bool literals = std::holds_alternative<Literal>(*a.part) && std::holds_alternative<Literal>(*b.part);
        return literals ? a.octet == b.octet : *a.part == *b.part;
    }
};

std::vector<Token> tokens_of(const Value& value) {
    std::vector<Token> tokens;
    for (const auto& part : value.parts) {
        const auto* literal = std::get_if<Literal>(&part);
        if (!literal) tokens.push_back({&part});
        for (const char octet : literal ? std::string_view(literal->bytes) : std::string_view())
            tokens.push_back({&part, octet});
    }
    return tokens;
}

Value value_of(const Token* first, const Token* last) {
    Value value;
    for (; first != last; ++first) {
        const bool literal = std::holds_alternative<Literal>(*first->part);
        value.append(literal ? ValuePart(Literal{Bytes(1, first->octet)}) : *first->part);
    }
    return value;
}

/// Where the last part begins that is `copies` times the same; nothing where there is none.
std::optional<std::size_t> begin_of_copies(const std::vector<Token>& tokens, std::size_t copies) {
    for (std::size_t begin = 0; begin + copies * shortest_unit <= tokens.size(); ++begin) {
        const auto size = (tokens.size() - begin) / copies;
        const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto shift = static_cast<std::ptrdiff_t>(size);
        if (size * copies == tokens.size() - begin && std::equal(first + shift, tokens.end(), first)) return begin;
    }
    return std::nullopt;
}

class Writer {
public:
    /// Appends the pieces from `part` on, up to the end of a capture or of all; returns where it stopped.
    std::size_t write(const std::vector<ValuePart>& parts, std::size_t part) {
        while (part < parts.size() && !std::holds_alternative<CaptureEnd>(parts[part])) {
            const auto* capture = std::get_if<CaptureBegin>(&parts[part]);
            if (!capture) {
                std::visit([this](const auto& kind) { append(kind); }, parts[part++]);
                continue;
            }
            Writer inner;
            part = inner.write(parts, part + 1) + 1;
            pieces_.push_back({{"capture", capture->name}, {"as", inner.json()}});
        }
        return part;
    }

    void append_json(Json piece) { pieces_.push_back(std::move(piece)); }

    /// A list, or the piece itself where there is only one.
    Json json() const {
        if (pieces_.empty()) return "";
        return pieces_.size() == 1 ? pieces_.front() : Json(pieces_);
    }

private:
    void append(const Literal& literal) {
        const std::string_view bytes = literal.bytes;
        auto stretches = is_utf8(bytes) ? std::vector{bytes} : cut(bytes);
        if (stretches.size() > most_pieces) stretches = {bytes};
        for (const auto each : stretches) append_runs(each, pieces_);
    }
    void append(const TimeText& time) {
        Json json{{"time", time.format == TimeText::Format::ctime ? "ctime" : "java-date"}};
        if (time.zone != TimeText().zone) json["zone"] = time.zone;
        pieces_.push_back(std::move(json));
    }
    void append(const Pattern& pattern) { pieces_.push_back({{"regex", pattern.expression}}); }
    void append(const AnyOctets& any) { pieces_.push_back({{"any", any.count}}); }
    void append(const ClientPort&) { pieces_.push_back({{"port", "client"}}); }
    void append(const Recall& recall) { pieces_.push_back({{"captured", recall.name}}); }
    void append(const CaptureBegin&) {}  // both are taken apart by write()
    void append(const CaptureEnd&) {}

    std::vector<Json> pieces_;
};

}  // namespace

Json to_json(const Value& value, std::size_t copies) {
    Writer writer;
    const auto tokens = copies > 1 ? tokens_of(value) : std::vector<Token>();
    const auto begin = copies > 1 ? begin_of_copies(tokens, copies) : std::nullopt;
    if (!begin) {
        writer.write(value.parts, 0);
        return writer.json();
    }
    const auto* all = tokens.data();
    writer.write(value_of(all, all + *begin).parts, 0);
    const auto size = (tokens.size() - *begin) / copies;
    writer.append_json({{"repeat", to_json(value_of(all + *begin, all + *begin + size))}, {"times", copies}});
    return writer.json();
}

}  // namespace parley
