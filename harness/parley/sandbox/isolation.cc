#include "parley/sandbox/isolation.h"

#include <cstdio>

#include "parley/base/error.h"
#include "parley/base/language.h"
#include "parley/sandbox/namespaces.h"

namespace parley {

Isolation choose_isolation(const std::string& asked) {
    if (asked == "shared") return Isolation::shared;
    const auto trouble = why_no_namespaces();
    if (trouble.empty()) return Isolation::namespaces;
    if (asked == "namespace") throw SetupError(without_namespaces(trouble));
    const auto line =
        told("parley: no private network namespaces here ({}): all share the machine's loopback", trouble);
    std::fprintf(stderr, "%s\n", line.c_str());
    return Isolation::shared;
}

}  // namespace parley
