#include "parley/judge/conduct.h"

#include <signal.h>

#include <optional>
#include <utility>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/actor.h"
#include "parley/judge/wording.h"

namespace parley {

namespace {

using Code = Finding::Code;

std::string size_text(std::uint64_t octets) {
    constexpr std::uint64_t mebi = 1 << 20;
    return octets >= mebi && octets % mebi == 0 ? told("{} MiB", octets / mebi) : parley::octets(octets);
}

std::pair<Code, std::string> excess(const Actor& actor, const Exceeded& exceeded) {
    switch (exceeded.what) {
        case Exceeded::What::processes:
            return {Code::process_limit,
                    told("{} had more than {} processes and threads at a time, and was ended with all of them",
                         actor.name, exceeded.limit)};
        case Exceeded::What::memory:
            return {Code::memory_limit,
                    told("{} used more than {} of memory, and was ended", actor.name, size_text(exceeded.limit))};
        case Exceeded::What::processor:
            return {Code::processor_limit,
                    told("{} used more than {} s of processor time, and was ended", actor.name, exceeded.limit)};
        case Exceeded::What::output: break;
    }
    return {Code::output_flood, told("{} wrote more than {} to its console, of which the first {} were kept, and was "
                                     "ended",
                                     actor.name, size_text(exceeded.limit), octets(Captured::limit))};
}

/// What explains all that is missing otherwise.
std::optional<Finding> misconduct(const Actor& actor) {
    if (actor.program.exceeded) {
        auto [code, message] = excess(actor, *actor.program.exceeded);
        return finding_of(actor, code, actor.part.position, std::move(message));
    }
    const auto* signaled = std::get_if<Signaled>(&actor.program.state);
    if (signaled && signaled->signal == SIGXFSZ)
        return finding_of(actor, Code::file_size_limit, actor.part.position,
                          told("{} wrote a larger file than it may, and was ended (SIGXFSZ)", actor.name));
    if (signaled && signaled->signal == SIGXCPU)
        return finding_of(actor, Code::processor_limit, actor.part.position,
                          told("{} used more processor time than it may, and was ended (SIGXCPU)", actor.name));
    if (actor.program.stopped)
        return finding_of(
            actor, Code::stopped, actor.part.position,
            told("{} is suspended: a signal (SIGSTOP, SIGTSTP, …) stopped it, and nobody wakes it", actor.name));
    return std::nullopt;
}

std::optional<Finding> leftovers(const Actor& actor) {
    const auto count = static_cast<std::uint64_t>(actor.program.left_behind);
    if (count == 0) return std::nullopt;
    const auto ended = ended_text(actor.program.state);
    const bool was_to_stay = actor.side == Side::server && !actor.part.expect.exit;
    if (was_to_stay)
        return finding_of(actor, Code::daemonised, actor.part.position,
                          told("{} put itself in the background: its first process {}, and {} that it started live on",
                               actor.name, ended, plural(count, "{} process", "{} processes", count)));
    return finding_of(actor, Code::left_processes, actor.part.position,
                      told("{} {}, and {} that it started live on", actor.name, ended,
                           plural(count, "{} process", "{} processes", count)));
}

/// Whether `other_finding` only says how a program ended, or what it wrote, of which `finding` says why.
bool is_explained_by(const Finding& other_finding, const Finding& finding) {
    if (other_finding.side != finding.side) return false;
    if (finding.side == Side::client && other_finding.client != finding.client) return false;
    switch (other_finding.code) {
        case Code::killed_by_signal: return finding.code != Code::stopped && finding.code != Code::left_processes;
        case Code::ended_early: return finding.code == Code::daemonised;
        case Code::still_running: return finding.code == Code::stopped;
        case Code::output_flood: return finding.code == Code::output_flood;
        default: return false;
    }
}

/// Whether it happened to the program because of how a program stood, of which nothing is known besides.
bool is_only_about_time(const Finding& finding) {
    return finding.code == Code::deadline || finding.code == Code::deadlock;
}

void put(Finding finding, bool first, Verdict& verdict) {
    auto& findings = verdict.findings;
    std::erase_if(findings, [&](const Finding& other_finding) {
        return is_explained_by(other_finding, finding) ||
               (finding.code == Code::stopped && is_only_about_time(other_finding));
    });
    findings.insert(first ? findings.begin() : findings.end(), std::move(finding));
    verdict.kind = Verdict::Kind::failed;
}

}  // namespace

void add_conduct(const Scenario& scenario, const Observation& observation, Verdict& verdict) {
    if (observation.ending == Ending::broken || observation.ending == Ending::interrupted) return;
    for (const auto& actor : actors_of(scenario, observation))
        if (auto finding = leftovers(actor)) put(std::move(*finding), false, verdict);
    for (const auto& actor : actors_of(scenario, observation))
        if (auto finding = misconduct(actor)) put(std::move(*finding), true, verdict);
}

}  // namespace parley
