// How fast the harness is, beside the programs that it runs: the figures of docs/performance.md.
//
// Absolute times depend on the machine, so everything is set against what the programs themselves used in the same run.
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "cli/places.h"
#include "parley/judge/judge.h"
#include "parley/process/descriptor_limit.h"
#include "parley/run/project.h"
#include "parley/run/suite.h"
#include "relay_figures.h"

namespace parley {
namespace {

using Seconds = std::chrono::duration<double>;

struct Usage {
    double wall = 0;
    double programs = 0;  ///< processor time of all that was started and reaped
    double harness = 0;   ///< processor time of this process
    static Usage now() {
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
        };
        rusage self{}, children{};
        getrusage(RUSAGE_SELF, &self);
        getrusage(RUSAGE_CHILDREN, &children);
        return {Seconds(std::chrono::steady_clock::now().time_since_epoch()).count(),
                seconds(children.ru_utime) + seconds(children.ru_stime),
                seconds(self.ru_utime) + seconds(self.ru_stime)};
    }
    Usage& operator+=(const Usage& more) {
        wall += more.wall;
        programs += more.programs;
        harness += more.harness;
        return *this;
    }
    Usage operator-(const Usage& earlier) const {
        return {wall - earlier.wall, programs - earlier.programs, harness - earlier.harness};
    }
};

double resident_megabytes() {
    rusage self{};
    getrusage(RUSAGE_SELF, &self);
    return static_cast<double>(self.ru_maxrss) / 1024;
}

int processors() {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::unique_ptr<Project> load(const std::vector<std::string>& folders) {
    Selection selection;
    for (const auto& folder : folders) selection.paths.push_back(std::string(PARLEY_SOURCE_DIR "/scenarios/") + folder);
    return load_project(selection, PARLEY_SOURCE_DIR "/scenarios/implementations.json", PARLEY_BUILD_DIR);
}

bool native(const Implementation* implementation) {
    return !implementation || implementation->language == "c" || implementation->language == "cpp";
}

struct Conditions {
    int jobs = default_jobs();
    bool contained = false;
};

void contain(Workshop& workshop) {
    const auto reason = workshop.contain(Contained::everybodys, own_init(), folders_to_hide(), Limits{});
    if (reason.empty()) return;
    std::fprintf(stderr, "cannot contain programs (%s): no figures\n", reason.c_str());
    std::exit(1);
}

/// Runs `cells` over and over; a cell that does not pass makes the figures worthless.
Usage run(const std::vector<Cell>& cells, int repetitions, const std::function<void()>& after_each,
          const Conditions& conditions = {}) {
    asio::io_context loop{1};
    Workshop workshop(loop.get_executor(), PARLEY_BUILD_DIR, 1);
    if (conditions.contained) contain(workshop);
    const auto check = [&](const Cell& cell, int, const Observation& observation) {
        if (cell.unsupported.empty() && judge(*cell.scenario, observation).kind != Verdict::Kind::passed) {
            std::fprintf(stderr, "%s did not pass: no figures\n", cell.name().c_str());
            std::exit(1);
        }
        after_each();
    };
    Suite suite(workshop, cells, repetitions, conditions.jobs, {[](const Cell&) {}, check});
    const auto before = Usage::now();
    asio::co_spawn(loop, suite.run(), [](const std::exception_ptr& trouble) {
        if (trouble) std::rethrow_exception(trouble);
    });
    loop.run();
    return Usage::now() - before;
}

void print(const char* what, std::size_t cells, const Usage& usage) {
    const auto count = static_cast<double>(cells);
    std::printf(
        "%-28s %6zu cells %8.2f s %7.0f cells/s   programs %6.2f ms/cell   harness %5.2f ms/cell   "
        "wall / (programs / %d cores) = %.2f\n",
        what, cells, usage.wall, count / usage.wall, usage.programs / count * 1e3, usage.harness / count * 1e3,
        processors(), usage.wall / (usage.programs / processors()));
}

// What waits by nature measures the wait, so conversations alone.
std::vector<Cell> native_conversations() {
    static const auto project = load({"message", "echo", "ctime", "date"});
    auto cells = project->cells;
    std::erase_if(cells, [](const Cell& cell) {
        return !native(cell.client) || !native(cell.server) || waits_by_nature(*cell.scenario);
    });
    return cells;
}

void measure_native_cells() {
    const auto cells = native_conversations();
    const int repetitions = 40;
    print("C and C++ conversations", cells.size() * repetitions, run(cells, repetitions, [] {}));
}

void measure_suite() {
    const auto project = load({""});
    print("the whole suite", project->cells.size() * 2, run(project->cells, 2, [] {}));
}

// One cell after the other, so that the time is that from the start of a cell's first program to the end of its last;
// in turns, so that both ways have the same machine.
void measure_containers() {
    auto cells = native_conversations();
    std::erase_if(cells,
                  [](const Cell& cell) { return !cell.client || !cell.server || cell.scenario->clients.size() != 1; });
    constexpr int rounds = 10;
    Usage bare, contained;
    for (int round = 0; round < rounds; ++round) {
        bare += run(cells, 1, [] {}, {1, false});
        contained += run(cells, 1, [] {}, {1, true});
    }
    const auto count = cells.size() * rounds;
    print("two programs, one cell a time", count, bare);
    print("the same in containers", count, contained);
    const auto cells_run = static_cast<double>(count);
    std::printf(
        "a container costs each program %.2f ms of processor time; two, side by side, make a cell %.2f ms longer\n",
        (contained.programs + contained.harness - bare.programs - bare.harness) / (2 * cells_run) * 1e3,
        (contained.wall - bare.wall) / cells_run * 1e3);
}

// All in one run: what grows with the cells that were run shows as a quarter that is slower or larger than the last.
void measure_growth() {
    const auto cells = native_conversations();
    const auto repetitions = static_cast<int>(10000 / cells.size() + 1);
    const std::size_t quarter = cells.size() * static_cast<std::size_t>(repetitions) / 4;
    std::size_t count = 0;
    auto before = Usage::now();
    run(cells, repetitions, [&] {
        if (++count % quarter != 0) return;
        const auto now = Usage::now();
        print("a quarter of 10,000 cells", quarter, now - before);
        std::printf("%28s after %zu cells: %.1f MB at most\n", "", count, resident_megabytes());
        before = now;
    });
}

}  // namespace
}  // namespace parley

// parley_bench [relay|cells|containers]: all figures, or some alone.
int main(int argc, char** argv) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    parley::raise_descriptor_limit();
    if (wanted.empty() || wanted == "relay") parley::measure_relay();
    if (wanted == "relay") return 0;
    std::printf("C and C++ conversations: those in which no script pauses, no client idles, and no deadlock comes.\n");
    if (wanted.empty() || wanted == "cells") parley::measure_native_cells();
    if (wanted == "cells") return 0;
    if (wanted.empty()) {
        parley::measure_suite();
        parley::measure_growth();
    }
    parley::measure_containers();
}
