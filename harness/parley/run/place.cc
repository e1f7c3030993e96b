#include "parley/run/place.h"

#include <charconv>

#include "parley/base/format.h"

namespace parley {

namespace {

class PrivatePlace : public Place {
public:
    explicit PrivatePlace(const Sandbox& sandbox) : sandbox_(sandbox), network_(sandbox.make()) {}

    std::uint16_t real(std::uint16_t named) const override { return named; }
    std::uint16_t named(std::uint16_t real) const override { return real; }
    bool maps_ports() const override { return false; }
    bool has_connected() const override {
        const Visit visit(*this);
        return parley::has_connected();
    }
    void add_to(std::map<std::string, std::string>&) const override {}
    int enter_for_exec(bool contained) const override {
        return parley::enter_for_exec(network_.descriptor(), contained);
    }
    void add_to(Homes& homes) const override { homes.namespaces.insert(network_.inode()); }

protected:
    void enter(std::optional<Sandbox::Visit>& visit) const override { visit.emplace(sandbox_, network_); }

private:
    const Sandbox& sandbox_;
    NetworkNamespace network_;
};

class SharedPlace : public Place {
public:
    explicit SharedPlace(PortMap ports) : ports_(std::move(ports)) {}

    std::uint16_t real(std::uint16_t named) const override { return ports_.real(named); }
    std::uint16_t named(std::uint16_t real) const override { return ports_.named(real); }
    bool maps_ports() const override { return true; }
    bool has_connected() const override { return ports_.has_connected(); }
    void add_to(std::map<std::string, std::string>& environment) const override { ports_.add_to(environment); }
    int enter_for_exec(bool contained) const override { return parley::enter_for_exec(-1, contained); }
    void add_to(Homes& homes) const override { homes.marks.insert(ports_.mark()); }

protected:
    void enter(std::optional<Sandbox::Visit>&) const override {}

private:
    PortMap ports_;
};

}  // namespace

const ConnectionWatch& Place::connections() const {
    if (!connections_) {
        const Visit visit(*this);
        connections_.emplace();
    }
    return *connections_;
}

std::string Place::with_named_port(std::string text) const {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return text;
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data() + colon + 1, end, port);
    if (error != std::errc() || stopped != end) return text;
    return text.substr(0, colon + 1) + std::to_string(named(port));
}

std::unique_ptr<Place> private_place(const Sandbox& sandbox) {
    return std::make_unique<PrivatePlace>(sandbox);
}

std::unique_ptr<Place> shared_place(const SharedLoopback& loopback, std::uint16_t port, PortUse use) {
    auto ports = loopback.make();
    if (port != 0 && (use == PortUse::mapped || use == PortUse::given)) ports.reserve(port);
    if (port != 0 && use == PortUse::lent) ports.lend(port);
    if (port != 0 && use == PortUse::fixed) ports.leave(port);
    return std::make_unique<SharedPlace>(std::move(ports));
}

}  // namespace parley
