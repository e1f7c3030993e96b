#include "parley/record/recorded_value.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "parley/scenario/time_text.h"

namespace parley {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view zone_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-:";

/// Octets that another run has others in place of.
struct Spot {
    std::size_t begin;
    std::size_t length;
    ValuePart part;
};

void find_ctimes(std::string_view bytes, const Clock& clock, std::vector<Spot>& spots) {
    const TimeText format{TimeText::Format::ctime};
    for (const auto& text : time_texts(format, clock)) {
        for (auto at = bytes.find(text); at != std::string_view::npos; at = bytes.find(text, at + text.size()))
            spots.push_back({at, text.size(), format});
    }
}

/// Java names the zone within the text, by a name that only the text itself tells.
void find_java_dates(std::string_view bytes, const Clock& clock, std::vector<Spot>& spots) {
    TimeText format{TimeText::Format::java_date, ""};
    for (const auto& text : time_texts(format, clock)) {
        const auto gap = text.find("  ") + 1;  // where the zone would stand
        const auto before = std::string_view(text).substr(0, gap), after = std::string_view(text).substr(gap);
        for (auto at = bytes.find(before); at != std::string_view::npos; at = bytes.find(before, at + 1)) {
            const auto zone_begin = at + before.size();
            const auto zone_end = std::min(bytes.find_first_not_of(zone_characters, zone_begin), bytes.size());
            if (zone_end == zone_begin || !bytes.substr(zone_end).starts_with(after)) continue;
            format.zone = bytes.substr(zone_begin, zone_end - zone_begin);
            spots.push_back({at, zone_end + after.size() - at, format});
        }
    }
}

void find_numbers(std::string_view bytes, const std::set<std::string>& numbers, const std::set<int>& ports,
                  std::vector<Spot>& spots) {
    const auto is_port = [&](const std::string& number) {
        return std::ranges::any_of(ports, [&](int port) { return number == std::to_string(port); });
    };
    for (auto begin = bytes.find_first_of(digits); begin != std::string_view::npos;) {
        const auto end = std::min(bytes.find_first_not_of(digits, begin), bytes.size());
        const std::string number(bytes.substr(begin, end - begin));
        if (is_port(number))
            spots.push_back({begin, end - begin, ClientPort{}});
        else if (numbers.contains(number))
            spots.push_back({begin, end - begin, Pattern{"[0-9]+"}});
        begin = bytes.find_first_of(digits, end);
    }
}

/// Where an exception went in Python: paths of this machine, and lines that another implementation does not have.
void find_tracebacks(std::string_view bytes, std::vector<Spot>& spots) {
    constexpr std::string_view heading = "Traceback (most recent call last):\n";
    for (auto begin = bytes.find(heading); begin != std::string_view::npos;) {
        auto end = begin + heading.size();
        while (bytes.substr(end).starts_with("  ") && bytes.find('\n', end) != std::string_view::npos)
            end = bytes.find('\n', end) + 1;
        spots.push_back({begin, end - begin, Pattern{R"((Traceback \(most recent call last\):\n(  [^\n]*\n)+)?)"}});
        begin = bytes.find(heading, end);
    }
}

}  // namespace

Variables variables_of(const Observation& observation) {
    Variables variables{observation.clock, {}};
    const auto add = [&](int number) {
        if (number > 0) variables.numbers.insert(std::to_string(number));
    };
    for (const auto& connection : observation.transcript.connections) {
        add(connection.client_port);
        add(connection.server_port);
    }
    if (observation.server) add(observation.server->process);
    for (const auto& client : observation.clients) add(client.process);
    return variables;
}

Value recorded_value(std::string_view bytes, const Variables& variables, const std::set<int>& ports) {
    std::vector<Spot> spots;
    find_ctimes(bytes, variables.clock, spots);
    find_java_dates(bytes, variables.clock, spots);
    find_numbers(bytes, variables.numbers, ports, spots);
    find_tracebacks(bytes, spots);
    std::ranges::sort(spots, {}, &Spot::begin);
    Value value;
    std::size_t done = 0;
    for (const auto& spot : spots) {
        if (spot.begin < done) continue;  // a number within a time
        value.append(Literal{Bytes(bytes.substr(done, spot.begin - done))});
        value.append(spot.part);
        done = spot.begin + spot.length;
    }
    value.append(Literal{Bytes(bytes.substr(done))});
    return value;
}

}  // namespace parley
