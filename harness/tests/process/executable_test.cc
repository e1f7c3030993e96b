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

/// A program that holds these segments, each of a type (elf(5)).
Bytes elf_with(const std::vector<std::pair<Elf64_Word, Bytes>>& segments) {
    auto bytes = elf(EM_X86_64);
    Elf64_Ehdr header;
    std::memcpy(&header, bytes.data(), sizeof header);
    header.e_phoff = sizeof header;
    header.e_phnum = static_cast<Elf64_Half>(segments.size());
    std::memcpy(bytes.data(), &header, sizeof header);
    Bytes contents;
    for (const auto& [type, content] : segments) {
        Elf64_Phdr part{};
        part.p_type = type;
        part.p_offset = sizeof header + segments.size() * sizeof part + contents.size();
        part.p_filesz = content.size();
        bytes.append(reinterpret_cast<const char*>(&part), sizeof part);
        contents += content;
    }
    return bytes + contents;
}

const std::pair<Elf64_Word, Bytes> usual_loader{PT_INTERP, Bytes("/lib64/ld-linux-x86-64.so.2\0", 28)};
const std::pair<Elf64_Word, Bytes> note_of_go{PT_NOTE, Bytes("\4\0\0\0\1\0\0\0\4\0\0\0Go\0\0x\0\0\0", 20)};

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
    EXPECT_EQ(why_not({"./server {port}"}),
              "there is no program \"./server {port}\"; if that is a whole command, write it without the quotes");
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

TEST_F(Executables, AreReachedByAPreloadedLibraryWhereTheyAreLoadedAsUsual) {
    const auto folder = folder_.string();
    file("usual", elf_with({usual_loader}));
    file("script", "#!/bin/sh\n");
    file("script-of-script", "#!" + (folder_ / "script").string() + "\n");
    file("by-env", "#!/usr/bin/env -S sh -e\n");
    for (const auto* name :
         {"./usual", "./script", "./script-of-script", "./by-env", "/proc/self/exe", "no-such-program"})
        EXPECT_EQ(why_not_preloadable({name}, folder), "") << name;
}

TEST_F(Executables, AreReachedByNoLibraryWhereTheyAskTheKernelThemselves) {
    const auto folder = folder_.string();
    file("static", elf_with({}));
    file("go", elf_with({usual_loader, note_of_go}));
    file("other", elf_with({{PT_INTERP, Bytes("/lib/ld-musl-x86_64.so.1\0", 25)}}));
    auto small = elf_with({usual_loader});
    small[EI_CLASS] = ELFCLASS32;
    file("small", small);
    file("script", "#!" + (folder_ / "static").string() + "\n");
    file("endless", "#!" + (folder_ / "endless").string() + "\n");
    EXPECT_EQ(why_not_preloadable({"./static"}, folder), "\"./static\" is linked statically");
    EXPECT_THAT(why_not_preloadable({"./go"}, folder), HasSubstr("is written in Go"));
    EXPECT_THAT(why_not_preloadable({"./other"}, folder), HasSubstr("uses another C library"));
    EXPECT_THAT(why_not_preloadable({"./small"}, folder), HasSubstr("is a 32-bit program"));
    EXPECT_THAT(why_not_preloadable({"./script"}, folder), HasSubstr("is linked statically"));
    EXPECT_EQ(why_not_preloadable({"./endless"}, folder), "");
    EXPECT_TRUE(is_written_in_go({"./go"}, folder));
    EXPECT_FALSE(is_written_in_go({"./static"}, folder));
}

TEST_F(Executables, HaveToHaveTheirScript) {
    EXPECT_EQ(why_not({"python3", "server.py"}), "\"server.py\" would be run by python3, but there is no such file");
    EXPECT_EQ(why_not({"python3", "-m", "http.server"}), "");
    EXPECT_EQ(why_not({"sh", "{port}"}), "");
}

}  // namespace
}  // namespace parley
