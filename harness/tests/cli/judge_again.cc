// judge_again REPORT…: judges every observation of a JSON report again, and says where the verdict is another one.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <vector>

#include "parley/judge/judge.h"
#include "parley/report/json_report.h"
#include "parley/scenario/reader.h"

namespace {

using namespace parley;

/// The scenarios that a report names, each file read once.
class Scenarios {
public:
    const Scenario& named(const CellRecord& record) {
        auto& scenarios = read_[record.file];
        if (scenarios.empty()) {
            std::vector<Diagnostic> diagnostics;
            const auto root = scenarios_root(record.file);
            const auto catalogue = read_catalogue(root + "/implementations.json", diagnostics);
            const auto name = std::filesystem::relative(record.file, root).replace_extension().string();
            scenarios = read_scenarios(record.file, name, catalogue, diagnostics);
        }
        const auto found = std::ranges::find(scenarios, record.scenario, &Scenario::name);
        if (found == scenarios.end()) throw std::runtime_error(record.file + " has no scenario " + record.scenario);
        return *found;
    }

private:
    std::map<std::string, std::vector<Scenario>> read_;
};

int judge_again(const std::string& path) {
    Scenarios scenarios;
    int judged = 0, different = 0;
    for (const auto& record : read_json_report(path)) {
        if (!record.observation) continue;
        ++judged;
        auto verdict = judge(scenarios.named(record), *record.observation);
        if (record.known_failure) verdict = with_known_failure(std::move(verdict), *record.known_failure);
        if (verdict == record.verdict) continue;
        ++different;
        std::printf("%s: the verdict is another one\n", record.cell.c_str());
    }
    std::printf("%d judged, %d different\n", judged, different);
    return different;
}

}  // namespace

int main(int argc, char** argv) {
    int different = 0;
    try {
        for (int i = 1; i < argc; ++i) different += judge_again(argv[i]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
    return different == 0 ? 0 : 1;
}
