#include "parley/observe/proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <memory>

#include "parley/base/file_descriptor.h"
#include "parley/base/format.h"

namespace parley {

namespace {

// The entries of a folder that are numbers; none where it cannot be read.
std::vector<int> numbers_in(const std::string& path) {
    std::vector<int> numbers;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
    if (!folder) return numbers;
    while (const dirent* entry = readdir(folder.get())) {
        const std::string_view name = entry->d_name;
        int number = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), number).ec == std::errc())
            numbers.push_back(number);
    }
    return numbers;
}

}  // namespace

std::string slurp(const std::string& path) {
    const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string text;
    if (!file) return text;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = read(file.get(), buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(count));
    return text;
}

std::vector<pid_t> children_of_task(pid_t process, pid_t task) {
    const auto text = slurp(format("/proc/{}/task/{}/children", process, task));
    std::vector<pid_t> children;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (pid_t child = 0; at < end;) {
        const auto [next, error] = std::from_chars(at, end, child);
        if (error != std::errc()) break;
        children.push_back(child);
        at = next + 1;  // past the space
    }
    return children;
}

std::vector<pid_t> tasks_of(pid_t process) {
    return numbers_in(format("/proc/{}/task", process));
}

std::vector<pid_t> all_processes() {
    return numbers_in("/proc");
}

std::vector<int> descriptors_of(pid_t process) {
    return numbers_in(format("/proc/{}/fd", process));
}

// The name stands in parentheses and may hold any character, so the last one closes it (proc(5)).
TaskStat read_stat(pid_t process, pid_t task) {
    const auto text = slurp(format("/proc/{}/task/{}/stat", process, task));
    const auto open = text.find('(');
    const auto close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close + 2 >= text.size()) return {};
    TaskStat stat{text.substr(open + 1, close - open - 1), text[close + 2], false};
    constexpr int fields_to_flags = 6;  // state ppid pgrp session tty_nr tpgid flags
    constexpr unsigned long pf_exiting = 4;
    auto at = close + 2;
    for (int field = 0; field < fields_to_flags; ++field) at = text.find(' ', at) + 1;
    unsigned long flags = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), flags);
    stat.exiting = (flags & pf_exiting) != 0;
    return stat;
}

}  // namespace parley
