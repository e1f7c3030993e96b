#include "tests/programs/actor.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/observe/proc.h"
#include "parley/observe/threads.h"
#include "tests/programs/eventually.h"

namespace parley {

const std::string& actor_path() {
    static const std::string path = TP_ACTOR;
    return path;
}

std::vector<std::string> actor_command(std::vector<std::string> steps) {
    steps.insert(steps.begin(), actor_path());
    return steps;
}

Actor::Actor(std::vector<std::string> steps) {
    auto command = actor_command(std::move(steps));
    std::vector<char*> arguments;
    for (auto& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int ends[2];
    checked(pipe2(ends, O_CLOEXEC), "pipe");
    const FileDescriptor theirs(ends[0]);
    input_.reset(ends[1]);
    id_ = checked(fork(), "fork");
    if (id_ == 0) {
        setsid();
        dup2(theirs.get(), 0);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
}

Actor::~Actor() {
    // Before it has become a leader its group is ours, and only its own id can be meant.
    if (kill(-id_, SIGKILL) < 0) kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
}

bool Actor::reaches(long call) const {
    const auto beginning = format("{} ", call);
    return eventually([&] {
        for (const pid_t process : process_tree(id_))
            for (const pid_t task : tasks_of(process))
                if (slurp(format("/proc/{}/task/{}/syscall", process, task)).starts_with(beginning)) return true;
        return false;
    });
}

void Actor::tell(const std::string& text) const {
    checked(write(input_.get(), text.data(), text.size()), "write to an actor");
}

}  // namespace parley
