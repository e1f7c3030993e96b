#include "parley/report/summary.h"

#include <string_view>

#include "parley/base/format.h"

namespace parley {

namespace {

std::string cells(std::size_t count) {
    return format("{} cell{}", count, count == 1 ? "" : "s");
}

/// `needs javac` has to agree with the number of cells before it; other reasons stand as they are.
std::string counted(std::size_t count, std::string_view reason) {
    constexpr std::string_view needs = "needs ";
    if (!reason.starts_with(needs)) return format("{} unsupported: {}\n", cells(count), reason);
    return format("{} {} {}\n", cells(count), count == 1 ? "needs" : "need", reason.substr(needs.size()));
}

}  // namespace

void Counts::add(Verdict::Kind kind) {
    switch (kind) {
        case Verdict::Kind::passed: ++passed; break;
        case Verdict::Kind::failed: ++failed; break;
        case Verdict::Kind::unsupported: ++unsupported; break;
        case Verdict::Kind::could_not_run: ++could_not_run; break;
    }
}

void Summary::add(const Verdict& verdict) {
    counts_.add(verdict.kind);
    if (verdict.kind == Verdict::Kind::unsupported) ++reasons_[verdict.reason];
}

std::string Summary::line(std::chrono::duration<double> elapsed) const {
    return format("{}: {} passed, {} failed, {} unsupported, {} could not run in {:.1f} s", cells(counts_.total()),
                  counts_.passed, counts_.failed, counts_.unsupported, counts_.could_not_run, elapsed.count());
}

std::string Summary::unsupported() const {
    std::string text;
    for (const auto& [reason, count] : reasons_) text += counted(count, reason);
    return text;
}

bool is_trouble(const Verdict& verdict) {
    return verdict.kind == Verdict::Kind::failed || verdict.kind == Verdict::Kind::could_not_run;
}

std::string headline(const Verdict& verdict) {
    return verdict.findings.empty() ? name(verdict.kind) : verdict.findings.front().message;
}

}  // namespace parley
