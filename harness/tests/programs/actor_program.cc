// A program that does what its arguments say, step after step: `tp_actor listen 5050 accept send hello recv 1`.
//
// Steps act on the socket that was made last. A step that fails ends the program with status 100 and the step's name on
// stderr; the last step is followed by exit 0.
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <string>

namespace {

char** next_word;
int listener = -1;
int connection = -1;

std::string word() {
    return *next_word ? *next_word++ : "";
}

int number() {
    return std::atoi(word().c_str());
}

template <typename Int>
Int must(Int result, const char* step) {
    if (result >= 0) return result;
    std::fprintf(stderr, "%s: %s\n", step, std::strerror(errno));
    _exit(100);
}

int current() {
    return connection >= 0 ? connection : listener;
}

void write_all(int descriptor, const std::string& bytes, const char* step) {
    for (std::size_t at = 0; at < bytes.size();)
        at += static_cast<std::size_t>(must(write(descriptor, bytes.data() + at, bytes.size() - at), step));
}

/// As asctime() writes it, without the newline.
std::string time_of_day() {
    const time_t now = time(nullptr);
    const std::string line = std::asctime(std::localtime(&now));
    return line.substr(0, line.find('\n'));
}

// ---- sockets

// Tests give a v6 address by its name only where they need one: `::1`.
sockaddr_in6 v6_address(int port, bool loopback) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = loopback ? in6addr_loopback : in6addr_any;
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

sockaddr_in v4_address(int port, in_addr_t host) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

template <typename Address>
void listen_on(const Address& address, int family) {
    listener = must(socket(family, SOCK_STREAM, 0), "socket");
    must(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
    must(listen(listener, 16), "listen");
}

void connect_to(int port) {
    const auto address = v4_address(port, INADDR_LOOPBACK);
    connection = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    must(connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
}

void receive(std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t at = 0; at < count;) {
        const auto got = must(recv(current(), bytes.data() + at, count - at, 0), "recv");
        if (got == 0) _exit(101);
        at += static_cast<std::size_t>(got);
    }
}

void read_octet(int descriptor, const char* step) {
    char octet = 0;
    must(read(descriptor, &octet, 1), step);
}

// Says on stdout how many octets there were.
void read_some() {
    char buffer[4096];
    const auto count = must(recv(current(), buffer, sizeof buffer, 0), "read-some");
    write_all(1, std::to_string(count) + " ", "read-some");
}

void receive_to_end() {
    char buffer[4096];
    while (must(recv(current(), buffer, sizeof buffer, 0), "recv-end") > 0) continue;
}

void reset() {
    const linger at_once{1, 0};
    must(setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), "reset");
    close(connection);
}

void limit_receiving(int milliseconds) {
    const timeval limit{milliseconds / 1000, milliseconds % 1000 * 1000L};
    must(setsockopt(current(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), "rcvtimeo");
}

// ---- waiting

void wait_in_poll(int milliseconds) {
    pollfd set{current(), POLLIN, 0};
    must(poll(&set, 1, milliseconds), "poll");
}

void wait_in_select(int milliseconds) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(current(), &set);
    timeval limit{milliseconds / 1000, milliseconds % 1000 * 1000L};
    must(select(current() + 1, &set, nullptr, nullptr, milliseconds < 0 ? nullptr : &limit), "select");
}

void wait_in_epoll(int milliseconds, int also = -1) {
    const int set = must(epoll_create1(0), "epoll");
    epoll_event event{};
    event.events = EPOLLIN;
    must(epoll_ctl(set, EPOLL_CTL_ADD, current(), &event), "epoll");
    if (also >= 0) must(epoll_ctl(set, EPOLL_CTL_ADD, also, &event), "epoll");
    must(epoll_wait(set, &event, 1, milliseconds), "epoll");
}

void wait_in_epoll_with_timer(int seconds) {
    const int timer = must(timerfd_create(CLOCK_MONOTONIC, 0), "timerfd");
    itimerspec when{};
    when.it_value.tv_sec = seconds;
    must(timerfd_settime(timer, 0, &when, nullptr), "timerfd");
    wait_in_epoll(-1, timer);
}

void wait_in_futex(const timespec* limit) {
    int value = 0;
    syscall(SYS_futex, &value, FUTEX_WAIT, 0, limit, nullptr, 0);
}

void sleep_for(time_t seconds, long nanoseconds) {
    const timespec duration{seconds, nanoseconds};
    must(-clock_nanosleep(CLOCK_MONOTONIC, 0, &duration, nullptr), "sleep");
}

/// Until that much after now by the clock: it is told a moment, not a duration.
void sleep_until(long nanoseconds) {
    timespec moment{};
    clock_gettime(CLOCK_MONOTONIC, &moment);
    moment.tv_nsec += nanoseconds;
    moment.tv_sec += moment.tv_nsec / 1'000'000'000L;
    moment.tv_nsec %= 1'000'000'000L;
    must(-clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, nullptr), "sleep");
}

