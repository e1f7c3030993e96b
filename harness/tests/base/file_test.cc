#include "parley/base/file.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class Files : public testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(path_); }
    const std::string path_ =
        (std::filesystem::path(testing::TempDir()) / format("parley_file_test.{}", getpid())).string();
};

TEST_F(Files, AreReadAsTheyAre) {
    const Bytes bytes("a\r\n\0\xff", 5);
    std::ofstream(path_, std::ios::binary) << bytes;
    EXPECT_EQ(read_file(path_, 5), bytes);
}

TEST_F(Files, AreRefusedBeyondTheLimit) {
    std::ofstream(path_) << "12345";
    EXPECT_THAT([&] { read_file(path_, 4); }, ThrowsMessage<UsageError>(HasSubstr("larger than 4 bytes")));
}

TEST_F(Files, AreNamedWhereTheyCannotBeRead) {
    EXPECT_THAT([&] { read_file(path_, 4); }, ThrowsMessage<UsageError>("cannot read \"" + path_ + "\": no such file"));
    EXPECT_THAT([&] { read_file("/dev/zero", 4); }, ThrowsMessage<UsageError>(HasSubstr("not a regular file")));
    EXPECT_THAT([&] { read_file(testing::TempDir(), 4); }, ThrowsMessage<UsageError>(HasSubstr("not a regular file")));
}

}  // namespace
}  // namespace parley
