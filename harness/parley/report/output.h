// Writing a report to a descriptor whose reader may go away.
#pragma once

#include <string_view>

namespace parley {

/// Writes to a descriptor that somebody else owns, unbuffered.
///
/// A reader that has gone is an error like any other and never SIGPIPE; the signal's disposition stays as it is,
/// because the programs under test would inherit it. After the first error nothing more is written.
class Output {
public:
    explicit Output(int descriptor) : descriptor_(descriptor) {}
    void write(std::string_view text);
    /// errno of the first write that failed; 0: all has been written.
    int error() const { return error_; }

private:
    int descriptor_;
    int error_ = 0;
};

}  // namespace parley
