#include "parley/base/file_descriptor.h"

#include <unistd.h>

namespace parley {

void FileDescriptor::reset(int number) {
    // Linux frees the number even where close() reports an error, so it is never tried again.
    if (number_ >= 0) ::close(number_);
    number_ = number;
}

}  // namespace parley
