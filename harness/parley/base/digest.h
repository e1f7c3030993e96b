// A fingerprint of many octets, for what is too long to be kept: XXH3 with 128 bits, which keeps up with a fast
// connection. It tells chance apart, not malice. The one module that names the hash library.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace parley {

/// Of octets that come piece by piece.
class Digest {
public:
    Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    ~Digest();

    void add(std::string_view octets);
    /// Of all that was added so far: 32 hexadecimal digits, as `xxhsum -H2` prints it.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string digest_of(std::string_view octets);

}  // namespace parley
