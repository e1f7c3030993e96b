#include "parley/run/project.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "parley/process/environment.h"
#include "parley/scenario/placeholders.h"
#include "parley/scenario/reader.h"

namespace parley {

namespace {

/// The machine that parley runs on.
class ThisMachine : public Machine {
public:
    ThisMachine(const Catalogue& catalogue, const std::string& build)
        : values_{{"source", catalogue.source()}, {"build", build}} {}

    bool has(const Need& need) const override {
        const auto path = fill_in(need.path, values_);
        if (path.find('/') == std::string::npos) return !find_program(path).empty();
        return access(path.c_str(), F_OK) == 0;
    }

private:
    std::map<std::string, std::string> values_;
};

// `scenarios/echo/x.json` below the root `scenarios` is called `echo/x`.
std::string scenario_name(const std::string& file, const std::string& root) {
    const std::filesystem::path path(file);
    const auto relative = root.empty() ? path.filename() : std::filesystem::relative(path, root);
    return relative.parent_path() / relative.stem();
}

bool selects(const Selection& selection, const Scenario& scenario) {
    return selection.tags.empty() ||
           std::any_of(selection.tags.begin(), selection.tags.end(), [&](const std::string& tag) {
               return std::find(scenario.tags.begin(), scenario.tags.end(), tag) != scenario.tags.end();
           });
}

class Loader {
public:
    Loader(Project& project, const Selection& selection, std::string default_catalogue, std::string build)
        : project_(project),
          selection_(selection),
          default_catalogue_(std::move(default_catalogue)),
          build_(std::move(build)) {}

    void load() {
        for (const auto& file : find_scenario_files(selection_.paths)) load_scenario(file);
        if (selection_.filter.empty()) return;
        std::erase_if(project_.cells, [&](const Cell& cell) { return !matches_glob(selection_.filter, cell.name()); });
    }

private:
    void load_scenario(const std::string& file) {
        const auto root = scenarios_root(file);
        const auto& catalogue = catalogue_of(root);
        for (auto& read : read_scenarios(file, scenario_name(file, root), catalogue, project_.diagnostics)) {
            const auto scenario = std::make_shared<const Scenario>(std::move(read));
            if (!selects(selection_, *scenario)) continue;
            project_.scenarios.push_back(scenario);
            if (!project_.diagnostics.empty()) continue;
            auto cells = plan({scenario}, catalogue, ThisMachine(catalogue, build_));
            std::move(cells.begin(), cells.end(), std::back_inserter(project_.cells));
        }
    }

    const Catalogue& catalogue_of(const std::string& root) {
        const auto file =
            root.empty() ? default_catalogue_ : (std::filesystem::path(root) / "implementations.json").string();
        auto& known = catalogues_[file];
        if (!known) known = &project_.catalogues.emplace_back(read_catalogue(file, project_.diagnostics));
        return *known;
    }

    Project& project_;
    const Selection& selection_;
    std::string default_catalogue_, build_;
    std::map<std::string, const Catalogue*> catalogues_;
};

}  // namespace

std::unique_ptr<Project> load_project(const Selection& selection, const std::string& default_catalogue,
                                      const std::string& build) {
    auto project = std::make_unique<Project>();
    Loader(*project, selection, default_catalogue, build).load();
    return project;
}

}  // namespace parley
