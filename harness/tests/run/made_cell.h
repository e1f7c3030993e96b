// Cells whose programs are tp_actor with steps of the test's own.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "parley/run/cell_run.h"
#include "parley/run/workshop.h"
#include "tests/programs/network.h"

namespace parley {

using Steps = std::vector<std::string>;

/// The port on which the made servers listen.
constexpr int made_port = 5050;

/// A server and clients, each tp_actor with these steps. Cells that are made of it point into it.
class MadeCell {
public:
    MadeCell();
    MadeCell(const MadeCell&) = delete;
    MadeCell& operator=(const MadeCell&) = delete;

    MadeCell& server(Steps steps);
    /// The same; it has to end by itself, and is waited for.
    MadeCell& ending_server(Steps steps);
    MadeCell& client(Steps steps);
    /// A client that is the harness itself.
    MadeCell& idle_client();
    /// Sides that play their turns of the exchange.
    MadeCell& scripted_server();
    MadeCell& scripted_client();
    /// The exchange of the client that was added last.
    MadeCell& exchange(std::vector<Turn> turns);

    Scenario scenario;  ///< may be changed before cell()
    Cell cell() const;

private:
    Catalogue catalogue_;
    Implementation server_, client_;
};

/// What the cells of a test share, and an event loop to run them.
class CellTest : public NamespaceTest {
protected:
    void SetUp() override;

    /// As PARLEY_TEST_ISOLATION says: all these tests run twice.
    static Isolation isolation();

    /// Runs it to its end; not to come there within a minute fails the test.
    Observation run(const Cell& cell);
    Observation run(const MadeCell& one) { return run(one.cell()); }
    /// Runs the event loop until `done`, a minute at most.
    void run_until(const bool& done);

    MadeCell made;
    asio::io_context context;
    std::unique_ptr<Workshop> workshop;
};

/// The transcript as `client connected`, `client "hello"`, `server end`, … in its order, data in a row joined.
std::vector<std::string> spelled(const Transcript& transcript);

}  // namespace parley
