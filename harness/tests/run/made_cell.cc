#include "made_cell.h"

#include <boost/asio/co_spawn.hpp>
#include <cstdlib>

#include "tests/programs/actor.h"

namespace parley {

MadeCell::MadeCell() {
    catalogue_.file = "/implementations.json";
    for (const auto side : {Side::server, Side::client}) {
        Role role;
        role.name = name(side);
        role.side = side;
        role.port = made_port;
        catalogue_.roles[role.name] = role;
        auto& implementation = side == Side::server ? server_ : client_;
        implementation.role = role.name;
        implementation.language = "actor";
        implementation.command = {actor_path()};
    }
    scenario.name = "made";
}

MadeCell& MadeCell::server(Steps steps) {
    scenario.server.emplace();
    scenario.server->role = "server";
    scenario.server->argv = std::move(steps);
    return *this;
}

MadeCell& MadeCell::ending_server(Steps steps) {
    server(std::move(steps));
    scenario.server->expect.exit = 0;
    return *this;
}

MadeCell& MadeCell::client(Steps steps) {
    auto& part = scenario.clients.emplace_back();
    part.role = "client";
    part.argv = std::move(steps);
    return *this;
}

MadeCell& MadeCell::idle_client() {
    scenario.clients.emplace_back().player = Player::idle;
    return *this;
}

MadeCell& MadeCell::scripted_server() {
    scenario.server.emplace().player = Player::script;
    return *this;
}

MadeCell& MadeCell::scripted_client() {
    scenario.clients.emplace_back().player = Player::script;
    return *this;
}

MadeCell& MadeCell::exchange(std::vector<Turn> turns) {
    scenario.clients.back().exchange = std::move(turns);
    return *this;
}

Cell MadeCell::cell() const {
    Cell cell;
    cell.scenario = std::make_shared<const Scenario>(scenario);
    cell.server = scenario.server && scenario.server->is_program() ? &server_ : nullptr;
    for (const auto& client : scenario.clients)
        if (client.is_program()) cell.client = &client_;
    cell.catalogue = &catalogue_;
    return cell;
}

Isolation CellTest::isolation() {
    const char* asked = std::getenv("PARLEY_TEST_ISOLATION");
    return asked && asked == std::string("shared") ? Isolation::shared : Isolation::namespaces;
}

void CellTest::SetUp() {
    if (isolation() == Isolation::namespaces) NamespaceTest::SetUp();
    if (!IsSkipped()) workshop = std::make_unique<Workshop>(context.get_executor(), "", 1.0, isolation());
}

Observation CellTest::run(const Cell& cell) {
    CellRun running(*workshop, cell);
    Observation observation;
    bool done = false;
    asio::co_spawn(context, running.run(), [&](const std::exception_ptr& trouble, Observation seen) {
        EXPECT_FALSE(trouble);
        observation = std::move(seen);
        done = true;
    });
    run_until(done);
    return observation;
}

void CellTest::run_until(const bool& done) {
    context.restart();
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!done && context.run_one_until(give_up) > 0) continue;
    ASSERT_TRUE(done) << "it has not come to its end";
}

std::vector<std::string> spelled(const Transcript& transcript) {
    std::vector<std::string> words;
    const WireEvent* before = nullptr;
    Bytes data;
    for (const auto& event : transcript.events) {
        const bool is_data = event.kind == WireEvent::Kind::data;
        const bool goes_on = before && is_data && before->kind == event.kind && before->side == event.side;
        if (goes_on)
            words.pop_back();
        else
            data.clear();
        data += event.bytes;
        words.push_back(std::string(name(event.side)) + " " + (is_data ? quoted(data) : name(event.kind)));
        before = &event;
    }
    return words;
}

}  // namespace parley
