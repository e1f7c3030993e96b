#include "parley/scenario/console.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

ProgramPart part_on_trial() {
    ProgramPart part;
    part.on_trial = true;
    return part;
}

TEST(HeldOutput, OfAProgramThatIsNotOnTrialIsAllThatItPrints) {
    EXPECT_EQ(held_output({}, "::ffff:127.0.0.1\r\n"), "::ffff:127.0.0.1\r\n");
}

TEST(HeldOutput, HasPlainLinesWhereItWentToATerminal) {
    auto part = part_on_trial();
    EXPECT_EQ(held_output(part, "one\r\ntwo\r\n"), "one\ntwo\n");
    part.expect.out.emplace();
    part.expect.exit = 0;
    EXPECT_EQ(held_output(part, "one\r\n"), "one\r\n");
}

TEST(HeldOutput, HasTheAddressThatADualStackSocketMarks) {
    const auto held = [](const char* printed) { return held_output(part_on_trial(), printed); };
    EXPECT_EQ(held("from ('::ffff:127.0.0.1', 40404)\n"), "from ('127.0.0.1', 40404)\n");
    EXPECT_EQ(held("::ffff:127.0.0.1::ffff:127.0.0.1"), "127.0.0.1127.0.0.1");
    EXPECT_EQ(held("at ::ffff:10.0.0.1, ::ffff:"), "at ::ffff:10.0.0.1, ::ffff:");
}

TEST(HeldOutput, HasTheAddressWithoutWhatPythonShowsOfItBesides) {
    const auto held = [](const char* printed) { return held_output(part_on_trial(), printed); };
    EXPECT_EQ(held("by ('::ffff:127.0.0.1', 40404, 0, 0)\n"), "by ('127.0.0.1', 40404)\n");
    EXPECT_EQ(held("[('::ffff:127.0.0.1', 1, 0, 0)]"), "[('127.0.0.1', 1)]");
    EXPECT_EQ(held("('127.0.0.1', 1, 0, 0)"), "('127.0.0.1', 1, 0, 0)");
    EXPECT_EQ(held("('::ffff:127.0.0.1', 1"), "('127.0.0.1', 1");
    EXPECT_EQ(held("'::ffff:127.0.0.1', , 0, 0"), "'127.0.0.1', , 0, 0");
    EXPECT_EQ(held("::ffff:127.0.0.1, 0, 0"), "127.0.0.1, 0, 0");
}

}  // namespace
}  // namespace parley
