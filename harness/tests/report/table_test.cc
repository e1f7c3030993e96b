#include "parley/report/table.h"

#include <gtest/gtest.h>

#include "report_samples.h"

namespace parley {
namespace {

TEST(Table, HasARowForAClientAndAColumnForAServer) {
    Table table;
    table.add(sample_cell("echo/a", "python", "cpp"), Verdict::Kind::passed);
    table.add(sample_cell("echo/b", "python", "cpp"), Verdict::Kind::failed);
    table.add(sample_cell("echo/a", "python", "python"), Verdict::Kind::passed);
    table.add(sample_cell("echo/a", "cpp", "cpp"), Verdict::Kind::passed);
    table.add(sample_cell("echo/a", "cpp", "python"), Verdict::Kind::passed);
    table.add(sample_cell("echo/b", "cpp", "python"), Verdict::Kind::passed);
    EXPECT_EQ(table.render(false),
              "echo     server\n"
              "client   cpp     python\n"
              "cpp      ✓ 1/1   ✓ 2/2\n"
              "python   ✗ 1/2   ✓ 1/1\n");
}

TEST(Table, CountsEveryRepetition) {
    Table table;
    for (int i = 0; i < 1000; ++i) table.add(sample_cell("echo/a", "c", "c"), Verdict::Kind::passed);
    EXPECT_EQ(table.render(false),
              "echo     server\n"
              "client   c\n"
              "c        ✓ 1000/1000\n");
}

TEST(Table, SaysWhatDidNotRun) {
    Table table;
    table.add(sample_cell("date/a", "java", "java", "date-client", "date-server"), Verdict::Kind::unsupported);
    table.add(sample_cell("date/a", "cpp", "java", "date-client", "date-server"), Verdict::Kind::unsupported);
    table.add(sample_cell("date/b", "cpp", "java", "date-client", "date-server"), Verdict::Kind::passed);
    table.add(sample_cell("date/a", "cpp", "cpp", "date-client", "date-server"), Verdict::Kind::could_not_run);
    EXPECT_EQ(table.render(false),
              "date     server\n"
              "client   cpp                      java\n"
              "cpp      ✗ 0/1, 1 could not run   ✓ 1/2, 1 unsupported\n"
              "java                              – 0/1, 1 unsupported\n");
}

TEST(Table, SaysWhatIsKnownToFail) {
    Table table;
    table.add(sample_cell("echo/a", "c", "c"), Verdict::Kind::passed);
    table.add(sample_cell("echo/b", "c", "c"), Verdict::Kind::known_failure);
    table.add(sample_cell("echo/a", "c", "d"), Verdict::Kind::known_failure);
    EXPECT_EQ(table.render(false),
              "echo     server\n"
              "client   c                        d\n"
              "c        ✓ 1/2, 1 known failure   – 0/1, 1 known failure\n");
}

TEST(Table, PutsThoseWithoutAPeerLast) {
    Table table;
    table.add(sample_cell("echo/port-in-use", "", "python"), Verdict::Kind::passed);
    table.add(sample_cell("echo/nobody-listens", "python", ""), Verdict::Kind::passed);
    table.add(sample_cell("echo/a", "python", "python"), Verdict::Kind::passed);
    EXPECT_EQ(table.render(false),
              "echo     server\n"
              "client   python   alone\n"
              "python   ✓ 1/1    ✓ 1/1\n"
              "alone    ✓ 1/1\n");
}

TEST(Table, NamesClientsOfOtherConversationsInFull) {
    Table table;
    table.add(sample_cell("cross/a", "c", "cpp", "date-client"), Verdict::Kind::passed);
    table.add(sample_cell("cross/a", "python", "cpp"), Verdict::Kind::passed);
    EXPECT_EQ(table.render(false),
              "echo     server\n"
              "client   cpp\n"
              "python   ✓ 1/1\n"
              "date/c   ✓ 1/1\n");
}

TEST(Table, SeparatesConversations) {
    Table table;
    table.add(sample_cell("echo/a", "c", "c"), Verdict::Kind::passed);
    table.add(sample_cell("message/a", "c", "c", "message-client", "message-server"), Verdict::Kind::passed);
    EXPECT_EQ(table.render(false),
              "echo     server\nclient   c\nc        ✓ 1/1\n"
              "\n"
              "message   server\nclient    c\nc         ✓ 1/1\n");
}

TEST(Table, ColoursWithoutMovingColumns) {
    Table table;
    table.add(sample_cell("echo/a", "c", "c"), Verdict::Kind::passed);
    table.add(sample_cell("echo/a", "c", "d"), Verdict::Kind::failed);
    EXPECT_EQ(table.render(true),
              "echo     server\n"
              "client   c       d\n"
              "c        \x1b[32m✓ 1/1\x1b[0m   \x1b[31m✗ 0/1\x1b[0m\n");
}

}  // namespace
}  // namespace parley
