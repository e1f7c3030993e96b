#include "parley/report/scenario_text.h"

#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/report/diagram.h"
#include "parley/report/expected_rows.h"
#include "parley/report/one_line.h"
#include "parley/report/terminal.h"
#include "parley/report/text_lines.h"
#include "parley/scenario/ports.h"
#include "parley/scenario/time_text.h"

namespace parley {

namespace {

constexpr std::size_t label_columns = 12;

std::string without_trailing_space(const std::string& line) {
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

/// `label` and what it says, in as many lines as that takes.
std::string entry(std::string_view label, std::string_view words) {
    std::string text;
    std::string margin = format("  {:<{}}", label, label_columns - 2);
    for (const auto& line : wrapped(one_line(words), diagram_columns - label_columns)) {
        text += margin + without_trailing_space(line) + "\n";
        margin.assign(label_columns, ' ');
    }
    return text;
}

/// A command line to read: what is no plain word is quoted.
std::string words_text(const std::vector<std::string>& words) {
    std::vector<std::string> shown;
    for (const auto& word : words) {
        const auto in_quotes = quoted(word);
        const bool plain = !word.empty() && in_quotes.size() == word.size() + 2 && word.find(' ') == std::string::npos;
        shown.push_back(plain ? word : in_quotes);
    }
    return joined(shown, " ");
}

std::string languages(const Catalogue& catalogue, const std::string& role) {
    std::vector<std::string> names;
    for (const auto* implementation : catalogue.of(role)) names.push_back(implementation->language);
    return joined(names, ", ");
}

std::string player_text(const ProgramPart& part, const Catalogue& catalogue) {
    if (part.player == Player::script) return "played by parley, turn by turn";
    if (part.player == Player::idle) return "a connection that parley holds open, silent";
    if (part.own) return words_text(part.own->command);
    return format("{} ({})", part.role, languages(catalogue, part.role));
}

std::string part_text(std::string_view label, const ProgramPart& part, const std::string& more,
                      const Catalogue& catalogue) {
    std::string text = entry(label, player_text(part, catalogue) + more);
    if (part.argv) text += entry("  argv", part.argv->empty() ? "none" : words_text(*part.argv));
    if (part.host) text += entry("  host", *part.host);
    if (part.port) text += entry("  port", std::to_string(*part.port));
    if (!part.input.empty()) text += entry("  stdin", octets(part.input.size()) + ": " + excerpt(part.input));
    for (const auto& [name, value] : part.env) text += entry("  env", words_text({format("{}={}", name, value)}));
    return text;
}

std::string parts_text(const Scenario& scenario, const Catalogue& catalogue) {
    std::string text;
    if (scenario.server) {
        const auto more = format(", port {}{}", server_port(scenario, catalogue),
                                 scenario.server->port_in_use ? ", which somebody else has" : "");
        text += part_text("server", *scenario.server, more, catalogue);
        if (const auto clock = scenario.server->clock)
            text += entry("  clock", time_text({TimeText::Format::java_date}, *clock, 0));
    }
    const auto all = scenario.clients.size();
    for (std::size_t i = 0; i < all;) {
        const auto copies = copies_from(scenario, i);
        const auto label = all == 1 ? "client" : copies == 1 ? format("client {}", i + 1) : "clients";
        const auto* when = scenario.at_once ? "at once" : "one after the other";
        const auto more = copies == 1 ? "" : format(", {} of them, {}", grouped(copies), when);
        text += part_text(label, scenario.clients[i], more, catalogue);
        i += copies;
    }
    return text;
}

std::string headline(const Scenario& scenario, bool colour) {
    const auto name = std::string(clipped(one_line(scenario.name), diagram_columns));
    const auto tags = one_line(joined(scenario.tags, ", "));
    const auto used = columns_of(name) + columns_of(tags);
    if (tags.empty() || used + 2 > diagram_columns) return painted(name, colour::bold, colour) + "\n";
    return painted(name, colour::bold, colour) + std::string(diagram_columns - used, ' ') +
           painted(tags, colour::dim, colour) + "\n";
}

}  // namespace

std::string scenario_text(const Scenario& scenario, const Catalogue& catalogue, bool colour) {
    std::string text = headline(scenario, colour);
    for (const auto& line : wrapped(one_line(scenario.about), diagram_columns))
        text += without_trailing_space(line) + "\n";
    text += "\n" + parts_text(scenario, catalogue);
    std::vector<const Scenario*> ways{&scenario};
    for (const auto& way : scenario.other_ways) ways.push_back(&way);
    for (std::size_t i = 0; i < ways.size(); ++i) {
        text += "\n";
        if (ways.size() > 1) {
            const auto when = ways[i]->way.empty() ? "" : ": " + ways[i]->way;
            text += painted(format("way {} of {}", i + 1, ways.size()), colour::bold, colour);
            text += std::string(clipped(one_line(when), diagram_columns - 16)) + "\n\n";
        }
        text += draw(expected_rows(*ways[i], catalogue), colour);
    }
    return text;
}

}  // namespace parley
