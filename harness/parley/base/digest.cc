#include "parley/base/digest.h"

#include <xxhash.h>

#include <new>

#include "parley/base/format.h"

namespace parley {

// The library's state wants an alignment of its own, so it is left to the library to allocate.
struct Digest::State {
    XXH3_state_t* of_library = XXH3_createState();

    State() {
        if (!of_library) throw std::bad_alloc();
        XXH3_128bits_reset(of_library);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { XXH3_freeState(of_library); }
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::add(std::string_view octets) {
    XXH3_128bits_update(state_->of_library, octets.data(), octets.size());
}

std::string Digest::text() const {
    const auto hash = XXH3_128bits_digest(state_->of_library);
    return format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string digest_of(std::string_view octets) {
    Digest digest;
    digest.add(octets);
    return digest.text();
}

}  // namespace parley
