#include "parley/judge/verdict.h"

#include "parley/base/language.h"

namespace parley {

const char* name(Finding::Code code) {
    using Code = Finding::Code;
    switch (code) {
        case Code::bytes_differ: return "bytes-differ";
        case Code::bytes_missing: return "bytes-missing";
        case Code::bytes_extra: return "bytes-extra";
        case Code::turn_missing: return "turn-missing";
        case Code::data_unexpected: return "data-unexpected";
        case Code::out_of_turn: return "out-of-turn";
        case Code::end_missing: return "end-missing";
        case Code::end_unexpected: return "end-unexpected";
        case Code::reset_unexpected: return "reset-unexpected";
        case Code::reset_missing: return "reset-missing";
        case Code::not_refused: return "not-refused";
        case Code::never_connected: return "never-connected";
        case Code::wrong_host: return "wrong-host";
        case Code::connection_extra: return "connection-extra";
        case Code::never_listened: return "never-listened";
        case Code::wrong_port: return "wrong-port";
        case Code::not_started: return "not-started";
        case Code::exit_status: return "exit-status";
        case Code::killed_by_signal: return "killed-by-signal";
        case Code::still_running: return "still-running";
        case Code::ended_early: return "ended-early";
        case Code::stdout_differs: return "stdout-differs";
        case Code::stderr_differs: return "stderr-differs";
        case Code::deadlock: return "deadlock";
        case Code::deadlock_missing: return "deadlock-missing";
        case Code::deadline: return "deadline";
        case Code::primitives_differ: return "primitives-differ";
        case Code::output_flood: return "output-flood";
        case Code::process_limit: return "process-limit";
        case Code::memory_limit: return "memory-limit";
        case Code::processor_limit: return "processor-limit";
        case Code::file_size_limit: return "file-size-limit";
        case Code::stopped: return "stopped";
        case Code::daemonised: return "daemonised";
        case Code::left_processes: return "left-processes";
        case Code::passed_unexpectedly: return "passed-unexpectedly";
        case Code::harness_trouble: return "harness-trouble";
    }
    return "?";
}

const char* name(Verdict::Kind kind) {
    switch (kind) {
        case Verdict::Kind::passed: return marked("passed");
        case Verdict::Kind::failed: return marked("failed");
        case Verdict::Kind::known_failure: return marked("known-failure");
        case Verdict::Kind::unsupported: return marked("unsupported");
        case Verdict::Kind::could_not_run: return marked("could-not-run");
    }
    return "?";
}

}  // namespace parley
