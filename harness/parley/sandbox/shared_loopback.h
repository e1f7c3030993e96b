// The machine's own loopback, shared by many cells: where private network namespaces are not to be had.
//
// What a program calls port 5050 is another port in truth, its own (portmap/portmap.cc is preloaded into it):
//
//   client, names 5050 ──▶ 40123, the relay ──▶ 41807 ◀── server, names 5050
//
// All real ports are chosen by the kernel and held from then on, so they are fresh for each cell, and no other process
// comes in between (portmap/port_table.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parley/base/file_descriptor.h"
#include "parley/base/preloaded_library.h"

namespace parley {

class PortTable;
class PortReservation;

/// That no other cell, of this parley or another, uses a port as it is. Others may.
class PortClaim {
public:
    /// Empty where another has it.
    static std::optional<PortClaim> take(std::uint16_t port);

private:
    explicit PortClaim(FileDescriptor socket) : socket_(std::move(socket)) {}
    FileDescriptor socket_;
};

/// Whether a server could bind the port now. `reusing`: with SO_REUSEADDR, for which connections that have ended only
/// lately are no hindrance.
bool is_free(std::uint16_t port, bool reusing);

/// The ports of one side of a cell.
class PortMap {
public:
    PortMap(PortMap&&) noexcept;
    PortMap& operator=(PortMap&&) noexcept;
    ~PortMap();

    /// Gives what programs call `named` a real port, which is nobody else's as long as this object lives. Throws
    /// SystemError.
    std::uint16_t reserve(std::uint16_t named);
    /// The same for a server that no map reaches, which is told its port: one that the kernel gives nobody unasked, and
    /// on which nothing is bound. Throws SetupError where there is none.
    std::uint16_t lend(std::uint16_t named);
    /// Leaves `named` as it is, for a program that no map reaches and that is told nothing.
    void leave(std::uint16_t named);

    /// The real port of a TCP port that programs name; `named` itself where none was reserved or bound.
    std::uint16_t real(std::uint16_t named) const;
    /// What programs call a real TCP port; itself where they were given no other.
    std::uint16_t named(std::uint16_t real) const;
    /// Whether a program has called connect() on a TCP socket.
    bool has_connected() const;

    /// What programs find in their environment, so that the map reaches them and their children. What is preloaded
    /// already stays so.
    void add_to(std::map<std::string, std::string>& environment) const;
    /// `NAME=VALUE`: what tells the processes of this side from all others.
    const std::string& mark() const { return mark_; }

private:
    friend class SharedLoopback;
    PortMap(std::string file, const PreloadedLibrary& library, std::uint16_t refusing);

    std::string file_, mark_;
    const PreloadedLibrary* library_;
    PortTable* table_ = nullptr;
    std::vector<PortReservation> held_;
    std::vector<PortClaim> claims_;
};

class SharedLoopback {
public:
    /// `library` is the path of what is preloaded. Throws SetupError where it is not there, SystemError.
    explicit SharedLoopback(const std::string& library);
    ~SharedLoopback();

    /// Throws SystemError. May be called on any thread.
    PortMap make() const;

    /// Whether there are ports for another cell, and for its programs. Each connection that has ended keeps one for a
    /// minute (TIME_WAIT); not so where half of the kernel's own are kept.
    static bool has_room();

private:
    std::unique_ptr<PreloadedLibrary> library_;
    std::unique_ptr<PortReservation> refusing_;
};

/// Why cells cannot share the loopback on this machine; empty where they can.
std::string why_no_shared_loopback(const std::string& library);

}  // namespace parley
