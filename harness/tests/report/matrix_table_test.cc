#include "parley/report/matrix_table.h"

#include <gtest/gtest.h>

#include "report_samples.h"
#include "tests/judge/made.h"

namespace parley {
namespace {

using namespace made;

constexpr auto client = Side::client;
constexpr auto server = Side::server;

Observation ended_by(Ending ending) {
    auto seen = observation({says(client, "x")});
    seen.ending = ending;
    return seen;
}

Observation bytes() {
    return observation({says(client, "x"), ends(client), ends(server)});
}

Observation reset() {
    return observation({says(client, "x"), resets(server)});
}

TEST(Outcome, IsBytesWhereTheConversationCameToItsEnd) {
    EXPECT_EQ(outcome_of(bytes()), "bytes");
    EXPECT_EQ(outcome_of(observation({says(server, "x")})), "bytes");
}

TEST(Outcome, IsSilenceWhereNobodySaidAnything) {
    EXPECT_EQ(outcome_of(observation({ends(client), ends(server)})), "silence");
}

TEST(Outcome, IsAResetThatNoEndOfStreamPrecedes) {
    EXPECT_EQ(outcome_of(reset()), "reset");
    EXPECT_EQ(outcome_of(observation({ends(client), resets(server)})), "reset");
    EXPECT_EQ(outcome_of(observation({says(server, "x"), ends(server), says(client, "y"), resets(server)})), "bytes");
}

TEST(Outcome, OfSeveralConnectionsIsThatOfAnyThatWasReset) {
    auto seen = bytes();
    connect(seen, 0);
    seen.transcript.events.push_back(resets(server, 1));
    EXPECT_EQ(outcome_of(seen), "reset");
}

TEST(Outcome, IsHowTheWatchingEndedWhereThatWasNotByItself) {
    EXPECT_EQ(outcome_of(ended_by(Ending::deadlock)), "deadlock");
    EXPECT_EQ(outcome_of(ended_by(Ending::deadline)), "time up");
}

TEST(Outcome, IsThatNobodyConnected) {
    EXPECT_EQ(outcome_of(Observation()), "no connection");
}

/// A table of cells of one catalogue, in which `message` stands before `ctime` and `c` before `cpp`.
class MatrixTables : public testing::Test {
protected:
    MatrixTables() {
        for (const char* role : {"message-server", "message-client", "ctime-server", "ctime-client"}) {
            for (const char* language : {"c", "cpp"})
                catalogue_.implementations.push_back({role, language, false, {}, {}});
        }
    }

    /// `ctime/c` and its like say who meets.
    Cell cell(const std::string& client_name, const std::string& server_name) const {
        const auto halves = [](const std::string& name) {
            const auto slash = name.find('/');
            return std::pair(name.substr(0, slash), name.substr(slash + 1));
        };
        const auto [client_role, client_language] = halves(client_name);
        const auto [server_role, server_language] = halves(server_name);
        auto made =
            sample_cell("cross/x", client_language, server_language, client_role + "-client", server_role + "-server");
        made.catalogue = &catalogue_;
        return made;
    }
    void add(const Cell& cell, CellResult (*verdict)(const Cell&), const Observation& seen) {
        auto result = verdict(cell);
        result.observation = seen;
        table_.add(result);
    }

    Catalogue catalogue_;
    MatrixTable table_;
};

TEST_F(MatrixTables, AreForScenariosWithTheTag) {
    const auto plain = cell("ctime/c", "ctime/c");
    EXPECT_FALSE(MatrixTable::shows(plain));
    EXPECT_TRUE(MatrixTable::shows(tagged(plain, "matrix")));
}

TEST_F(MatrixTables, OfNothingAreEmpty) {
    EXPECT_EQ(table_.render(false), "");
}

TEST_F(MatrixTables, ShowTheOutcomesInTheCataloguesOrder) {
    add(cell("ctime/c", "ctime/c"), passed, bytes());
    add(cell("ctime/c", "message/cpp"), passed, ended_by(Ending::deadlock));
    add(cell("ctime/c", "message/c"), passed, ended_by(Ending::deadlock));
    add(cell("message/cpp", "ctime/c"), passed, reset());
    add(cell("message/c", "message/c"), passed, bytes());
    EXPECT_EQ(table_.render(false),
              "matrix       server\n"
              "             message                 ctime\n"
              "client       c           cpp         c\n"
              "message/c    ✓ bytes\n"
              "message/cpp                          ✓ reset\n"
              "ctime/c      ✓ deadlock  ✓ deadlock  ✓ bytes\n");
}

TEST_F(MatrixTables, MarkWhatIsNotAsExpected) {
    add(cell("message/c", "message/c"), failed, bytes());
    add(cell("message/c", "message/cpp"), could_not_run, {});
    add(cell("message/c", "ctime/c"),
        [](const Cell& cell) { return unsupported(cell, "needs python3 (package python3)"); }, {});
    add(
        cell("message/c", "ctime/cpp"), [](const Cell& cell) { return known_failure(cell, "it is slow"); }, bytes());
    EXPECT_EQ(table_.render(false),
              "matrix     server\n"
              "           message                   ctime\n"
              "client     c        cpp              c              cpp\n"
              "message/c  ✗ bytes  ✗ could not run  – unsupported  – known failure\n");
}

TEST_F(MatrixTables, CountRepetitionsAndTheirOutcomes) {
    for (int i = 0; i < 48; ++i) add(cell("message/c", "message/c"), passed, bytes());
    for (int i = 0; i < 30; ++i) add(cell("message/c", "ctime/c"), passed, reset());
    for (int i = 0; i < 20; ++i) add(cell("message/c", "ctime/c"), passed, bytes());
    add(cell("message/c", "ctime/c"), failed, ended_by(Ending::deadlock));
    EXPECT_EQ(table_.render(false),
              "matrix     server\n"
              "           message        ctime\n"
              "client     c              c\n"
              "message/c  ✓ 48/48 bytes  ✗ 50/51 reset 30, bytes 20, deadlock 1\n");
}

TEST_F(MatrixTables, PutProgramsWithoutARoleLast) {
    add(sample_cell("cross/x", "nc", "c", "", "message-server"), passed, bytes());
    auto scripted = cell("message/c", "message/c");
    scripted.server = nullptr;
    add(scripted, passed, bytes());
    EXPECT_EQ(table_.render(false),
              "matrix     server\n"
              "           message\n"
              "client     c        -\n"
              "message/c           ✓ bytes\n"
              "nc         ✓ bytes\n");
}

TEST_F(MatrixTables, AreColoured) {
    add(cell("message/c", "message/c"), passed, bytes());
    add(cell("message/c", "message/cpp"), failed, bytes());
    EXPECT_EQ(table_.render(true),
              "matrix     server\n"
              "           message\n"
              "client     c        cpp\n"
              "message/c  \x1b[32m✓ bytes\x1b[0m  \x1b[31m✗ bytes\x1b[0m\n");
}

}  // namespace
}  // namespace parley
