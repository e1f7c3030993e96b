#include "parley/process/executable.h"

#include <elf.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "parley/base/bytes.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Executables : public testing::Test {
protected:
    Executables() : folder_(std::filesystem::temp_directory_path() / ("executables-" + std::to_string(getpid()))) {
        std::filesystem::create_directory(folder_);
    }
    ~Executables() override { std::filesystem::remove_all(folder_); }

    void file(const std::string& name, const Bytes& contents, int mode = 0755) const {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << contents;
        std::filesystem::permissions(path, static_cast<std::filesystem::perms>(mode));
    }
    std::string why_not(const std::vector<std::string>& command) const {
        return why_not_startable(command, folder_.string());
    }
    std::filesystem::path folder_;
};

/// The header of a program for `machine`.
Bytes elf(unsigned machine, unsigned char encoding = ELFDATA2LSB) {
    Bytes bytes(64, '\0');
    std::memcpy(bytes.data(), ELFMAG, SELFMAG);
    bytes[EI_CLASS] = ELFCLASS64;
    bytes[EI_DATA] = static_cast<char>(encoding);
    const bool little = encoding == ELFDATA2LSB;
    bytes[little ? 18 : 19] = static_cast<char>(machine & 0xffU);
    bytes[little ? 19 : 18] = static_cast<char>(machine >> 8U);
    return bytes;
}

TEST_F(Executables, MayBeWhatRunsHere) {
    file("script", "#!/bin/sh\n");
    file("by-env", "#!/usr/bin/env sh\n");
    EXPECT_THAT(why_not({"./script"}), IsEmpty());
    EXPECT_THAT(why_not({"./by-env"}), IsEmpty());
    EXPECT_THAT(why_not({"sh", "./script"}), IsEmpty());
    EXPECT_THAT(why_not({"/proc/self/exe"}), IsEmpty());
    EXPECT_THAT(why_not({"sh", "-c", "exit 1"}), IsEmpty());
}

TEST_F(Executables, HaveToBeThere) {
    EXPECT_EQ(why_not({"./server"}), "\"./server\": No such file or directory");
    EXPECT_EQ(why_not({"no-such-program"}), "there is no program \"no-such-program\" in PATH");
    file("server", "#!/bin/sh\n");
    EXPECT_EQ(why_not({"server"}), "there is no program \"server\" in PATH; for the file of this folder say ./server");
}

TEST_F(Executables, HaveToBeExecutable) {
    file("server", "#!/bin/sh\n", 0644);
    EXPECT_EQ(why_not({"./server"}), "\"./server\" is not executable: chmod +x ./server");
    file("server.py", "print()\n", 0644);
    EXPECT_EQ(why_not({"./server.py"}),
              "\"./server.py\" is not executable; start it with its interpreter: python3 ./server.py");
    file("server.c", "int main(void) {}\n", 0644);
    EXPECT_EQ(why_not({"./server.c"}), "\"./server.c\" is not executable; it is source code: compile it first");
    std::filesystem::create_directory(folder_ / "folder");
    EXPECT_EQ(why_not({"./folder"}), "\"./folder\" is a folder, not a program");
}

TEST_F(Executables, HaveToBeForThisMachine) {
    constexpr unsigned other_machine = EM_S390;
    file("server", elf(other_machine, ELFDATA2MSB));
    EXPECT_THAT(why_not({"./server"}), HasSubstr("was built for another machine: IBM Z, and this one is "));
    file("short",
         "\x7f"
         "ELF");
    EXPECT_THAT(why_not({"./short"}), HasSubstr("cut short"));
    file("empty", "");
    EXPECT_EQ(why_not({"./empty"}), "\"./empty\" is empty");
    file("text", "hello\n");
    EXPECT_THAT(why_not({"./text"}), HasSubstr("neither a program for this machine nor a script"));
}

TEST_F(Executables, HaveToHaveTheirInterpreter) {
    file("script", "#!/usr/bin/pyhton3\n");
    EXPECT_THAT(why_not({"./script"}), HasSubstr("asks for the interpreter \"/usr/bin/pyhton3\""));
    file("by-env", "#!/usr/bin/env pyhton3\n");
    EXPECT_THAT(why_not({"./by-env"}), HasSubstr("asks for the interpreter \"pyhton3\""));
    file("dos", "#!/bin/sh\r\n");
    EXPECT_THAT(why_not({"./dos"}), HasSubstr("ends in CR LF"));
}

TEST_F(Executables, HaveToHaveTheirScript) {
    EXPECT_EQ(why_not({"python3", "server.py"}), "\"server.py\" would be run by python3, but there is no such file");
    EXPECT_EQ(why_not({"python3", "-m", "http.server"}), "");
    EXPECT_EQ(why_not({"sh", "{port}"}), "");
}

}  // namespace
}  // namespace parley