void set_alarm(int seconds) {
    signal(SIGALRM, [](int) {});
    alarm(static_cast<unsigned>(seconds));
}

/// To be fetched by sigwait(3) or signalfd(2).
void block_alarm() {
    sigset_t alarm;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    must(sigprocmask(SIG_BLOCK, &alarm, nullptr), "block-alarm");
}

void set_timer(int seconds) {
    signal(SIGUSR1, [](int) {});
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGUSR1;
    timer_t timer{};
    must(timer_create(CLOCK_MONOTONIC, &event, &timer), "timer");
    const itimerspec when{{}, {seconds, 0}};
    must(timer_settime(timer, 0, &when, nullptr), "timer");
}

// ---- processes

// The child goes on with the steps; the parent waits for it.
void fork_worker() {
    const pid_t child = must(fork(), "worker");
    if (child == 0) return;
    int status = 0;
    must(waitpid(child, &status, 0), "worker");
    _exit(0);
}

// Both go on: the child with the steps to the word `parent`, the parent with what follows it.
void split() {
    if (must(fork(), "fork") == 0) return;
    while (*next_word && word() != "parent") continue;
}

void become_daemon() {
    if (must(fork(), "daemon") > 0) _exit(0);
    must(setsid(), "daemon");
    if (must(fork(), "daemon") > 0) _exit(0);
}

void start_thread_in_recv() {
    pthread_t thread{};
    const auto wait = [](void*) -> void* {
        receive(1);
        return nullptr;
    };
    if (pthread_create(&thread, nullptr, wait, nullptr) != 0) _exit(100);
}

void flood(int descriptor, std::size_t count) {
    const std::string piece(4096, 'x');
    for (std::size_t at = 0; at < count; at += piece.size())
        write_all(descriptor, piece.substr(0, count - at), "flood");
}

// Uses so many mebibytes of memory.
void hog(int mebibytes) {
    const auto size = static_cast<std::size_t>(mebibytes) << 20;
    auto* volatile memory = static_cast<volatile char*>(std::malloc(size));
    if (!memory) _exit(100);
    for (std::size_t at = 0; at < size; at += 4096) memory[at] = 1;
}

// All that may be killed. In a container alone, whose first process is the parent: elsewhere it would be the machine.
void kill_all() {
    if (getppid() != 1) _exit(100);
    kill(-1, SIGKILL);
}

void start_children(int count) {
    for (int child = 0; child < count; ++child)
        if (must(fork(), "children") == 0)
            for (;;) pause();
}

// Prints what comes of opening a file for reading.
void look_at_file(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY);
    std::printf("%s: %s\n", path.c_str(), file < 0 ? std::strerror(errno) : "open");
    std::fflush(stdout);
    close(file);
}

// Prints that of process 1 and its own.
void tell_priorities() {
    std::printf("%d %d", getpriority(PRIO_PROCESS, 1), getpriority(PRIO_PROCESS, 0));
    std::fflush(stdout);
}

