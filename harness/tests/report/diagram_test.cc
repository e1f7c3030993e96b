#include "parley/report/diagram.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using Kind = DiagramRow::Kind;

DiagramRow row(Kind kind, Who who, std::vector<std::string> text = {}) {
    DiagramRow made;
    made.kind = kind;
    made.who = who;
    made.text = std::move(text);
    return made;
}

TEST(Diagram, IsEmptyWithoutRows) {
    EXPECT_EQ(draw({}, false), "");
}

TEST(Diagram, EndsALifeLineOfWhichNothingIsSaid) {
    EXPECT_EQ(draw({row(Kind::joins, Who::client, {"x"}), row(Kind::leaves, Who::client)}, false),
              "          ┌───┐\n"
              "          │ x │\n"
              "          └─┬─┘\n"
              "            ╵\n");
}

TEST(Diagram, DrawsOnAfterAClientHasLeft) {
    const auto text = draw({row(Kind::joins, Who::client, {"one"}), row(Kind::joins, Who::server, {"server"}),
                            row(Kind::leaves, Who::client, {"exit 0"}), row(Kind::joins, Who::client, {"two"})},
                           false);
    const std::string space(68, ' ');
    EXPECT_NE(text.find("       └────────┘" + space + "│\n"), std::string::npos) << text;
    EXPECT_NE(text.find("         └──┬──┘" + space + " │\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace parley
