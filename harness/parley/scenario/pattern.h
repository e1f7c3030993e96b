// Regular expressions on octets: Perl's syntax. The one place that names the library behind them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace parley {

/// A regular expression, ready for use. `.` matches every octet, newline and NUL included; `^` and `$` are the
/// beginning and the end of the whole. Copies share the compiled form.
class CompiledPattern {
public:
    /// Throws std::invalid_argument with a plain message where `expression` is none.
    explicit CompiledPattern(const std::string& expression);

    /// Whether all of `bytes` match. False as well where finding out would take unreasonably long.
    bool matches_all(std::string_view bytes) const;

    /// What the group `name` (`(?<name>…)`) matched in `bytes`, all of which match; empty where it took no part.
    std::string group(std::string_view bytes, const std::string& name) const;

    /// How many leading octets of `bytes` could still be the beginning of a match; fewer, again, where finding out
    /// would take unreasonably long.
    std::size_t longest_prefix(std::string_view bytes) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

/// An expression that matches exactly the octets `literal`.
std::string quote_pattern(std::string_view literal);

}  // namespace parley