void write_file(const std::string& path) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    std::printf("%s: %s\n", path.c_str(), file < 0 ? std::strerror(errno) : "written");
    std::fflush(stdout);
    close(file);
}

void compute(int milliseconds) {
    const auto until = std::clock() + milliseconds * (CLOCKS_PER_SEC / 1000);
    while (std::clock() < until) continue;
}

[[noreturn]] void spin() {
    for (volatile unsigned turns = 0;;) turns = turns + 1;
}

const std::map<std::string, std::function<void()>>& steps() {
    static const std::map<std::string, std::function<void()>> all{
        {"listen", [] { listen_on(v4_address(number(), INADDR_ANY), AF_INET); }},
        {"listen-v6", [] { listen_on(v6_address(number(), true), AF_INET6); }},
        {"listen-dual", [] { listen_on(v6_address(number(), false), AF_INET6); }},
        {"accept", [] { connection = must(accept(listener, nullptr, nullptr), "accept"); }},
        {"connect", [] { connect_to(number()); }},
        {"send", [] { write_all(connection, word(), "send"); }},
        {"time", [] { write_all(connection, time_of_day(), "time"); }},
        {"send-many", [] { write_all(connection, std::string(static_cast<std::size_t>(number()), 's'), "send"); }},
        {"recv", [] { receive(static_cast<std::size_t>(number())); }},
        {"recv-end", [] { receive_to_end(); }},
        {"read-some", [] { read_some(); }},
        {"read", [] { read_octet(current(), "read"); }},
        {"shutdown", [] { must(shutdown(connection, SHUT_WR), "shutdown"); }},
        {"close", [] { must(close(connection), "close"), connection = -1; }},
        {"reset", reset},
        {"rcvtimeo", [] { limit_receiving(number()); }},
        {"poll", [] { wait_in_poll(number()); }},
        {"select", [] { wait_in_select(number()); }},
        {"epoll", [] { wait_in_epoll(number()); }},
        {"epoll-timer", [] { wait_in_epoll_with_timer(number()); }},
        {"futex", [] { wait_in_futex(nullptr); }},
        {"sleep", [] { sleep_for(0, number() * 1'000'000L); }},
        {"sleep-until", [] { sleep_until(number() * 1'000'000L); }},
        {"sleep-for-ever", [] { sleep_for(LONG_MAX, 0); }},
        {"alarm", [] { set_alarm(number()); }},
        {"block-alarm", block_alarm},
        {"timer", [] { set_timer(number()); }},
        {"name", [] { prctl(PR_SET_NAME, word().c_str()); }},
        {"read-stdin", [] { read_octet(0, "read-stdin"); }},
        {"pause", [] { pause(); }},
        {"compute", [] { compute(number()); }},
        {"spin", spin},
        {"stop", [] { raise(SIGSTOP); }},
        {"raise", [] { raise(number()); }},
        {"exit", [] { _exit(number()); }},
        {"worker", fork_worker},
        {"fork", split},
        {"parent", [] { _exit(0); }},
        {"daemon", become_daemon},
        {"thread-in-recv", start_thread_in_recv},
        {"print", [] { write_all(1, word(), "print"); }},
        {"complain", [] { write_all(2, word(), "complain"); }},
        {"flood",
         [] {
             const int to = number();
             flood(to, static_cast<std::size_t>(number()));
         }},
        {"hog", [] { hog(number()); }},
        {"children", [] { start_children(number()); }},
        {"look-at", [] { look_at_file(word()); }},
        {"write", [] { write_file(word()); }},
        {"tell-priorities", tell_priorities},
        {"kill-all", kill_all},
        {"close-descriptor", [] { must(close(number()), "close-descriptor"); }},
    };
    return all;
}

}  // namespace

int main(int, char** argv) {
    next_word = argv + 1;
    while (*next_word) {
        const auto name = word();
        const auto step = steps().find(name);
        if (step == steps().end()) {
            std::fprintf(stderr, "no step is called %s\n", name.c_str());
            return 102;
        }
        step->second();
    }
}
