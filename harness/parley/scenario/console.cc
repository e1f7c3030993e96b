#include "parley/scenario/console.h"

#include <algorithm>

#include "parley/base/bytes.h"

namespace parley {

namespace {

constexpr std::string_view mapped = "::ffff:", loopback = "127.0.0.1", flow_and_scope = ", 0, 0";

/// How long the port is with which `text` begins, as Python shows it after an address: `', 40404`; 0: there is none.
std::size_t port_length(std::string_view text) {
    constexpr std::string_view between = "', ";
    if (!text.starts_with(between)) return 0;
    const auto end = std::min(text.find_first_not_of("0123456789", between.size()), text.size());
    return end == between.size() ? 0 : end;
}

Bytes with_plain_addresses(std::string_view text) {
    Bytes plain;
    for (auto at = text.find(mapped); at != std::string_view::npos; at = text.find(mapped)) {
        plain += text.substr(0, at);
        text.remove_prefix(at + mapped.size());
        if (!text.starts_with(loopback)) {
            plain += mapped;
            continue;
        }
        const auto port = port_length(text.substr(loopback.size()));
        plain += text.substr(0, loopback.size() + port);
        text.remove_prefix(loopback.size() + port);
        if (port > 0 && text.starts_with(flow_and_scope)) text.remove_prefix(flow_and_scope.size());
    }
    plain += text;
    return plain;
}

}  // namespace

Bytes held_output(const ProgramPart& part, std::string_view printed) {
    if (!part.on_trial) return Bytes(printed);
    auto held = with_plain_addresses(printed);
    return part.prints_into_pipe() ? held : without_carriage_returns(held);
}

}  // namespace parley
