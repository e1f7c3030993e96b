#include "parley/run/build_run.h"

#include <cstdlib>

#include "parley/base/offload.h"
#include "parley/run/program_run.h"

namespace parley {

namespace {

using Time = std::chrono::steady_clock;
using namespace std::chrono_literals;

// Compilers use more than what they make.
constexpr Limits build_limits{.processes = 1024,
                              .memory = 4ULL << 30,
                              .processor = 600,
                              .file_size = 1 << 30,
                              .open_files = 4096,
                              .output = 64 << 20};
// What descendants may take to let go of a console after they were killed.
constexpr auto console_grace = 500ms;

ProgramPart surroundings(bool contained) {
    ProgramPart part;
    for (const char* name : {"HOME", "PATH"}) {
        if (const char* value = std::getenv(name)) part.env[name] = value;
    }
    if (contained) part.env["HOME"] = "/tmp";
    return part;
}

std::optional<Container> container_of(const Workshop& workshop, const std::string& folder) {
    if (!workshop.containment()) return std::nullopt;
    return Container{folder, true, {}, build_limits};
}

}  // namespace

bool BuildOutcome::succeeded() const {
    const auto* exited = std::get_if<Exited>(&state);
    return exited && exited->status == 0;
}

BuildRun::BuildRun(Workshop& workshop) : workshop_(workshop), changed_(workshop.executor()) {}

void BuildRun::interrupt() {
    interrupted_ = true;
    changed_.notify();
}

asio::awaitable<BuildOutcome> BuildRun::run(std::vector<std::string> command, std::string folder,
                                            Time::duration limit) {
    auto making = [this] { return workshop_.make_place(0, PortUse::mapped); };
    const auto place = co_await offload(workshop_.helpers(), making);
    TaskGroup tasks(workshop_.executor(), [this] { changed_.notify(); });
    ProgramRun program(workshop_, tasks, [this] { changed_.notify(); });
    const auto part = surroundings(workshop_.containment() != nullptr);
    const ProgramRun::Setting setting{folder, *place, container_of(workshop_, folder)};
    co_await program.start(std::move(command), part, setting);
    const auto deadline = Time::now() + limit;
    while (program.running() && !interrupted_ && Time::now() < deadline) co_await changed_.wait_until(deadline);

    program.freeze();
    program.kill();
    while (program.alive()) co_await changed_.wait();
    // Whoever is left may hold the consoles. Once all are dead, the grace is for the kernel.
    const auto give_up = Time::now() + console_grace;
    Homes homes;
    place->add_to(homes);
    for (;;) {
        co_await end_strays(workshop_.leaders(), homes);
        if (tasks.running() == 0 || Time::now() >= give_up) break;
        co_await changed_.wait_until(give_up);
    }
    program.close_consoles();
    co_await tasks.join();
    auto& seen = program.observation();
    co_return BuildOutcome{seen.state, std::move(seen.out), std::move(seen.err)};
}

}  // namespace parley
