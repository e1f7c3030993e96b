#include "parley/sandbox/containment.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

#include "parley/base/error.h"
#include "parley/base/file_descriptor.h"
#include "parley/base/format.h"
#include "parley/sandbox/init_protocol.h"
#include "parley/sandbox/spare_mounts.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

/// The first process is executed from its descriptor, so that its file need not be visible.
std::string init_inside() {
    return "/proc/self/fd/" + std::to_string(init_program);
}

std::string normal(const fs::path& path) {
    auto text = path.lexically_normal().string();
    if (text.size() > 1 && text.back() == '/') text.pop_back();
    return text;
}

std::string resolved(const std::string& path) {
    std::error_code error;
    const auto real = fs::canonical(path, error);
    return error ? normal(path) : real.string();
}

/// Whether `path` is `folder` or lies in it.
bool lies_in(const std::string& path, const std::string& folder) {
    return folder == "/" || path == folder || path.starts_with(folder + "/");
}

bool lies_in_any(const std::string& path, const std::vector<std::string>& folders) {
    return std::ranges::any_of(folders, [&](const auto& folder) { return lies_in(path, folder); });
}

bool is_folder(const std::string& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

std::string home() {
    const char* value = std::getenv("HOME");
    return value && *value == '/' ? resolved(value) : std::string();
}

/// Folders of which a program's own is a part of what is everybody's: such a one is never shown as a whole.
bool is_common(const std::string& folder) {
    static const std::set<std::string> common{"/",    "/home",  "/root", "/tmp", "/var/tmp", "/run",
                                              "/mnt", "/media", "/srv",  "/var", "/opt",     "/usr"};
    static const auto own_home = home();
    return common.contains(folder) || (!own_home.empty() && lies_in(own_home, folder));
}

/// What root alone may read, below `folder`, `depth` levels deep, but for empty files. In a container root is still the
/// owner of its files.
void append_private(const fs::path& folder, int depth, std::vector<std::string>& found) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error)) {
        struct stat status {};
        if (lstat(entry.path().c_str(), &status) < 0 || S_ISLNK(status.st_mode)) continue;
        const bool is_directory = S_ISDIR(status.st_mode);
        const mode_t needed = is_directory ? S_IROTH | S_IXOTH : S_IROTH;
        if ((status.st_mode & needed) != needed && (is_directory || (S_ISREG(status.st_mode) && status.st_size > 0)))
            found.push_back(entry.path().string());
        else if (is_directory && depth > 1)
            append_private(entry.path(), depth - 1, found);
    }
}

/// The masks of every container, folders before what lies in them.
std::vector<std::string> common_masks() {
    std::vector<std::string> masks{"/home", "/root", "/run", "/mnt", "/media", "/srv", "/var/log", "/var/tmp", home()};
    if (geteuid() == 0) {
        append_private("/", 1, masks);
        append_private("/etc", 3, masks);
        append_private("/var", 2, masks);
    }
    std::erase_if(masks, [](const auto& path) {
        std::error_code error;
        return path.empty() || path == "/" || fs::is_symlink(path, error) || !fs::exists(path, error) ||
               lies_in(path, "/proc") || lies_in(path, "/dev") || lies_in(path, "/sys") || lies_in(path, "/tmp");
    });
    std::ranges::sort(masks);
    std::vector<std::string> kept;
    for (const auto& mask : masks)
        if (!lies_in_any(mask, kept)) kept.push_back(mask);
    return kept;
}

/// The words of bwrap's command line, and what they hide so far.
///
/// For each file system that it binds or makes read-only, bwrap reads the list of all, which takes some 0.2 ms. An
/// empty one without permission to write costs a fifth of that.
class Mounts {
public:
    std::vector<std::string> words;

    void add(std::initializer_list<std::string> more) { words.insert(words.end(), more); }

    void mask(const std::string& path) {
        if (lies_in_any(path, hidden_)) return;
        if (is_folder(path))
            add({"--perms", "0555", "--size", "4096", "--tmpfs", path});
        else
            add({"--ro-bind", "/dev/null", path});
        hidden_.push_back(path);
    }

