#include "parley/sandbox/namespaces.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "parley/base/error.h"
#include "parley/base/format.h"

namespace parley {

namespace {

constexpr const char* own_namespace = "/proc/thread-self/ns/net";

// No libcap: two calls are all that is needed of it.
struct Capabilities {
    __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3]{};

    bool read() {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        return syscall(SYS_capget, &header, words) == 0;
    }
    bool write() const {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        return syscall(SYS_capset, &header, words) == 0;
    }
    bool effective(int capability) const {
        return (words[CAP_TO_INDEX(capability)].effective & CAP_TO_MASK(capability)) != 0;
    }
};

void write_file(const char* path, const std::string& text) {
    FileDescriptor file(checked(open(path, O_WRONLY | O_CLOEXEC), "open", path));
    checked(write(file.get(), text.data(), text.size()), "write", path);
}

void bring_loopback_up() {
    FileDescriptor socket(checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    checked(ioctl(socket.get(), SIOCSIFFLAGS, &request), "bring up", "lo");

    // getaddrinfo(3) with AI_ADDRCONFIG tells of addresses of IPv4 only where the machine has one besides 127.0.0.1
    // (RFC 3493, 6.1). This one is for documentation (RFC 5737), and leads nowhere.
    std::strcpy(request.ifr_name, "lo:1");
    const auto give = [&](unsigned long command, const char* address) {
        sockaddr_in given{};
        given.sin_family = AF_INET;
        inet_pton(AF_INET, address, &given.sin_addr);
        std::memcpy(&request.ifr_addr, &given, sizeof given);
        checked(ioctl(socket.get(), command, &request), "give an address to", "lo");
    };
    give(SIOCSIFADDR, "203.0.113.254");
    give(SIOCSIFNETMASK, "255.255.255.255");
}

bool holds_sys_admin() {
    Capabilities own;
    return own.read() && own.effective(CAP_SYS_ADMIN);
}

void connect_over_loopback() {
    FileDescriptor listener(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(5050);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    checked(bind(listener.get(), generic, sizeof address), "bind");
    checked(listen(listener.get(), 1), "listen");
    FileDescriptor client(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    checked(connect(client.get(), generic, sizeof address), "connect over the new loopback");
}

}  // namespace

// root maps to itself too, so that files that it makes belong to whoever runs parley.
void enter_user_namespace() {
    const auto user = geteuid();
    const auto group = getegid();
    checked(unshare(CLONE_NEWUSER), "unshare a user namespace");
    write_file("/proc/self/setgroups", "deny");  // user_namespaces(7): required before gid_map without privilege
    write_file("/proc/self/uid_map", format("{0} {0} 1", user));
    write_file("/proc/self/gid_map", format("{0} {0} 1", group));
}

// Docker refuses unshare itself; AppArmor lets it pass and denies the capabilities afterwards.
std::string without_namespaces(const std::string& trouble) {
    return "cannot make private network namespaces: " + trouble +
           "\n  without them: --isolation shared, which keeps cells apart by their ports"
           "\n  in a container: allow namespaces (Docker: --security-opt seccomp=unconfined, or --cap-add SYS_ADMIN)"
           "\n  Ubuntu 24.04: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run as root"
           "\n  other kernels: sudo sysctl user.max_user_namespaces=10000 kernel.unprivileged_userns_clone=1";
}

Sandbox::Sandbox() {
    try {
        if (!holds_sys_admin()) {
            enter_user_namespace();
            // The network namespace so far belongs to the machine's own user namespace: no way leads back into it.
            checked(unshare(CLONE_NEWNET), "unshare a network namespace");
        }
        home_.reset(checked(open(own_namespace, O_RDONLY | O_CLOEXEC), "open", own_namespace));
    } catch (const SystemError& error) {
        throw SetupError(without_namespaces(error.what()));
    }
}

NetworkNamespace Sandbox::make() const {
    checked(unshare(CLONE_NEWNET), "unshare a network namespace");
    NetworkNamespace made;
    try {
        bring_loopback_up();
        made.descriptor_.reset(checked(open(own_namespace, O_RDONLY | O_CLOEXEC), "open", own_namespace));
        struct stat status {};
        checked(fstat(made.descriptor(), &status), "fstat", own_namespace);
        made.inode_ = status.st_ino;
    } catch (...) {
        go_home();
        throw;
    }
    go_home();
    return made;
}

void Sandbox::go_home() const {
    // A harness that is lost in a cell's namespace would make every later socket in the wrong place.
    if (setns(home_.get(), CLONE_NEWNET) < 0) std::abort();
}

Sandbox::Visit::Visit(const Sandbox& sandbox, const NetworkNamespace& there) : home_(sandbox.home_.get()) {
    checked(setns(there.descriptor(), CLONE_NEWNET), "enter a network namespace");
}

Sandbox::Visit::~Visit() {
    if (setns(home_, CLONE_NEWNET) < 0) std::abort();
}

std::string why_no_namespaces() {
    int channel[2];
    checked(pipe2(channel, O_CLOEXEC), "pipe");
    FileDescriptor reading(channel[0]);
    FileDescriptor writing(channel[1]);
    const pid_t child = checked(fork(), "fork");
    if (child == 0) {
        std::string trouble;
        try {
            if (!holds_sys_admin()) enter_user_namespace();
            checked(unshare(CLONE_NEWNET), "unshare a network namespace");
            bring_loopback_up();
            connect_over_loopback();
        } catch (const std::exception& error) {
            trouble = error.what();
        }
        if (write(writing.get(), trouble.data(), trouble.size()) < 0) _exit(1);
        _exit(0);
    }
    writing.reset();
    std::string trouble(1024, '\0');
    const auto length = read(reading.get(), trouble.data(), trouble.size());
    trouble.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    int status = 0;
    checked(waitpid(child, &status, 0), "waitpid");
    if (trouble.empty() && status != 0) trouble = "the probing process died";
    return trouble;
}

int enter_for_exec(int descriptor, bool contained) {
    if (descriptor >= 0 && setns(descriptor, CLONE_NEWNET) < 0) return -1;
    // What is inheritable outlives exec whatever the bounding set says, ambient capabilities with it (capabilities(7)).
    Capabilities own;
    if (!own.read()) return -1;
    for (auto& word : own.words) word.inheritable = 0;
    if (!own.write()) return -1;
    // exec gives a process of uid 0 its bounding set back; any other user's exec clears capabilities by itself.
    // CAP_SETFCAP: who maps root into a user namespace must hold it (user_namespaces(7)).
    const auto kept = [contained](int capability) {
        return capability == CAP_DAC_OVERRIDE || capability == CAP_DAC_READ_SEARCH ||
               (contained && capability == CAP_SETFCAP);
    };
    if (geteuid() != 0) return 0;
    // In a container that has lost this one already, what is left cannot be given up; that takes no namespaces either.
    if (descriptor < 0 && !own.effective(CAP_SETPCAP)) return 0;
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
        if (!kept(capability) && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) return -1;
    return 0;
}

}  // namespace parley
