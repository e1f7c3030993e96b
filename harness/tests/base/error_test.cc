#include "parley/base/error.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "parley/base/file_descriptor.h"

namespace parley {
namespace {

bool is_open(int number) {
    return ::fcntl(number, F_GETFD) >= 0;
}

TEST(SystemErrors, SayWhatWasTriedOnWhat) {
    const SystemError error(ENOENT, "open", "/x/y");
    EXPECT_STREQ(error.what(), "open \"/x/y\": No such file or directory");
    EXPECT_EQ(error.code().value(), ENOENT);
    EXPECT_STREQ(SystemError(EPERM, "unshare").what(), "unshare: Operation not permitted");
}

TEST(Checked, PassesResultsOnAndThrowsErrno) {
    EXPECT_EQ(checked(7, "read"), 7);
    EXPECT_EQ(checked(0, "read"), 0);
    errno = EBADF;
    try {
        checked(-1, "read", "pipe");
        FAIL() << "no exception";
    } catch (const SystemError& error) {
        EXPECT_EQ(error.code().value(), EBADF);
    }
}

TEST(FileDescriptors, CloseAtTheEndOfTheirScope) {
    int number = -1;
    {
        const FileDescriptor file(checked(::open("/dev/null", O_RDONLY | O_CLOEXEC), "open"));
        number = file.get();
        EXPECT_TRUE(is_open(number));
    }
    EXPECT_FALSE(is_open(number));
}

TEST(FileDescriptors, HaveOneOwner) {
    FileDescriptor first(checked(::open("/dev/null", O_RDONLY | O_CLOEXEC), "open"));
    const int number = first.get();
    FileDescriptor second(std::move(first));
    EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): what is left of it is the point
    EXPECT_EQ(second.get(), number);
    FileDescriptor third(checked(::open("/dev/null", O_RDONLY | O_CLOEXEC), "open"));
    const int replaced = third.get();
    third = std::move(second);
    EXPECT_FALSE(is_open(replaced)) << "what the assigned one held before is closed";
    EXPECT_EQ(third.get(), number);
    EXPECT_EQ(third.release(), number);
    EXPECT_FALSE(third);
    EXPECT_TRUE(is_open(number)) << "released, not closed";
    ::close(number);
}

}  // namespace
}  // namespace parley
