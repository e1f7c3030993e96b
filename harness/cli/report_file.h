// Files that reports are written to.
#pragma once

#include <fcntl.h>

#include <cerrno>
#include <string>

#include "parley/base/error.h"
#include "parley/base/file_descriptor.h"
#include "parley/report/output.h"

namespace parley {

/// Opened before anything else: in a user namespace root no longer overrides the permissions of others' folders. Throws
/// UsageError.
inline FileDescriptor open_report(const std::string& path) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) throw UsageError(SystemError(errno, "write the report", path).what());
    return FileDescriptor(descriptor);
}

/// Writes all of `text` to the report that open_report() opened. Throws SystemError.
inline void write_report(const FileDescriptor& report, const std::string& path, const std::string& text) {
    Output out(report.get());
    out.write(text);
    if (out.error() != 0) throw SystemError(out.error(), "write", path);
}

}  // namespace parley
