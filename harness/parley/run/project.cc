#include "parley/run/project.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "parley/base/bytes.h"
#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/process/clock.h"
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

    bool sets_clocks() const override { return can_set_clocks(); }

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
        project_.files = find_scenario_files(selection_.paths);
        for (const auto& file : project_.files) load_scenarios(file);
        for (const auto& path : selection_.paths) load_what_is_beside(path);
        const bool whole = selection_.filter.empty() && selection_.tags.empty();
        if (whole && project_.diagnostics.empty()) report_unmatched_entries();
        sort_by_place(project_.diagnostics);
        if (selection_.filter.empty()) return;
        std::erase_if(project_.cells, [&](const Cell& cell) { return !matches_glob(selection_.filter, cell.name()); });
    }

private:
    void load_scenarios(const std::string& file) {
        const auto root = scenarios_root(file);
        const auto& catalogue = catalogue_of(root);
        const auto* known = known_failures_of(root);
        loaded_.insert(normal(file));
        const auto name = scenario_name(file, root);
        const auto read = [&] { return read_scenarios(file, name, catalogue, project_.diagnostics); };
        for (auto& each : or_diagnostic(file, read)) {
            const auto scenario = std::make_shared<const Scenario>(std::move(each));
            check_name(*scenario, root);
            if (!selects(selection_, *scenario)) continue;
            project_.scenarios.push_back(scenario);
            if (!project_.diagnostics.empty()) continue;
            auto cells = plan_here(scenario, catalogue, build_);
            if (known) mark(cells, *known);
            std::move(cells.begin(), cells.end(), std::back_inserter(project_.cells));
        }
    }

    /// A catalogue, or known failures, that the selection names.
    void load_what_is_beside(const std::string& path) {
        if (!is_catalogue(path) && !is_known_failures(path)) return;
        const auto root = std::filesystem::path(normal(path)).parent_path().string();
        if (is_catalogue(path))
            catalogue_of(root);
        else
            known_failures_of(root);
        project_.files.push_back(path);
    }

    // `a.json` with a case `b` and `a/b.json` are both called `a/b`. Without a root a name says little anyway.
    void check_name(const Scenario& scenario, const std::string& root) {
        const auto [known, is_new] = names_.emplace(std::pair(root, scenario.name), scenario.file);
        if (is_new || root.empty()) return;
        project_.diagnostics.push_back(
            {scenario.file, {}, format("{} too holds a scenario called '{}'", known->second, scenario.name)});
    }

    const Catalogue& catalogue_of(const std::string& root) {
        const auto file =
            root.empty() ? default_catalogue_ : (std::filesystem::path(root) / "implementations.json").string();
        auto& known = catalogues_[file];
        const auto read = [&] { return read_catalogue(file, project_.diagnostics); };
        if (!known) known = &project_.catalogues.emplace_back(or_diagnostic(file, read));
        return *known;
    }

    /// What the file beside the catalogue in `root` holds; nullptr where there is none.
    const KnownFailures* known_failures_of(const std::string& root) {
        const auto [place, is_new] = known_failures_.try_emplace(root);
        const auto file = (std::filesystem::path(root) / known_failures_name).string();
        const auto read = [&] { return read_known_failures(file, project_.diagnostics); };
        if (is_new && !root.empty() && std::filesystem::exists(file))
            place->second = &project_.known_failures.emplace_back(or_diagnostic(file, read));
        return place->second;
    }

    /// What `read` returns. That `file` cannot be read is a mistake like those in it.
    template <typename Read>
    auto or_diagnostic(const std::string& file, const Read& read) -> decltype(read()) {
        try {
            return read();
        } catch (const UsageError& error) {
            project_.diagnostics.push_back({file, {}, error.what()});
            return {};
        }
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
    std::map<std::pair<std::string, std::string>, std::string> names_;  ///< of scenarios, by root and name: their files
    std::map<std::string, const KnownFailures*> known_failures_;        ///< by the folder that holds them
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
