// Cells, results and files for the tests of the reports.
#pragma once

#include <memory>
#include <string>

#include "parley/base/file_descriptor.h"
#include "parley/report/result.h"

namespace parley {

/// A cell of scenario `name` in which programs of these languages meet; an empty language: nobody.
/// What it points to lives as long as the test program.
Cell sample_cell(const std::string& name, const std::string& client, const std::string& server,
                 const std::string& client_role = "echo-client", const std::string& server_role = "echo-server");

/// The same cell, of a scenario that has the tag besides.
Cell tagged(const Cell& cell, const std::string& tag);

CellResult passed(const Cell& cell);
/// With one finding: `bytes-differ`, at octet 24.
CellResult failed(const Cell& cell);
CellResult could_not_run(const Cell& cell);
CellResult unsupported(const Cell& cell, const std::string& reason);
/// As failed(), of a cell that is known to fail.
CellResult known_failure(const Cell& cell, const std::string& reason);

/// A file in memory that a report writes and the test reads.
class MemoryFile {
public:
    MemoryFile();
    /// Another descriptor of the file, for the report to own.
    FileDescriptor descriptor() const;
    int get() const { return file_.get(); }
    std::string contents() const;
    /// A name under which this process can open it.
    std::string path() const;

private:
    FileDescriptor file_;
};

}  // namespace parley