    /// An empty folder in which the program may write up to `size` octets.
    void scratch(const std::string& path, std::uint64_t size) {
        add({"--perms", "1777", "--size", std::to_string(size), "--tmpfs", path});
        hidden_.push_back(path);
    }

    /// Shows what would otherwise be hidden.
    void show(const std::string& path, bool writable) {
        if (!writable && (!lies_in_any(path, hidden_) || lies_in_any(path, shown_))) return;
        add({writable ? "--bind" : "--ro-bind", path, path});
        shown_.push_back(path);
    }

    /// What lies in `folder`, which is shown, is hidden again.
    void mask_in(const std::string& folder) {
        const auto lies_within = [&](const std::string& path) { return lies_in(path, folder); };
        std::erase_if(shown_, lies_within);
        std::erase_if(hidden_, lies_within);
        mask(folder);
    }

private:
    std::vector<std::string> hidden_, shown_;
};

/// Whether `word` may be a path in `text`: between what separates words, options and lists of paths.
std::vector<std::string> possible_paths(const std::string& text) {
    std::vector<std::string> paths{text};
    constexpr const char* separators = " \t\n'\"=:;,&|()<>`$@";
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find_first_of(separators, begin), text.size());
        if (end > begin) paths.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return paths;
}

/// A program that is looked up by its name may lie in a folder with all that it needs beside it: PREFIX/bin/node.
std::string installation_of(const std::string& program) {
    const auto real = fs::path(resolved(program));
    const auto folder = real.parent_path();
    const auto whole = folder.filename() == "bin" ? folder.parent_path() : folder;
    if (!is_common(whole.string())) return whole.string();
    return is_common(folder.string()) ? real.string() : folder.string();
}

constexpr std::pair<const char*, std::uint64_t Limits::*> names_of_limits[] = {
    {"processes", &Limits::processes}, {"memory", &Limits::memory},         {"processor", &Limits::processor},
    {"file_size", &Limits::file_size}, {"open_files", &Limits::open_files}, {"output", &Limits::output}};

}  // namespace

std::uint64_t* find_limit(Limits& limits, std::string_view name) {
    for (const auto& [known, field] : names_of_limits)
        if (name == known) return &(limits.*field);
    return nullptr;
}

std::vector<std::string> limit_names() {
    std::vector<std::string> names;
    for (const auto& limit : names_of_limits) names.emplace_back(limit.first);
    return names;
}

Containment::Containment(const std::string& init, const std::vector<std::string>& hidden)
    : init_(open(init.c_str(), O_RDONLY | O_CLOEXEC)),
      settings_(open("/proc/sys/kernel", O_PATH | O_DIRECTORY | O_CLOEXEC)),
      mounts_(make_spare_mounts()),
      masked_(common_masks()) {
    for (const auto& folder : hidden)
        if (is_folder(folder)) hidden_.push_back(resolved(folder));
    std::ranges::sort(hidden_);
    for (const char* candidate : {"/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"}) {
        if (bubblewrap_.empty() && access(candidate, X_OK) == 0) bubblewrap_ = candidate;
    }
}

std::vector<std::string> Containment::wrap(const Container& container, const std::vector<std::string>& command,
                                           const std::vector<std::string>& environment) const {
    const auto& limits = container.limits;
    const auto folder = resolved(container.folder);
    const bool common = is_common(folder);
    Mounts mounts;
    mounts.words = {
        bubblewrap_,         "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--disable-userns",
        "--die-with-parent", "--new-session",  "--as-pid-1",    "--cap-drop",    "ALL",           "--hostname",
        "localhost",  // which a program finds that looks up its own
        "--clearenv"};
    for (const auto& entry : environment) {
        const auto equals = entry.find('=');
        mounts.add({"--setenv", entry.substr(0, equals), entry.substr(equals + 1)});
    }
    mounts.add({"--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"});
    // The kernel lets root write its settings without any capability, and bubblewrap leaves them as they are.
    if (geteuid() == 0) mounts.add({"--ro-bind", "/proc/sys", "/proc/sys"});
    mounts.scratch("/tmp", limits.file_size);
    mounts.scratch("/dev/shm", limits.file_size);
    for (const auto& path : masks_around(folder)) mounts.mask(path);
    if (!common) mounts.show(folder, container.writable);
    for (const auto& path : hidden_)
        if (path != folder && lies_in(path, folder)) mounts.mask_in(path);
    mounts.show(installation_of(command.front()), false);
    for (const auto& path : container.visible) mounts.show(path, false);
    if (common && lies_in_any(folder, masked_)) mounts.add({"--dir", folder});
    mounts.add({"--remount-ro", "/dev", "--chdir", folder, "--", init_inside()});
    for (const auto limit : {limits.processes, limits.memory, limits.processor, limits.file_size, limits.open_files})
        mounts.words.push_back(std::to_string(limit));
    mounts.words.insert(mounts.words.end(), command.begin(), command.end());
    return std::move(mounts.words);
}

