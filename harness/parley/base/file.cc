#include "parley/base/file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "parley/base/error.h"
#include "parley/base/format.h"

namespace parley {

namespace {

[[noreturn]] void cannot_read(const std::string& path, std::string_view why) {
    throw UsageError(format("cannot read {}: {}", quoted(path), why));
}

}  // namespace

Bytes read_file(const std::string& path, std::uintmax_t limit) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) cannot_read(path, "no such file");
    if (error) cannot_read(path, error.message());
    if (!std::filesystem::is_regular_file(status)) cannot_read(path, "not a regular file");
    const auto size = std::filesystem::file_size(path, error);
    if (error) cannot_read(path, error.message());
    if (size > limit) cannot_read(path, format("larger than {} bytes", limit));
    std::ifstream stream(path, std::ios::binary);
    if (!stream) cannot_read(path, std::strerror(errno));
    Bytes bytes(size, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

}  // namespace parley
