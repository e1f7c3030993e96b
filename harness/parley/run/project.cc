#include "parley/run/project.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "parley/base/bytes.h"
#include "parley/base/format.h"
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

std::string normal(const std::string& file) {
    return std::filesystem::absolute(file).lexically_normal().string();
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
        const bool whole = selection_.filter.empty() && selection_.tags.empty();
        if (whole && project_.diagnostics.empty()) report_unmatched_entries();
        if (selection_.filter.empty()) return;
        std::erase_if(project_.cells, [&](const Cell& cell) { return !matches_glob(selection_.filter, cell.name()); });
    }

private:
    void load_scenario(const std::string& file) {
        const auto root = scenarios_root(file);
        const auto& catalogue = catalogue_of(root);
        const auto* known = known_failures_of(root);
        loaded_.insert(normal(file));
        for (auto& read : read_scenarios(file, scenario_name(file, root), catalogue, project_.diagnostics)) {
            const auto scenario = std::make_shared<const Scenario>(std::move(read));
            if (!selects(selection_, *scenario)) continue;
            project_.scenarios.push_back(scenario);
            if (!project_.diagnostics.empty()) continue;
            auto cells = plan_here(scenario, catalogue, build_);
            if (known) mark(cells, *known);
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

    /// What the file beside the catalogue in `root` holds; nullptr where there is none.
    const KnownFailures* known_failures_of(const std::string& root) {
        const auto [place, is_new] = known_failures_.try_emplace(root);
        const auto file = std::filesystem::path(root) / known_failures_name;
        if (is_new && !root.empty() && std::filesystem::exists(file)) {
            place->second =
                &project_.known_failures.emplace_back(read_known_failures(file.string(), project_.diagnostics));
        }
        return place->second;
    }

    void mark(std::vector<Cell>& cells, const KnownFailures& known) {
        for (auto& cell : cells) {
            for (const auto& entry : known.entries) {
                if (!matches_glob(entry.cells, cell.name())) continue;
                matched_.insert(&entry);
                if (!cell.known_failure) cell.known_failure = &entry;
            }
        }
    }

    void report_unmatched_entries() {
        for (const auto& [root, known] : known_failures_) {
            if (!known || !has_loaded_all(root)) continue;
            for (const auto& entry : known->entries) {
                if (matched_.contains(&entry)) continue;
                project_.diagnostics.push_back(
                    {known->file, entry.position, format("no cell matches {}", quoted(entry.cells))});
            }
        }
    }

    bool has_loaded_all(const std::string& root) const {
        const auto files = find_scenario_files({root});
        return std::all_of(files.begin(), files.end(), [&](const std::string& file) {
            return loaded_.contains(normal(file)) || scenarios_root(file) != root;
        });
    }

    Project& project_;
    const Selection& selection_;
    std::string default_catalogue_, build_;
    std::map<std::string, const Catalogue*> catalogues_;
    std::map<std::string, const KnownFailures*> known_failures_;  ///< by the folder that holds them
    std::set<const KnownFailure*> matched_;
    std::set<std::string> loaded_;  ///< files
};

}  // namespace

std::vector<Cell> plan_here(const std::shared_ptr<const Scenario>& scenario, const Catalogue& catalogue,
                            const std::string& build) {
    return plan({scenario}, catalogue, ThisMachine(catalogue, build));
}

std::unique_ptr<Project> load_project(const Selection& selection, const std::string& default_catalogue,
                                      const std::string& build) {
    auto project = std::make_unique<Project>();
    Loader(*project, selection, default_catalogue, build).load();
    return project;
}

}  // namespace parley
