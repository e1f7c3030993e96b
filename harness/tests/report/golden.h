// What people read, held against a file.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace parley {

inline std::string contents_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// `text` is what the file holds. PARLEY_UPDATE_GOLDEN=1 makes it so; read what changed.
inline void expect_golden(const std::string& text, const std::string& path) {
    if (std::getenv("PARLEY_UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << text;
    EXPECT_EQ(text, contents_of(path)) << path;
}

}  // namespace parley