/// What is hidden of all that `folder` does not hold; folders before what lies in them.
std::vector<std::string> Containment::masks_around(const std::string& folder) const {
    auto masks = masked_;
    std::ranges::copy_if(hidden_, std::back_inserter(masks), [&](const auto& path) { return !lies_in(path, folder); });
    // Beside its own folder lie those of others.
    const auto above = normal(fs::path(folder).parent_path());
    if (!is_common(folder) && above != "/") masks.push_back(above);
    std::ranges::sort(masks);
    return masks;
}

std::string Containment::why_not() const {
    if (bubblewrap_.empty()) return "bubblewrap is not installed";
    if (!init_) return "parley_init is missing";
    const auto words = wrap({"/", false, {}, {}}, {"/bin/true"}, {});
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    int output[2], channel[2];
    checked(pipe2(output, O_CLOEXEC), "pipe");
    checked(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel), "socketpair");
    FileDescriptor reading(output[0]), writing(output[1]), ours(channel[0]), theirs(channel[1]);
    const pid_t child = checked(fork(), "fork");
    if (child == 0) {
        std::array given{theirs.get(), init(), settings()};  // in the order of init_channel to init_settings
        // Each may have the number that another is to have.
        for (int& descriptor : given) descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, init_settings + 1);
        if (enter() < 0 || dup2(writing.get(), 2) < 0) _exit(126);
        int number = init_channel;
        for (const int descriptor : given)
            if (dup2(descriptor, number++) < 0) _exit(126);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    writing.reset();
    theirs.reset();
    int status = 0;
    checked(waitpid(child, &status, 0), "waitpid");
    std::array<char, 512> told{};  // in one piece only now: bwrap writes it in several
    const auto length = read(reading.get(), told.data(), told.size());
    InitMessage message{};
    const bool started = recv(ours.get(), &message, sizeof message, MSG_DONTWAIT) == sizeof message &&
                         message.kind == InitMessage::Kind::started;
    if (started) return {};
    std::string words_of_it(told.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    words_of_it.resize(std::min(words_of_it.find('\n'), words_of_it.size()));
    return words_of_it.empty() ? format("bubblewrap ended with status {}", status) : words_of_it;
}

int Containment::enter() const {
    // Not in real time: reaping waits busily for whoever looks into /proc at that moment, who may then have no
    // processor.
    setpriority(PRIO_PROCESS, 0, -20);
    return mounts_ ? setns(mounts_.get(), CLONE_NEWNS) : 0;
}

std::vector<std::string> named_paths(const std::vector<std::string>& command, const std::string& folder) {
    std::vector<std::string> paths;
    for (const auto& word : command) {
        for (const auto& possible : possible_paths(word)) {
            const auto path = normal(fs::path(folder) / possible);
            std::error_code error;
            if (!fs::exists(path, error) || is_common(path)) continue;
            const auto around = normal(fs::path(path).parent_path());
            if (const auto above = fs::path(around).parent_path(); fs::exists(above / "pyvenv.cfg", error))
                paths.push_back(above.string());  // a virtual environment of Python (PEP 405)
            else
                paths.push_back(is_folder(path) || is_common(around) ? path : around);
        }
    }
    std::ranges::sort(paths);
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    return paths;
}

}  // namespace parley
