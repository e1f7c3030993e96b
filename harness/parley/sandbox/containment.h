// A program that is not trusted, in a container made by bubblewrap (bwrap(1)).
//
//   parley ─▶ bwrap: namespaces, mounts, no capabilities ─▶ parley_init (pid 1): limits ─▶ the program
//
// It has user, pid, mount, ipc and uts namespaces of its own, beside the network's. It sees the machine's files, which
// it cannot change, but for what is masked: home folders, folders for temporary files, the folder in which its own lies
// (where others' programs lie too), what only root may read. /tmp and /dev/shm are its own, and vanish with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parley/base/file_descriptor.h"

namespace parley {

/// What a program and all its descendants may use. Where one is exceeded they are ended, but for `file_size` and
/// `open_files`, whose calls fail (setrlimit(2)).
struct Limits {
    std::uint64_t processes = 256;       ///< at a time, threads included
    std::uint64_t memory = 1 << 30;      ///< octets, of all together
    std::uint64_t processor = 30;        ///< seconds of processor time, of each process
    std::uint64_t file_size = 64 << 20;  ///< octets, of each file; as much is there for all in /tmp
    std::uint64_t open_files = 1024;     ///< descriptors of each process
    std::uint64_t output = 16 << 20;     ///< octets, to stdout and to stderr; held by whoever reads them
    friend bool operator==(const Limits&, const Limits&) = default;
};

/// The limit that configurations and options call `name`, as the field is called; nullptr where there is none.
std::uint64_t* find_limit(Limits& limits, std::string_view name);
/// All the names.
std::vector<std::string> limit_names();

/// One program's container.
struct Container {
    std::string folder;                ///< its own: visible, and where it starts
    bool writable = false;             ///< whether it may change its folder
    std::vector<std::string> visible;  ///< folders and files that it sees besides, and cannot change
    Limits limits;
};

/// What all containers have in common.
class Containment {
public:
    /// `init` is the path of parley_init; `hidden` are folders that no program sees but where its own lies in them.
    Containment(const std::string& init, const std::vector<std::string>& hidden);

    /// The command that runs `command`, whose first word is a path, with `environment` (`KEY=VALUE`, all of it) in
    /// `container`. It takes the descriptors from init_channel to init_settings, and an environment that matters to
    /// nobody.
    std::vector<std::string> wrap(const Container& container, const std::vector<std::string>& command,
                                  const std::vector<std::string>& environment) const;

    /// The descriptors that are to become init_program and init_settings.
    int init() const { return init_.get(); }
    int settings() const { return settings_.get(); }

    /// For a child process between fork and exec, which is to execute what wrap() gave: lets the container's first
    /// process go before others where root makes it, so that what the program starts cannot keep it from its looks.
    /// Returns -1 and sets errno where it fails. Async-signal-safe; the working folder becomes "/".
    int enter() const;

    /// Makes a container and runs a command in it. Empty where that works, else bubblewrap's own words for what did
    /// not.
    std::string why_not() const;

private:
    std::vector<std::string> masks_around(const std::string& folder) const;

    FileDescriptor init_, settings_;
    FileDescriptor mounts_;  ///< a namespace to make containers from, where there is one
    std::string bubblewrap_;
    std::vector<std::string> masked_;  ///< in every container
    std::vector<std::string> hidden_;
};

/// The files and folders that the words of a command name, as far as they exist, so that they can be made visible:
/// `java -cp lib:/opt/x Server`, `sh -c 'cd /x && ./server'`. Relative ones start from `folder`.
std::vector<std::string> named_paths(const std::vector<std::string>& command, const std::string& folder);

}  // namespace parley
