#include "parley/sandbox/isolation.h"

#include <gmock/gmock.h>

#include "parley/sandbox/namespaces.h"

namespace parley {
namespace {

// What is chosen where there are no namespaces, tests/cli/isolation_test.py sees.
TEST(Isolations, AreNamespacesWhereThereAreSome) {
    if (!why_no_namespaces().empty()) GTEST_SKIP() << "no private namespaces here";
    testing::internal::CaptureStderr();
    EXPECT_EQ(choose_isolation("auto"), Isolation::namespaces);
    EXPECT_EQ(choose_isolation("namespace"), Isolation::namespaces);
    EXPECT_EQ(choose_isolation("shared"), Isolation::shared);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace parley
