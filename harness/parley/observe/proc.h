// Reading /proc: small files whose contents vanish with their process.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace parley {

/// The contents of a small file; empty where it cannot be read (its process has ended).
std::string slurp(const std::string& path);

/// The numbers in a /proc/PID/task/TID/children file.
std::vector<pid_t> children_of_task(pid_t process, pid_t task);

/// The ids in /proc/PID/task.
std::vector<pid_t> tasks_of(pid_t process);

/// The descriptors in /proc/PID/fd.
std::vector<int> descriptors_of(pid_t process);

/// The ids of all processes that /proc shows.
std::vector<pid_t> all_processes();

/// /proc/PID/task/TID/stat: the name (comm), the state's letter, and whether the task is on its way out (PF_EXITING).
struct TaskStat {
    std::string name;
    char state = '?';
    bool exiting = false;
};
TaskStat read_stat(pid_t process, pid_t task);

}  // namespace parley
