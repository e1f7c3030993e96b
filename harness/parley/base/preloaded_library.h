// A library that is loaded into programs before those that they ask for (ld.so(8), LD_PRELOAD).
#pragma once

#include <string>

namespace parley {

class PreloadedLibrary {
public:
    /// Where the path holds what ends a name in LD_PRELOAD, a blank or a colon, a link to it is made at `link`, and
    /// removed at the end. Throws SystemError where that is there already.
    PreloadedLibrary(std::string path, std::string link);
    ~PreloadedLibrary();
    PreloadedLibrary(const PreloadedLibrary&) = delete;
    PreloadedLibrary& operator=(const PreloadedLibrary&) = delete;

    /// What LD_PRELOAD may hold.
    const std::string& path() const { return link_.empty() ? path_ : link_; }

    /// Puts it before what `preloaded`, a value of LD_PRELOAD, names.
    std::string before(const std::string& preloaded) const;

private:
    std::string path_, link_;
};

}  // namespace parley
