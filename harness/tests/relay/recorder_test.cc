#include "parley/relay/recorder.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using Kind = WireEvent::Kind;
using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

TEST(Recorder, KeepsEventsInTheirOrder) {
    int changes = 0;
    Recorder recorder([&] { ++changes; });
    EXPECT_EQ(recorder.open_connection({0}), 0);
    EXPECT_EQ(recorder.open_connection({3, 40404}), 1);
    recorder.record(1, Side::server, Kind::data, "reply");
    recorder.record(0, Side::client, Kind::end);
    const auto transcript = recorder.take();
    ASSERT_EQ(transcript.connections.size(), 2U);
    EXPECT_EQ(transcript.connections[1].client, 3);
    ASSERT_EQ(transcript.events.size(), 4U);
    EXPECT_EQ(transcript.events[0].kind, Kind::connected);
    EXPECT_EQ(transcript.events[2].bytes, "reply");
    EXPECT_EQ(transcript.events[2].connection, 1);
    EXPECT_EQ(transcript.events[2].side, Side::server);
    EXPECT_EQ(transcript.events[3].kind, Kind::end);
    EXPECT_LE(transcript.events[2].at, transcript.events[3].at);
    EXPECT_EQ(changes, 4);
}

TEST(Recorder, KeepsThePortsOfAConnection) {
    Recorder recorder([] {});
    recorder.open_connection({0, 40404});
    recorder.open_connection({1, 50505});
    recorder.arrive(1, 34343);
    const auto transcript = recorder.take();
    EXPECT_EQ(transcript.connections[0], (Connection{0, 40404, 0}));
    EXPECT_EQ(transcript.connections[1], (Connection{1, 50505, 34343}));
    EXPECT_EQ(transcript.events.back().kind, Kind::connected);
    EXPECT_EQ(transcript.events.back().side, Side::server);
    EXPECT_EQ(transcript.events.back().connection, 1);
}

TEST(Recorder, KeepsTheBeginningOfEachDirectionAndOfWhatIsTooMuchTheEndAndADigest) {
    Recorder recorder([] {});
    const auto number = recorder.open_connection({0});
    const Bytes most(Transcript::kept_bytes - 1, 'x');
    recorder.record(number, Side::client, Kind::data, most);
    recorder.record(number, Side::client, Kind::data, "abc");
    recorder.record(number, Side::client, Kind::data, "de");
    recorder.record(number, Side::server, Kind::data, "fg");
    recorder.record(number, Side::client, Kind::data, "hi");
    recorder.record(number, Side::client, Kind::end);
    const auto transcript = recorder.take();
    ASSERT_EQ(transcript.events.size(), 6U);
    EXPECT_EQ(transcript.events[2].bytes, "a");
    EXPECT_EQ(transcript.events[2].cut, 4U);
    EXPECT_EQ(transcript.events[3].bytes, "fg");
    EXPECT_EQ(transcript.events[3].cut, 0U);
    EXPECT_EQ(transcript.events[4].bytes, "");
    EXPECT_EQ(transcript.events[4].cut, 2U);
    EXPECT_EQ(transcript.events[5].kind, Kind::end);
    EXPECT_THAT(transcript.floods, ElementsAre(Flood{number, Side::client, Transcript::kept_bytes + 6, "bcdehi",
                                                     digest_of(most + "abcdehi")}));
}

TEST(Recorder, KeepsTheLastOctetsOfALongEnd) {
    Recorder recorder([] {});
    const auto number = recorder.open_connection({0});
    recorder.record(number, Side::client, Kind::data, Bytes(Transcript::kept_bytes, 'x'));
    recorder.record(number, Side::client, Kind::data, Bytes(Transcript::tail_bytes + 1, 'y'));
    recorder.record(number, Side::client, Kind::data, "end");
    EXPECT_EQ(recorder.take().floods.at(0).tail, Bytes(Transcript::tail_bytes - 3, 'y') + "end");
}

TEST(Recorder, KeepsSoMuchOfAllDirectionsTogether) {
    Recorder recorder([] {});
    constexpr auto full = Transcript::kept_in_all / Transcript::kept_bytes;
    for (std::size_t count = 0; count < full; ++count)
        recorder.record(recorder.open_connection({0}), Side::client, Kind::data, Bytes(Transcript::kept_bytes, 'x'));
    const auto late = recorder.open_connection({0});
    recorder.record(late, Side::server, Kind::data, "late");
    const auto transcript = recorder.take();
    EXPECT_EQ(transcript.events.back().bytes, "");
    EXPECT_THAT(transcript.floods, ElementsAre(Flood{late, Side::server, 4, "late", digest_of("late")}));
}

TEST(Recorder, GivesDataNoEventOfItsOwnOnceThereAreTooMany) {
    Recorder recorder([] {});
    const auto number = recorder.open_connection({0});
    Bytes said;
    for (std::size_t count = 0; count < Transcript::most_events; ++count) {
        recorder.record(number, Side::client, Kind::data, "a");
        recorder.record(number, Side::server, Kind::data, "b");
        said += "b";
    }
    recorder.record(number, Side::server, Kind::end);
    const auto transcript = recorder.take();
    EXPECT_EQ(transcript.events.size(), Transcript::most_events + 1);
    EXPECT_EQ(transcript.events.back().kind, Kind::end);
    ASSERT_THAT(transcript.floods, SizeIs(2));
    EXPECT_EQ(transcript.floods[1].octets, said.size());
    EXPECT_EQ(transcript.floods[1].digest, digest_of(said));
}

TEST(Recorder, CountsTheConnectionsThatAreNotCarried) {
    int changes = 0;
    Recorder recorder([&] { ++changes; });
    recorder.refuse_connection(2);
    recorder.refuse_connection(2);
    EXPECT_EQ(changes, 2);
    recorder.freeze();
    recorder.refuse_connection(2);
    EXPECT_THAT(recorder.take().refused, ElementsAre(Pair(2, 2U)));
}

TEST(Recorder, RecordsNothingOnceItIsFrozen) {
    int changes = 0;
    Recorder recorder([&] { ++changes; });
    recorder.open_connection({0});
    recorder.freeze();
    recorder.arrive(0, 34343);
    const auto late = recorder.open_connection({1});
    recorder.record(0, Side::client, Kind::data, "late");
    recorder.record(late, Side::client, Kind::end);
    EXPECT_EQ(changes, 1);
    EXPECT_EQ(recorder.transcript().connections.size(), 1U);
    EXPECT_EQ(recorder.transcript().events.size(), 1U);
    EXPECT_EQ(recorder.transcript().connections[0].server_port, 0);
}

TEST(Recorder, LeavesOutWhatHappensOnAConnectionThatWasClosed) {
    Recorder recorder([] {});
    const int left = recorder.open_connection({0});
    const int other = recorder.open_connection({1});
    recorder.close_connection(left);
    recorder.record(left, Side::server, WireEvent::Kind::data, "late");
    recorder.record(other, Side::server, WireEvent::Kind::end);
    EXPECT_EQ(recorder.transcript().events.size(), 3U);
}

}  // namespace
}  // namespace parley
