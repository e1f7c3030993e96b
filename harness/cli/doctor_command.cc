#include <netdb.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "commands.h"
#include "exit_status.h"
#include "parley/json/json.h"
#include "parley/process/clock.h"
#include "parley/process/environment.h"
#include "parley/sandbox/namespaces.h"
#include "places.h"

namespace parley {

namespace {

/// One thing that a machine can or cannot.
struct Check {
    std::string name;
    std::string trouble;  ///< empty: it works
    std::string mend;     ///< how to get it
    bool required = false;
};

Check program(const std::string& name, const std::string& what, const std::string& package) {
    const auto path = find_program(name);
    return {what, path.empty() ? name + " is not installed" : "", "sudo apt-get install " + package, false};
}

// In a namespace of its own no name server can be asked, so the answer must come from this machine's files.
std::string why_no_localhost() {
    const int child = fork();
    if (child == 0) {
        try {
            const Sandbox sandbox;
            const auto network = sandbox.make();
            const Sandbox::Visit visit(sandbox, network);
            addrinfo wanted{};
            wanted.ai_family = AF_INET;
            addrinfo* found = nullptr;
            _exit(getaddrinfo("localhost", nullptr, &wanted, &found) == 0 ? 0 : 1);
        } catch (const std::exception&) {
            _exit(0);  // namespaces are another check
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status == 0 ? "" : "localhost has no IPv4 address without a name server";
}

std::vector<Check> examine() {
    return {
        {"private network namespaces", why_no_namespaces(),
         "in Docker: --security-opt seccomp=unconfined; on Ubuntu 24.04: "
         "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0; or run as root",
         true},
        {"localhost", why_no_localhost(), "echo '127.0.0.1 localhost' | sudo tee -a /etc/hosts", true},
        program("python3", "Python, for the Python references", "python3"),
        program("java", "Java, for the Java references", "default-jdk-headless"),
        {"libfaketime, for scenarios that set a server's clock",
         can_set_clocks() ? "" : "libfaketimeMT.so.1 is not installed", "sudo apt-get install libfaketime"},
    };
}

void print_json(const std::vector<Check>& checks) {
    auto list = Json::array();
    for (const auto& check : checks)
        list.push_back({{"name", check.name},
                        {"works", check.trouble.empty()},
                        {"required", check.required},
                        {"trouble", check.trouble},
                        {"mend", check.trouble.empty() ? "" : check.mend}});
    std::printf("%s\n", list.dump(2).c_str());
}

void print_text(const std::vector<Check>& checks) {
    for (const auto& check : checks) {
        std::printf("%-8s %s\n", check.trouble.empty() ? "works" : "missing", check.name.c_str());
        if (!check.trouble.empty())
            std::printf("         %s\n         mend: %s\n", check.trouble.c_str(), check.mend.c_str());
    }
}

}  // namespace

int doctor(const DoctorOptions& options) {
    const auto checks = examine();
    options.json ? print_json(checks) : print_text(checks);
    for (const auto& check : checks)
        if (check.required && !check.trouble.empty()) return exit_status::could_not_run;
    return exit_status::as_expected;
}

}  // namespace parley
