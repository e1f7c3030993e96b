#include <algorithm>
#include <cstdio>
#include <cstring>

#include "commands.h"
#include "exit_status.h"
#include "parley/base/bytes.h"
#include "parley/base/format.h"
#include "parley/doctor/consequences.h"
#include "parley/doctor/mend.h"
#include "parley/doctor/platform.h"
#include "parley/doctor/probes.h"
#include "parley/json/json.h"
#include "places.h"

namespace parley {

namespace {

// docs/doctor.md describes the keys.
void print_json(const Platform& platform, const std::vector<Examined>& all, const Consequences& result) {
    Json features = Json::array();
    for (const auto& one : all)
        features.push_back({{"name", name(one.feature)},
                            {"works", one.works()},
                            {"required", is_required(one.feature)},
                            {"detail", printable(one.detail)},
                            {"trouble", printable(one.trouble)},
                            {"mend", one.works() ? "" : mend(one, platform)}});
    const Json told{
        {"platform",
         {{"system", printable(platform.system)},
          {"root", platform.root},
          {"container", platform.container},
          {"github_actions", platform.github},
          {"apparmor_restricts_user_namespaces", platform.apparmor_restricts}}},
        {"features", std::move(features)},
        {"consequences",
         {{"isolation", result.isolation}, {"contained", result.contained}, {"unsupported", result.unsupported}}}};
    std::printf("%s\n", told.dump(2).c_str());
}

void print_text(const Platform& platform, const std::vector<Examined>& all, const Consequences& result) {
    std::size_t widest = 0;
    for (const auto& one : all) widest = std::max(widest, std::strlen(title(one.feature)));
    std::printf("%s\n\n", printable(platform.text()).c_str());
    for (const auto& one : all) {
        const auto told = printable(one.works() ? one.detail : one.trouble);
        const auto line =
            format("{:<7}  {:<{}}  {}", one.works() ? "works" : "missing", title(one.feature), widest, told);
        std::printf("%s\n", line.substr(0, line.find_last_not_of(' ') + 1).c_str());
        const auto command = one.works() ? "" : mend(one, platform);
        if (!command.empty()) std::printf("         mend: %s\n", command.c_str());
    }
    std::printf("\n");
    for (const auto& sentence : result.sentences()) std::printf("%s\n", sentence.c_str());
}

}  // namespace

int doctor(const DoctorOptions& options) {
    const auto platform = platform_here();
    const auto all = examine({own_init(), own_translations()});
    const auto result = consequences(all);
    options.json ? print_json(platform, all, result) : print_text(platform, all, result);
    return result.anything_runs() ? exit_status::as_expected : exit_status::could_not_run;
}

}  // namespace parley
