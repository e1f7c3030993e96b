#include <cstdio>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/format.h"
#include "parley/json/json.h"
#include "parley/report/one_line.h"
#include "places.h"

namespace parley {

namespace {

/// What is listed: each entry as JSON, and as the columns of a line.
struct Listing {
    Json entries = Json::array();
    std::vector<std::vector<std::string>> rows;

    void add(Json entry, std::vector<std::string> row) {
        entries.push_back(std::move(entry));
        rows.push_back(std::move(row));
    }
};

Listing list_scenarios(const Project& project) {
    Listing listing;
    for (const auto& scenario : project.scenarios)
        listing.add(
            {{"name", scenario->name}, {"file", scenario->file}, {"about", scenario->about}, {"tags", scenario->tags}},
            {scenario->name, scenario->about});
    return listing;
}

Listing list_roles(const Project& project) {
    Listing listing;
    for (const auto& catalogue : project.catalogues)
        for (const auto& [role_name, role] : catalogue.roles) {
            std::vector<std::string> languages;
            for (const auto* implementation : catalogue.of(role_name)) languages.push_back(implementation->language);
            listing.add({{"name", role.name},
                         {"side", name(role.side)},
                         {"port", role.port},
                         {"argv", role.argv},
                         {"about", role.about},
                         {"languages", languages}},
                        {role.name, format("port {}", role.port), joined(languages, ", "), role.about});
        }
    return listing;
}

Listing list_implementations(const Project& project) {
    Listing listing;
    for (const auto& catalogue : project.catalogues)
        for (const auto& implementation : catalogue.implementations)
            listing.add({{"name", implementation.name()},
                         {"role", implementation.role},
                         {"language", implementation.language},
                         {"reference", implementation.reference},
                         {"level", implementation.claim.level},
                         {"command", implementation.command}},
                        {implementation.name(), implementation.reference ? "reference" : "port",
                         joined(implementation.command, " ")});
    return listing;
}

Listing list_cells(const Project& project) {
    Listing listing;
    const auto language = [](const Implementation* implementation) {
        return implementation ? Json(implementation->language) : Json(nullptr);
    };
    for (const auto& cell : project.cells) {
        std::vector<std::string> remarks;
        if (!cell.unsupported.empty()) remarks.push_back(cell.unsupported);
        if (cell.known_failure) remarks.push_back("known failure: " + cell.known_failure->reason);
        listing.add({{"name", cell.name()},
                     {"scenario", cell.scenario->name},
                     {"client", language(cell.client)},
                     {"server", language(cell.server)},
                     {"unsupported", cell.unsupported.empty() ? Json(nullptr) : Json(cell.unsupported)},
                     {"known_failure", cell.known_failure ? Json(cell.known_failure->reason) : Json(nullptr)}},
                    {cell.name(), joined(remarks, "; ")});
    }
    return listing;
}

// Columns as wide as their widest entry; the last one as it is.
void print_rows(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column)
            line += format("{:<{}}  ", row[column], widths[column]);
        line.erase(line.find_last_not_of(' ') + 1);
        std::printf("%s\n", line.c_str());
    }
}

}  // namespace

int list(const ListOptions& options) {
    const auto project = load_project(options.selection, own_catalogue(), own_build());
    if (tell(project->diagnostics)) return exit_status::usage;
    const auto listing = options.what == "scenarios"         ? list_scenarios(*project)
                         : options.what == "roles"           ? list_roles(*project)
                         : options.what == "implementations" ? list_implementations(*project)
                                                             : list_cells(*project);
    if (options.json)
        std::printf("%s\n", listing.entries.dump(2).c_str());
    else
        print_rows(listing.rows);
    return exit_status::as_expected;
}

}  // namespace parley
