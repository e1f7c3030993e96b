#include "parley/report/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "parley/base/format.h"

namespace parley {

namespace {

std::string_view environment(const char* variable) {
    const char* value = std::getenv(variable);
    return value == nullptr ? std::string_view() : value;
}

bool begins_code_point(char octet) {
    return (static_cast<unsigned char>(octet) & 0xc0U) != 0x80U;
}

}  // namespace

Terminal Terminal::of(int descriptor) {
    const bool able = isatty(descriptor) == 1 && environment("TERM") != "dumb";
    return {.live = able, .colour = able && environment("NO_COLOR").empty()};
}

std::size_t width_of(int descriptor) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

std::string_view clipped(std::string_view text, std::size_t columns) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (begins_code_point(text[i]) && taken++ == columns) return text.substr(0, i);
    }
    return text;
}

std::string painted(std::string_view text, std::string_view colour, bool enabled) {
    if (!enabled || colour.empty()) return std::string(text);
    return format("\x1b[{}m{}\x1b[0m", colour, text);
}

}  // namespace parley
