// Where one side of a cell lives: a private network namespace, or a share of the machine's own loopback.
//
// Programs name the same ports in both. In the namespace these are the real ones; on the shared loopback each is
// another (sandbox/shared_loopback.h), and only what concerns the kernel is about that.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/observe/sockets.h"
#include "parley/run/strays.h"
#include "parley/sandbox/namespaces.h"
#include "parley/sandbox/shared_loopback.h"

namespace parley {

class Place {
public:
    virtual ~Place() = default;

    /// While one exists, sockets that the calling thread makes belong to the place.
    class Visit {
    public:
        explicit Visit(const Place& place) { place.enter(there_); }

    private:
        std::optional<Sandbox::Visit> there_;
    };

    /// The real port of what programs here call `named`.
    virtual std::uint16_t real(std::uint16_t named) const = 0;
    /// What programs here call that real port.
    virtual std::uint16_t named(std::uint16_t real) const = 0;
    /// Whether programs must be able to load a library to find their ports.
    virtual bool maps_ports() const = 0;
    /// `connected to 127.0.0.1:41807` with the port as programs call it.
    std::string with_named_port(std::string text) const;

    /// What programs here do on their connections. Throws SystemError.
    const ConnectionWatch& connections() const;
    /// Whether a program here has called connect() on a TCP socket.
    virtual bool has_connected() const = 0;

    /// What a program that is started here finds in its environment beside its own.
    virtual void add_to(std::map<std::string, std::string>& environment) const = 0;
    /// For a child process between fork and exec: enters the place, and gives up what enter_for_exec() says.
    virtual int enter_for_exec(bool contained) const = 0;
    /// Adds what tells its processes from all others.
    virtual void add_to(Homes& homes) const = 0;

protected:
    virtual void enter(std::optional<Sandbox::Visit>& visit) const = 0;

private:
    mutable std::optional<ConnectionWatch> connections_;  ///< made when it is first asked for
};

/// A place in a namespace of its own. `sandbox` must outlive it. Throws SystemError.
std::unique_ptr<Place> private_place(const Sandbox& sandbox);

/// How the program of a side comes to its port, where that is not the one that it names.
enum class PortUse {
    mapped,  ///< the library that is preloaded sees to it; or no program plays the side
    given,   ///< no library reaches the client, and it is told its port
    lent,    ///< no library reaches the server, and it is told its port
    fixed,   ///< no library reaches it, and it knows one port
};

/// A place on the loopback that all share, whose programs name `port` (0: none). Throws SystemError, SetupError.
std::unique_ptr<Place> shared_place(const SharedLoopback& loopback, std::uint16_t port, PortUse use);

}  // namespace parley
