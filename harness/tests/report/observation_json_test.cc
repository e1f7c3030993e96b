#include "parley/report/observation_json.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <type_traits>

namespace parley {
namespace {

/// Observations that use every field and every alternative, with octets of all kinds.
class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}

    Observation observation() {
        Observation made;
        made.transcript = {.connections = list([&] {
                               return Connection{any<int>(),          any<int>(),  any<int>(),
                                                 any<std::int64_t>(), "127.0.0.2", flip()};
                           }),
                           .events = list([&] { return event(); }),
                           .floods = list([&] {
                               return Flood{any<int>(), one_of(Side::server), any<std::uint32_t>(), octets(), octets()};
                           }),
                           .refused = {{any<int>(), any<std::uint32_t>()}}};
        if (flip()) made.server = program();
        made.clients = list([&] { return program(); });
        made.ending = one_of(Ending::broken);
        made.trouble = octets();
        made.clock = {.began = any<std::int64_t>(),
                      .ended = any<std::int64_t>(),
                      .utc_offset = any<int>(),
                      .shift = any<std::int64_t>()};
        made.seconds = flip() ? below(100) : std::uniform_real_distribution(0.0, 1e6)(engine_);
        made.port = below(65536);
        return made;
    }

    std::vector<Finding> findings() {
        return list([&] {
            Finding made;
            made.code = one_of(Finding::Code::harness_trouble);
            made.side = one_of(Side::server);
            made.client = any<int>();
            made.message = octets();
            made.expected = octets();
            made.actual = octets();
            if (flip()) made.expected_bytes = octets();
            if (flip()) made.actual_bytes = octets();
            made.offset = any<std::uint32_t>();
            made.position = {.line = any<int>(), .column = any<int>()};
            return made;
        });
    }

private:
    int below(int end) { return std::uniform_int_distribution(0, end - 1)(engine_); }
    bool flip() { return below(2) == 1; }

    template <typename Int>
    Int any() {
        return std::uniform_int_distribution<Int>(std::numeric_limits<Int>::min())(engine_);
    }

    template <typename Enum>
    Enum one_of(Enum last) {
        return static_cast<Enum>(below(static_cast<int>(last) + 1));
    }

    template <typename Make>
    std::vector<std::invoke_result_t<Make>> list(Make make) {
        std::vector<std::invoke_result_t<Make>> items;
        for (int i = below(4); i > 0; --i) items.push_back(make());
        return items;
    }

    Bytes octets() {
        static const std::vector<Bytes> parts = {"",     "Hello\n", "Agora é:",     "\"\\/\x01\x7f", Bytes("\0", 1),
                                                 "\xff", "\xc3",    "\xed\xa0\x80", "\xef\xbf\xbe",  "\U0001F600"};
        Bytes made;
        for (int i = below(4); i > 0; --i)
            made += parts[static_cast<std::size_t>(below(static_cast<int>(parts.size())))];
        return made;
    }

    WireEvent event() {
        return {.at = std::chrono::microseconds(any<std::int64_t>()),
                .connection = any<int>(),
                .side = one_of(Side::server),
                .kind = one_of(WireEvent::Kind::reset),
                .bytes = octets(),
                .cut = any<std::uint32_t>()};
    }

    ProgramState state() {
        switch (below(4)) {
            case 0: return NotStarted{octets()};
            case 1: return Running{};
            case 2: return Exited{any<int>()};
            default: return Signaled{any<int>()};
        }
    }

    ProgramObservation program() {
        return {.command = list([&] { return octets(); }),
                .process = any<int>(),
                .state = state(),
                .out = {.bytes = octets(), .total = any<std::uint32_t>()},
                .err = {.bytes = octets(), .total = any<std::uint32_t>()},
                .waits = list([&] {
                    return BlockedCall{.thread = octets(),
                                       .call = octets(),
                                       .descriptor = any<int>(),
                                       .object = octets(),
                                       .on_socket = flip()};
                }),
                .listens = list([&] { return octets(); }),
                .opened_connection = flip(),
                .stopped = flip(),
                .left_behind = any<int>(),
                .exceeded = exceeded(),
                .calls = list([&] {
                    return SocketCall{.thread = any<int>(),
                                      .call = octets(),
                                      .socket = any<int>(),
                                      .on = one_of(SocketCall::On::connection),
                                      .descriptor = any<int>(),
                                      .accepted = flip() ? -1 : any<int>(),
                                      .error = octets(),
                                      .returned = flip(),
                                      .times = any<std::uint32_t>()};
                })};
    }

    std::optional<Exceeded> exceeded() {
        if (flip()) return std::nullopt;
        return Exceeded{one_of(Exceeded::What::output), any<std::uint32_t>()};
    }

    std::mt19937 engine_;
};

std::string mistake_in(const std::string& json) {
    try {
        observation_from_json(parse_json(json, "report.json"));
    } catch (const JsonError& error) {
        return error.diagnostic().message;
    }
    return "none";
}

TEST(ObservationJson, BringsBackEveryObservation) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const Observation written = Random(seed).observation();
        const std::string json = to_json(written).dump();
        ASSERT_EQ(observation_from_json(parse_json(json, "report.json")), written) << "seed " << seed << ": " << json;
    }
}

TEST(ObservationJson, BringsBackEveryFinding) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const std::vector<Finding> written = Random(seed).findings();
        const std::string json = to_json(written).dump();
        ASSERT_EQ(findings_from_json(parse_json(json, "report.json")), written) << "seed " << seed << ": " << json;
    }
}

TEST(ObservationJson, KeepsUtf8Readable) {
    Observation observation;
    observation.transcript.events = {{.at = std::chrono::microseconds(7),
                                      .connection = 0,
                                      .side = Side::server,
                                      .kind = WireEvent::Kind::data,
                                      .bytes = "Agora é:\n"}};
    EXPECT_EQ(to_json(observation)["transcript"]["events"].dump(),
              R"([{"at":7,"connection":0,"side":"server","kind":"data","bytes":"Agora é:\n"}])");
}

TEST(ObservationJson, WritesOtherOctetsInBase64) {
    Observation observation;
    observation.trouble = "\xff\n";
    EXPECT_EQ(to_json(observation)["trouble"].dump(), R"({"base64":"/wo="})");
}

TEST(ObservationJson, NamesTheKeyThatIsMissing) {
    EXPECT_EQ(mistake_in("{}"), "the key \"ending\" is missing");
}

TEST(ObservationJson, NamesAValueThatItDoesNotKnow) {
    EXPECT_EQ(mistake_in(R"({"ending": "happy"})"), "\"happy\" is not known here");
}

TEST(ObservationJson, RefusesANumberThatDoesNotFit) {
    EXPECT_EQ(mistake_in(R"({"ending": "complete", "trouble": "", "port": 5000000000})"), "5000000000 is out of range");
}

TEST(ObservationJson, RefusesBrokenBase64) {
    EXPECT_NE(mistake_in(R"({"ending": "complete", "trouble": {"base64": "/"}})"), "none");
}

}  // namespace
}  // namespace parley
