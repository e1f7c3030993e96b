#include <gmock/gmock.h>

#include "expect.h"
#include "made.h"

namespace parley {
namespace {

using namespace made;

const KnownFailure known{"echo/*:cpp:*", "the port keeps its output", {}};

Verdict verdict_of(Verdict::Kind kind, Finding::Code code) {
    Finding finding;
    finding.code = code;
    finding.message = "it is wrong";
    return {kind, {finding}, {}};
}

TEST(KnownFailure, IsAFailureWithItsFindingsAndTheReason) {
    auto wanted = verdict_of(Verdict::Kind::failed, Finding::Code::stdout_differs);
    const auto verdict = with_known_failure(wanted, known);
    wanted.kind = Verdict::Kind::known_failure;
    wanted.reason = "the port keeps its output";
    EXPECT_EQ(verdict, wanted);
}

TEST(KnownFailure, IsAFailureToRun) {
    const auto verdict =
        with_known_failure(verdict_of(Verdict::Kind::could_not_run, Finding::Code::never_listened), known);
    EXPECT_EQ(verdict.kind, Verdict::Kind::known_failure);
}

TEST(KnownFailure, IsNoTroubleOfTheHarness) {
    const auto trouble = verdict_of(Verdict::Kind::could_not_run, Finding::Code::harness_trouble);
    EXPECT_EQ(with_known_failure(trouble, known), trouble);
}

TEST(KnownFailure, IsNothingThatThisMachineLacks) {
    const Verdict unsupported{Verdict::Kind::unsupported, {}, "needs java"};
    EXPECT_EQ(with_known_failure(unsupported, known), unsupported);
}

TEST(KnownFailure, ThatPassesIsAFailureThatNamesItsEntry) {
    const auto verdict = with_known_failure({}, known);
    ASSERT_THAT(verdict, Fails({Finding::Code::passed_unexpectedly}));
    EXPECT_EQ(verdict.findings[0].message,
              "it passed: delete or narrow the entry \"echo/*:cpp:*\" of known-failures.json (\"the port keeps its "
              "output\")");
}

/// A cell of the echo, and what right programs do in it.
class CellVerdicts : public testing::Test {
protected:
    CellVerdicts() { cell_.scenario = std::make_shared<Scenario>(scenario(two_messages())); }

    Cell cell_;
    Observation right_ = observation(two_messages_said());
    Observation wrong_ = observation({says(Side::client, "Hello world?")});
};

TEST_F(CellVerdicts, AreThoseOfTheScenario) {
    EXPECT_EQ(judge(cell_, right_), judge(*cell_.scenario, right_));
    EXPECT_EQ(judge(cell_, wrong_), judge(*cell_.scenario, wrong_));
}

TEST_F(CellVerdicts, KnowThatItIsUnsupported) {
    cell_.unsupported = "needs java";
    cell_.known_failure = &known;
    EXPECT_EQ(judge(cell_, {}), (Verdict{Verdict::Kind::unsupported, {}, "needs java"}));
}

TEST_F(CellVerdicts, KnowThatItIsKnownToFail) {
    cell_.known_failure = &known;
    EXPECT_EQ(judge(cell_, wrong_).kind, Verdict::Kind::known_failure);
    EXPECT_EQ(judge(cell_, right_).kind, Verdict::Kind::failed);
}

}  // namespace
}  // namespace parley
