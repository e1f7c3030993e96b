#include "parley/base/preloaded_library.h"

#include <unistd.h>

#include <utility>

#include "parley/base/error.h"

namespace parley {

PreloadedLibrary::PreloadedLibrary(std::string path, std::string link) : path_(std::move(path)) {
    if (path_.find_first_of(" :") == std::string::npos) return;
    checked(symlink(path_.c_str(), link.c_str()), "link", link);
    link_ = std::move(link);
}

PreloadedLibrary::~PreloadedLibrary() {
    if (!link_.empty()) unlink(link_.c_str());
}

std::string PreloadedLibrary::before(const std::string& preloaded) const {
    return preloaded.empty() ? path() : path() + ":" + preloaded;
}

}  // namespace parley
