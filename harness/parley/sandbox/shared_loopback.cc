#include "parley/sandbox/shared_loopback.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <utility>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "portmap/port_table.h"

namespace parley {

namespace {

constexpr std::string_view prefix = "parley-ports.";

// Memory where there is such a folder: the tables need no disk.
std::string folder() {
    return access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path().string();
}

std::string path_of(const std::string& name) {
    return format("{}/{}{}.{}", folder(), prefix, getpid(), name);
}

// A parley that was killed by SIGKILL leaves its tables behind.
bool remove_what_was_left() {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder(), ignored)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        pid_t owner = 0;
        std::from_chars(name.data() + prefix.size(), name.data() + name.size(), owner);
        const bool is_left = owner == getpid() || (owner > 0 && kill(owner, 0) < 0 && errno == ESRCH);
        if (is_left) std::filesystem::remove(entry.path(), ignored);
    }
    return true;
}

PortTable* new_table(const std::string& file) {
    const FileDescriptor descriptor(
        checked(open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), "make", file));
    checked(ftruncate(descriptor.get(), sizeof(PortTable)), "make", file);
    void* memory = mmap(nullptr, sizeof(PortTable), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.get(), 0);
    if (memory == MAP_FAILED) throw_errno("map", file);
    return static_cast<PortTable*>(memory);
}

constexpr unsigned first_lent = 10000;  // below it are the ports that services and people name

/// The first and last port that the kernel chooses from (ip(7), ip_local_port_range).
std::pair<int, int> kernels_own_ports() {
    std::pair<int, int> range{32768, 60999};
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> range.first >> range.second;
    return range;
}

PortReservation reserve_port() {
    PortReservation reservation(IPPROTO_TCP);
    if (reservation.port() == 0) throw_errno("reserve a port");
    return reservation;
}

}  // namespace

// ---- ports as they are

// A name among the abstract ones of the Unix domain: as ports do, it belongs to the network namespace, and it goes with
// the process (unix(7)).
std::optional<PortClaim> PortClaim::take(std::uint16_t port) {
    FileDescriptor socket(checked(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = format("parley-port-{}", port);
    name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), length) < 0) {
        if (errno != EADDRINUSE) throw_errno("claim port", name);
        return std::nullopt;
    }
    return PortClaim(std::move(socket));
}

bool is_free(std::uint16_t port, bool reusing) {
    const auto binds = [=](int family) {
        const FileDescriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!socket) return family == AF_INET6;  // a kernel without IPv6
        const int yes = 1, no = 0;
        if (reusing) setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (family == AF_INET6) setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
        sockaddr_storage storage{};
        storage.ss_family = static_cast<sa_family_t>(family);
        reinterpret_cast<sockaddr_in&>(storage).sin_port = htons(port);  // it lies at the same place in both families
        const socklen_t length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        return bind(socket.get(), reinterpret_cast<const sockaddr*>(&storage), length) == 0 &&
               (!reusing || listen(socket.get(), 1) == 0);
    };
    return binds(AF_INET6) && binds(AF_INET);
}

// ---- the ports of a side

PortMap::PortMap(std::string file, const PreloadedLibrary& library, std::uint16_t refusing)
    : file_(std::move(file)),
      mark_(format("{}={}", port_table_variable, file_)),
      library_(&library),
      table_(new_table(file_)) {
    table_->refusing.store(refusing);
}

PortMap::PortMap(PortMap&& other) noexcept
    : file_(std::move(other.file_)),
      mark_(std::move(other.mark_)),
      library_(other.library_),
      table_(std::exchange(other.table_, nullptr)),
      held_(std::move(other.held_)),
      claims_(std::move(other.claims_)) {}

PortMap& PortMap::operator=(PortMap&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(library_, other.library_);
    std::swap(mark_, other.mark_);
    std::swap(table_, other.table_);
    std::swap(held_, other.held_);
    std::swap(claims_, other.claims_);
    return *this;
}

PortMap::~PortMap() {
    if (!table_) return;
    munmap(table_, sizeof(PortTable));
    unlink(file_.c_str());
}

std::uint16_t PortMap::reserve(std::uint16_t named) {
    held_.push_back(reserve_port());
    return table_->add(IPPROTO_TCP, named, held_.back().port());
}

std::uint16_t PortMap::lend(std::uint16_t named) {
    static std::atomic<unsigned> turn = static_cast<unsigned>(getpid());
    const auto given_unasked = kernels_own_ports();
    for (int tries = 0; tries < 20'000; ++tries) {
        const auto port = static_cast<std::uint16_t>(first_lent + (turn += 7919) % (65536 - first_lent));
        if (port >= given_unasked.first && port <= given_unasked.second) continue;
        auto claim = PortClaim::take(port);
        if (!claim || !is_free(port, false)) continue;
        claims_.push_back(std::move(*claim));
        return table_->add(IPPROTO_TCP, named, port);
    }
    throw SetupError("no port is free that could be lent to a server");
}

void PortMap::leave(std::uint16_t named) {
    table_->add(IPPROTO_TCP, named, named);
}

std::uint16_t PortMap::real(std::uint16_t named) const {
    const auto real = table_->real(IPPROTO_TCP, named);
    return real == 0 ? named : real;
}

std::uint16_t PortMap::named(std::uint16_t real) const {
    return table_->named(IPPROTO_TCP, real);
}

bool PortMap::has_connected() const {
    return table_->connects.load() > 0;
}

void PortMap::add_to(std::map<std::string, std::string>& environment) const {
    environment[port_table_variable] = file_;
    auto& preloaded = environment["LD_PRELOAD"];
    preloaded = library_->before(preloaded);
    environment.try_emplace("ASAN_OPTIONS", "verify_asan_link_order=0");  // it wants to come first itself
}

// ---- the loopback

SharedLoopback::SharedLoopback(const std::string& library) {
    if (access(library.c_str(), R_OK) != 0)
        throw SetupError(format("cells cannot share the loopback: {} is not there; build it", library));
    [[maybe_unused]] static const bool once = remove_what_was_left();
    library_ = std::make_unique<PreloadedLibrary>(library, path_of("so"));
    refusing_ = std::make_unique<PortReservation>(reserve_port());
}

SharedLoopback::~SharedLoopback() = default;

PortMap SharedLoopback::make() const {
    static std::atomic<int> made = 0;
    return {path_of(format("{}", ++made)), *library_, refusing_->port()};
}

// `TCP: inuse 5 orphan 0 tw 112 alloc 7 mem 1`
bool SharedLoopback::has_room() {
    std::ifstream file("/proc/thread-self/net/sockstat");
    std::string word;
    while (file >> word && word != "tw") continue;
    int kept = 0;
    const bool known = static_cast<bool>(file >> kept);
    const auto [first, last] = kernels_own_ports();
    return !known || kept < (last - first + 1) / 2;
}

std::string why_no_shared_loopback(const std::string& library) {
    try {
        const SharedLoopback loopback(library);
        loopback.make().reserve(5050);
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }
}

}  // namespace parley
