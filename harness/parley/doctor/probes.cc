#include "parley/doctor/probes.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "parley/base/error.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/doctor/probe_process.h"
#include "parley/process/clock.h"
#include "parley/sandbox/containment.h"
#include "parley/sandbox/namespaces.h"

namespace parley {

namespace {

using namespace std::chrono_literals;
using Trouble = std::runtime_error;

constexpr auto limit = 10s;
// A JVM that compiles a file, on a machine that does other things.
constexpr auto limit_of_java = 30s;

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// ---- namespaces

// Where AppArmor is in the way, the namespace is made, and what it is for is refused.
std::string try_user_namespaces() {
    enter_user_namespace();
    checked(unshare(CLONE_NEWUTS), "unshare a UTS namespace within it");
    return {};
}

const char* const loopback_step = "bring up \"lo\"";

std::string try_network_namespaces() {
    try {
        const Sandbox sandbox;
        const auto made = sandbox.make();
    } catch (const SetupError& error) {
        throw Trouble(first_line(error.what()));
    } catch (const SystemError& error) {
        if (!std::string_view(error.what()).starts_with(loopback_step)) throw;
    }
    return {};
}

/// In a namespace of its own; where none can be had, the reason is another feature's.
template <typename Try>
void in_namespace(Try attempt) {
    try {
        const Sandbox sandbox;
        const auto network = sandbox.make();
        const Sandbox::Visit visit(sandbox, network);
        attempt();
    } catch (const SetupError&) {
        throw Trouble("not tried: that takes a private network namespace");
    }
}

void connect_over_loopback() {
    FileDescriptor listener(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(5050);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    checked(bind(listener.get(), generic, sizeof address), "bind 127.0.0.1:5050");
    checked(listen(listener.get(), 1), "listen");
    FileDescriptor client(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    checked(connect(client.get(), generic, sizeof address), "connect over loopback");
}

std::string try_loopback() {
    in_namespace(connect_over_loopback);
    return {};
}

// There no name server can be asked, so the answer must come from this machine's files.
void resolve_localhost() {
    addrinfo wanted{};
    wanted.ai_family = AF_INET;
    addrinfo* found = nullptr;
    const int code = getaddrinfo("localhost", nullptr, &wanted, &found);
    if (code != 0) throw Trouble(format("look up localhost without a name server: {}", gai_strerror(code)));
    const auto address = reinterpret_cast<sockaddr_in*>(found->ai_addr)->sin_addr.s_addr;
    freeaddrinfo(found);
    if (address != htonl(INADDR_LOOPBACK)) throw Trouble("localhost is not 127.0.0.1");
}

std::string try_localhost() {
    if (why_no_namespaces().empty())
        in_namespace(resolve_localhost);
    else
        resolve_localhost();  // where all cells share the machine's loopback, that is where it is looked up
    return {};
}

// ---- containment

// The very container that programs on trial get, made by a process with the rights that parley has then.
std::string try_bubblewrap(const std::string& init) {
    const auto version = run_to_end({"bwrap", "--version"}).first_line();
    std::optional<Sandbox> sandbox;
    try {
        sandbox.emplace();
    } catch (const SetupError&) {
        throw Trouble("not tried: parley itself takes a private network namespace");
    }
    const auto trouble = Containment(init, {}).why_not();
    if (!trouble.empty()) throw Trouble("run a program in a container: " + trouble);
    return version;
}

/// The folder of the group that this process is in, in the unified hierarchy.
std::string own_group() {
    struct statfs mounted {};
    checked(statfs("/sys/fs/cgroup", &mounted), "look at", "/sys/fs/cgroup");
    if (mounted.f_type != CGROUP2_SUPER_MAGIC) throw Trouble("/sys/fs/cgroup is not of version 2");
    const auto groups = text_of("/proc/self/cgroup");
    const auto at = groups.find("0::");
    if (at == std::string::npos) throw Trouble("/proc/self/cgroup names no group of version 2");
    return "/sys/fs/cgroup" + first_line(groups.substr(at + 3));
}

std::string try_cgroup() {
    const auto group = own_group();
    const auto made = format("{}/parley-probe-{}", group, getpid());
    checked(mkdir(made.c_str(), 0755), "make a group", made);
    const auto controllers = first_line(text_of(made + "/cgroup.controllers"));
    checked(rmdir(made.c_str()), "remove a group", made);
    for (const auto* needed : {"memory", "pids"})
        if (controllers.find(needed) == std::string::npos)
            throw Trouble(format("limit {} in a group: the controller is not delegated to {}", needed, group));
    return controllers;
}

// ---- other processes

/// A child that waits to be killed.
class Sleeper {
public:
    Sleeper() : id_(checked(fork(), "fork")) {
        while (id_ == 0) pause();
    }
    ~Sleeper() {
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;
    pid_t id() const { return id_; }

private:
    pid_t id_;
};

std::string try_pidfd() {
    const Sleeper child;
    const FileDescriptor process(
        checked(static_cast<int>(syscall(SYS_pidfd_open, child.id(), 0)), "pidfd_open of a child"));
    const FileDescriptor copy(checked(static_cast<int>(syscall(SYS_pidfd_getfd, process.get(), 0, 0)),
                                      "pidfd_getfd of a child's descriptor"));
    return {};
}

std::string try_ptrace() {
    const Sleeper child;
    checked(ptrace(PTRACE_SEIZE, child.id(), nullptr, nullptr), "seize a child with ptrace");
    checked(ptrace(PTRACE_INTERRUPT, child.id(), nullptr, nullptr), "interrupt it");
    int status = 0;
    checked(waitpid(child.id(), &status, __WALL), "wait for its stop");
    if (!WIFSTOPPED(status)) throw Trouble("the traced child did not stop");
    checked(ptrace(PTRACE_DETACH, child.id(), nullptr, nullptr), "detach from it");
    return {};
}

std::string try_strace() {
    const auto version = run_to_end({"strace", "--version"}).first_line();
    const auto ran = run_to_end({"strace", "-f", "--seccomp-bpf", "-e", "trace=execve", "/bin/true"});
    if (!ran.succeeded()) throw Trouble(format("trace /bin/true: {}", ran.complaint()));
    if (ran.printed.find("execve(") == std::string::npos) throw Trouble("it told nothing of /bin/true");
    return version;
}

// ---- libraries

std::string try_faketime() {
    if (!can_set_clocks()) throw Trouble("libfaketimeMT.so.1 is not installed");
    constexpr std::int64_t ten_years = 10LL * 365 * 86400;
    const auto ran = run_to_end({"date", "+%s"}, shifted_clock(ten_years));
    if (!ran.succeeded()) throw Trouble(format("run date with it: {}", ran.complaint()));
    const auto told = std::strtoll(ran.printed.c_str(), nullptr, 10);
    if (std::llabs(told - time(nullptr) - ten_years) > 60) throw Trouble("date told the machine's time all the same");
    return {};
}

/// A library that this process has loaded and `cat` has no need of.
std::string some_library() {
    std::istringstream maps(text_of("/proc/self/maps"));
    for (std::string line; std::getline(maps, line);) {
        const auto path = line.find('/');
        if (path != std::string::npos && line.find("libstdc++") != std::string::npos) return line.substr(path);
    }
    throw Trouble("no library to try it with");
}

std::string try_preload() {
    const auto library = some_library();
    const auto ran = run_to_end({"cat", "/proc/self/maps"}, {{"LD_PRELOAD", library}});
    if (!ran.succeeded()) throw Trouble(format("run cat with LD_PRELOAD: {}", ran.complaint()));
    if (ran.printed.find(library) == std::string::npos) throw Trouble("LD_PRELOAD is not honoured");
    return {};
}

std::string try_translations(const std::string& catalogues) {
    if (!set_language(Language::portuguese, catalogues)) throw Trouble("there is no catalogue in " + catalogues);
    if (tr("the server") == std::string_view("the server")) throw Trouble("the catalogue translates nothing");
    return "pt-BR";
}

// ---- languages

std::string try_python() {
    const auto ran = run_to_end({"python3", "-I", "-c", "import socket, sys; print(sys.version.split()[0])"});
    if (!ran.succeeded()) throw Trouble(format("run a program: {}", ran.complaint()));
    return ran.first_line();
}

// The one command compiles, too.
std::string try_java() {
    std::string folder = (std::filesystem::temp_directory_path() / "parley-probe-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw_errno("make a folder", folder);
    const auto source = folder + "/Probe.java";
    std::ofstream(source) << "class Probe {\n"
                             "    public static void main(String[] words) {\n"
                             "        System.out.println(\"java \" + System.getProperty(\"java.version\"));\n"
                             "    }\n"
                             "}\n";
    Ran ran;
    try {
        ran = run_to_end({"java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", source});
    } catch (...) {
        std::filesystem::remove_all(folder);
        throw;
    }
    std::filesystem::remove_all(folder);
    if (ran.succeeded() && ran.printed.starts_with("java ")) return ran.first_line().substr(5);
    const auto alone = run_to_end({"java", "-version"});
    throw Trouble(alone.succeeded() ? format("compile and run a program: {}", ran.complaint())
                                    : format("java -version: {}", alone.complaint()));
}

std::string attempt(Feature feature, const OwnFiles& parley) {
    switch (feature) {
        case Feature::user_namespaces: return try_user_namespaces();
        case Feature::network_namespaces: return try_network_namespaces();
        case Feature::loopback: return try_loopback();
        case Feature::localhost: return try_localhost();
        case Feature::bubblewrap: return try_bubblewrap(parley.init);
        case Feature::cgroup: return try_cgroup();
        case Feature::pidfd: return try_pidfd();
        case Feature::ptrace: return try_ptrace();
        case Feature::strace: return try_strace();
        case Feature::faketime: return try_faketime();
        case Feature::preload: return try_preload();
        case Feature::translations: return try_translations(parley.catalogues);
        case Feature::python: return try_python();
        case Feature::java: return try_java();
    }
    return {};
}

}  // namespace

std::vector<Examined> examine(const OwnFiles& parley) {
    std::vector<ProbeProcess> probes;
    for (int number = 0; number <= static_cast<int>(last_feature); ++number) {
        const auto feature = static_cast<Feature>(number);
        const bool slow = feature == Feature::java;
        probes.emplace_back([&parley, feature] { return attempt(feature, parley); }, slow ? limit_of_java : limit);
    }
    std::vector<Examined> all;
    for (auto& probe : probes) {
        auto [trouble, detail] = probe.answer();
        all.push_back({static_cast<Feature>(all.size()), std::move(trouble), std::move(detail)});
    }
    return all;
}

}  // namespace parley
