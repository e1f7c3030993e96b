#include "parley/scenario/ports.h"

namespace parley {

namespace {

int role_port(const ProgramPart& part, const Catalogue& catalogue) {
    return part.role.empty() ? 0 : catalogue.roles.at(part.role).port;
}

}  // namespace

std::uint16_t server_port(const Scenario& scenario, const Catalogue& catalogue) {
    int port = scenario.port.value_or(scenario.server ? role_port(*scenario.server, catalogue) : 0);
    for (const auto& client : scenario.clients) port = port ? port : role_port(client, catalogue);
    return static_cast<std::uint16_t>(port);
}

std::uint16_t client_port(const Scenario& scenario, const ClientPart& client, const Catalogue& catalogue) {
    const int port = client.port.value_or(scenario.port.value_or(role_port(client, catalogue)));
    return port ? static_cast<std::uint16_t>(port) : server_port(scenario, catalogue);
}

}  // namespace parley
