// However the bytes are cut into segments, the verdict is the same.
#include <random>

#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

/// Conversations with a right or a wrong end, each as few events as can be.
std::vector<std::vector<WireEvent>> conversations() {
    const auto right = two_messages_said();
    std::vector<std::vector<WireEvent>> all{right, {}};
    auto reordered = right;
    std::swap(reordered[0], reordered[1]);
    all.push_back(reordered);
    auto wrong = right;
    wrong[3].bytes = "Echo ==>b'Ag4in!'";
    all.push_back(wrong);
    auto longer = right;
    longer[1].bytes += '\0';
    all.push_back(longer);
    auto early_end = right;
    std::swap(early_end[3], early_end[4]);
    all.push_back(early_end);
    all.push_back({right[0], right[1], resets(server)});
    all.push_back({says(client, "Hello "), right[1], says(client, "world!"), right[3]});
    all.push_back({says(client, "Hello world!Again!"), says(server, "Echo ==>b'Hello world!Again!'"), ends(client)});
    return all;
}

/// `events` with each data event cut at random places.
std::vector<WireEvent> split(const std::vector<WireEvent>& events, std::mt19937& random) {
    std::vector<WireEvent> pieces;
    for (const auto& event : events) {
        auto rest = event;
        while (rest.bytes.size() > 1 && random() % 3 != 0) {
            auto piece = rest;
            const auto length = 1 + random() % (rest.bytes.size() - 1);
            piece.bytes = rest.bytes.substr(0, length);
            rest.bytes.erase(0, length);
            pieces.push_back(piece);
        }
        pieces.push_back(rest);
    }
    return pieces;
}

TEST(Delivery, InAnySegmentsLeadsToTheSameVerdict) {
    std::mt19937 random(20261122);
    auto wanted = scenario(two_messages());
    auto with_pattern = wanted;
    with_pattern.clients[0].exchange[1].what = pattern("Echo ==>b'[A-Z].*'");
    for (const auto& events : conversations()) {
        for (const auto& each : {wanted, with_pattern}) {
            const auto whole = judge(each, observation(events));
            for (int repetition = 0; repetition < 50; ++repetition) {
                const auto pieces = split(events, random);
                ASSERT_EQ(judge(each, observation(pieces)), whole)
                    << testing::PrintToString(pieces.size()) << " pieces";
            }
        }
    }
}

TEST(Delivery, OctetByOctetPasses) {
    std::vector<WireEvent> events;
    for (const auto& event : two_messages_said()) {
        if (event.kind != WireEvent::Kind::data) events.push_back(event);
        for (char octet : event.bytes) events.push_back(says(event.side, std::string(1, octet)));
    }
    EXPECT_THAT(judge(scenario(two_messages()), observation(events)), Passes());
}

}  // namespace
}  // namespace parley
