// Where parley runs, as far as it decides what mends a gap.
#pragma once

#include <string>

namespace parley {

struct Platform {
    std::string system;   ///< `Debian GNU/Linux 12 (bookworm)`, as os-release(5) names it
    bool has_apt = true;  ///< packages are installed by apt-get
    bool root = false;
    bool container = false;           ///< Docker, or one of its kind
    bool github = false;              ///< a runner of GitHub Actions
    bool apparmor_restricts = false;  ///< user namespaces: kernel.apparmor_restrict_unprivileged_userns
    bool kernel_forbids = false;      ///< user namespaces: kernel.unprivileged_userns_clone is 0 (Debian's kernels)
    bool none_allowed = false;        ///< user namespaces: user.max_user_namespaces is 0
    bool traces_nothing = false;      ///< kernel.yama.ptrace_scope is 3, or 2 for who is not root
    /// `Debian GNU/Linux 12 (bookworm), as root, in a container`
    std::string text() const;
};

Platform platform_here();

}  // namespace parley
