#include "parley/process/clock.h"

#include <glob.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>

#include "parley/base/format.h"
#include "parley/base/preloaded_library.h"

namespace parley {

namespace {

std::string link_path() {
    return format("{}/parley-steady.{}.so", std::filesystem::temp_directory_path().string(), getpid());
}

const PreloadedLibrary& steady() {
    static const PreloadedLibrary library(PARLEY_STEADY, link_path());
    return library;
}

}  // namespace

bool can_set_clocks() {
    glob_t found{};
    const bool any = glob("/usr/lib/*/faketime/libfaketimeMT.so.1", GLOB_NOSORT, nullptr, &found) == 0;
    globfree(&found);
    return any;
}

const std::string& clock_library() {
    return steady().path();
}

std::map<std::string, std::string> shifted_clock(std::int64_t shift) {
    return {
        // $LIB: ld.so(8) knows the program's architecture
        {"LD_PRELOAD", steady().before("/usr/$LIB/faketime/libfaketimeMT.so.1")},
        {"FAKETIME", format("{:+}", shift)},
        {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
        {"FAKETIME_FORCE_MONOTONIC_FIX", "0"},  // or waits that end by that clock end at once: a JVM spins
        {"NO_FAKE_STAT", "1"},                  // or Python would take all that it has compiled for out of date
        {"ASAN_OPTIONS", "verify_asan_link_order=0"},
    };
}

// It removes both itself, but not where its process is killed or executes another program.
void remove_clock_of(pid_t process) {
    shm_unlink(format("/faketime_shm_{}", process).c_str());
    sem_unlink(format("/faketime_sem_{}", process).c_str());
}

}  // namespace parley
