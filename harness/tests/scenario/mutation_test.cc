// Damaged files: the reader reports, whatever it is given.
#include <gmock/gmock.h>

#include <random>

#include "tests/scenario/reading.h"

namespace parley {
namespace {

const std::string sound = R"json({"about": "x", "tags": ["a"], "port": 80, "time_limit": 2.5,
    "server": {"role": "talk-server", "argv": ["{port}"], "stdin": "x", "env": {"TZ": "UTC"},
               "expect": {"running": true, "stdout": ["a", {"hex": "00"}, {"regex": "[0-9]+(a|b)"}], "stderr": ""}},
    "clients": [{"role": "talk-client", "times": 3, "exchange": [{"client": {"repeat": "x", "times": 9}}]},
                {"idle": true, "exchange": [{"server": {"time": "java-date", "zone": "BRT"}}]}],
    "at_once": true,
    "exchange": [{"client": {"base64": "AA=="}}, {"both": {"event": "end"}}], "outcome": "deadlock"})json";

/// `sound` with a few octets replaced, removed, or copied elsewhere.
std::string damaged(std::mt19937& random) {
    constexpr std::string_view interesting = "{}[]\",:0123456789-.eEtfn\\u \n\x80\xff";
    std::string text = sound;
    const auto below = [&](std::size_t bound) { return random() % bound; };
    for (auto damages = 1 + below(4); damages > 0; --damages) {
        const auto at = below(text.size());
        switch (below(4)) {
            case 0: text[at] = interesting[below(interesting.size())]; break;
            case 1: text.erase(at, 1 + below(20)); break;
            case 2: text.insert(at, text.substr(below(text.size()), 1 + below(40))); break;
            default: text.resize(at + 1); break;
        }
    }
    return text;
}

/// Whether `position` lies in `text`, or right behind it.
bool lies_in(Position position, const std::string& text) {
    const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
    return position.line >= 1 && position.line <= lines && position.column >= 1 &&
           position.column <= static_cast<int>(text.size()) + 1;
}

TEST(DamagedScenarios, AreReportedAtPlacesWithinThem) {
    ASSERT_THAT(read_text(sound).mistakes, testing::ElementsAre());
    std::mt19937 random(20);
    const auto catalogue = test_catalogue();
    for (int i = 0; i < 3000; ++i) {
        const auto text = damaged(random);
        std::vector<Diagnostic> diagnostics;
        read_scenarios_text(text, "f", "f", catalogue, diagnostics);
        for (const auto& diagnostic : diagnostics) {
            ASSERT_TRUE(lies_in(diagnostic.position, text)) << diagnostic.str() << "\n" << text;
            ASSERT_FALSE(diagnostic.message.empty());
            ASSERT_EQ(diagnostic.message.find("json.exception"), std::string::npos) << diagnostic.str();
        }
    }
}

TEST(DamagedScenarios, AreAllReportedWhereOneOctetIsMissing) {
    for (std::size_t length = 0; length < sound.size(); ++length) {
        ASSERT_EQ(read_text(sound.substr(0, length)).mistakes.size(), 1U) << length;
    }
}

}  // namespace
}  // namespace parley
