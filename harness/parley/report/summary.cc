#include "parley/report/summary.h"

#include <string_view>

#include "parley/base/format.h"
#include "parley/base/language.h"

namespace parley {

namespace {

std::string cells(std::size_t count) {
    return format("{} cell{}", count, count == 1 ? "" : "s");
}

/// `needs javac` has to agree with the number of cells before it; other reasons stand as they are.
std::string counted(Verdict::Kind kind, std::string_view reason, std::size_t count) {
    if (kind == Verdict::Kind::known_failure) return format("{}: {}\n", known_failures(count), reason);
    constexpr std::string_view needs = "needs ";
    if (!reason.starts_with(needs)) return format("{} unsupported: {}\n", cells(count), reason);
    return format("{} {} {}\n", cells(count), count == 1 ? "needs" : "need", reason.substr(needs.size()));
}

}  // namespace

void Counts::add(Verdict::Kind kind) {
    switch (kind) {
        case Verdict::Kind::passed: ++passed; break;
        case Verdict::Kind::failed: ++failed; break;
        case Verdict::Kind::known_failure: ++known_failures; break;
        case Verdict::Kind::unsupported: ++unsupported; break;
        case Verdict::Kind::could_not_run: ++could_not_run; break;
    }
}

void Summary::add(const Verdict& verdict) {
    counts_.add(verdict.kind);
    if (!verdict.reason.empty()) ++reasons_[{verdict.kind, verdict.reason}];
}

std::string Summary::line(std::chrono::duration<double> elapsed) const {
    const auto known = counts_.known_failures > 0 ? known_failures(counts_.known_failures) + ", " : "";
    return format("{}: {} passed, {} failed, {}{} unsupported, {} could not run in {:.1f} s", cells(counts_.total()),
                  counts_.passed, counts_.failed, known, counts_.unsupported, counts_.could_not_run, elapsed.count());
}

std::string Summary::reasons() const {
    std::string text;
    for (const auto& [why, count] : reasons_) text += counted(why.first, why.second, count);
    return text;
}

std::string known_failures(std::size_t count) {
    return format("{} known failure{}", count, count == 1 ? "" : "s");
}

bool is_trouble(const Verdict& verdict) {
    return verdict.kind == Verdict::Kind::failed || verdict.kind == Verdict::Kind::could_not_run;
}

std::string shown_name(const Cell& cell) {
    return format("{}:{}:{}", cell.scenario->name, tr(cell.player_name(Side::client).c_str()),
                  tr(cell.player_name(Side::server).c_str()));
}

std::string headline(const Verdict& verdict) {
    return verdict.findings.empty() ? tr(name(verdict.kind)) : verdict.findings.front().message;
}

}  // namespace parley
