#include "parley/grade/progress.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

TEST(ProgressOfAGrading, NamesTheSubmissionThatHasRunForLongest) {
    GradeProgress progress;
    progress.begin(12);
    EXPECT_EQ(progress.line(80), " 0/12");
    progress.doing("ana", "builds");
    progress.doing("bob", "builds");
    progress.doing("ana", "echo-server 3/41");
    EXPECT_EQ(progress.line(80), " 0/12  ana: echo-server 3/41 and 1 more");
    progress.finished("ana");
    EXPECT_EQ(progress.line(80), " 1/12  bob: builds");
    EXPECT_EQ(progress.line(10), " 1/12  bob");
}

}  // namespace
}  // namespace parley
