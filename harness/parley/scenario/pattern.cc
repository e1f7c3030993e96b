#include "parley/scenario/pattern.h"

#include <boost/regex.hpp>

#include <stdexcept>

#include "parley/base/bytes.h"

namespace parley {

struct CompiledPattern::Compiled {
    boost::regex regex;
};

namespace {

// Boost takes `^` and `$` at every line break for granted; Perl, without /m, does not.
constexpr auto syntax = boost::regex::perl | boost::regex::no_mod_m | boost::regex::mod_s;

/// Whether all of `bytes` match or, with match_partial, may go on to match. The engine gives up by an exception where
/// it would need unreasonably many steps.
bool holds(const boost::regex& regex, std::string_view bytes, boost::regex_constants::match_flags flags) {
    boost::match_results<const char*> where;
    try {
        return boost::regex_match(bytes.data(), bytes.data() + bytes.size(), where, regex, flags);
    } catch (const std::runtime_error&) {
        return false;
    }
}

/// What the library says of a faulty expression, without its excerpt of the expression.
std::string plain_message(const boost::regex_error& error) {
    switch (error.code()) {
        case boost::regex_constants::error_brack: return "a '[' without its ']'";
        case boost::regex_constants::error_paren: return "a '(' or ')' without its counterpart, or an unknown '(?'";
        case boost::regex_constants::error_brace:
        case boost::regex_constants::error_badbrace: return "a broken '{}': a repeat count or a character's code";
        case boost::regex_constants::error_badrepeat: return "'*', '+', '?' or '{' with nothing to repeat before it";
        case boost::regex_constants::error_backref: return "a reference to a group that is not there";
        case boost::regex_constants::error_escape: return "a broken escape, or a '\\' at the end";
        case boost::regex_constants::error_range:
        case boost::regex_constants::error_ctype: return "a broken '[]': an unknown class, or a range from high to low";
        case boost::regex_constants::error_collate: return "an unknown collating element";
        case boost::regex_constants::error_empty: return "an empty alternative or group";
        case boost::regex_constants::error_perl_extension: return "an unknown '(?'";
        default: return "too complicated";
    }
}

}  // namespace

CompiledPattern::CompiledPattern(const std::string& expression) {
    try {
        compiled_ = std::make_shared<Compiled>(Compiled{boost::regex(expression, syntax)});
    } catch (const boost::regex_error& error) {
        throw std::invalid_argument(plain_message(error));
    }
}

bool CompiledPattern::matches_all(std::string_view bytes) const {
    return holds(compiled_->regex, bytes, boost::regex_constants::match_default);
}

std::string CompiledPattern::group(std::string_view bytes, const std::string& name) const {
    boost::match_results<const char*> where;
    boost::regex_match(bytes.data(), bytes.data() + bytes.size(), where, compiled_->regex);
    return where[name].str();
}

std::size_t CompiledPattern::longest_prefix(std::string_view bytes) const {
    // What a prefix can still become, every shorter one can: so bisection finds the longest.
    std::size_t possible = 0;
    std::size_t beyond = bytes.size() + 1;
    while (beyond - possible > 1) {
        const auto middle = possible + (beyond - possible) / 2;
        const bool holds_so_far =
            holds(compiled_->regex, bytes.substr(0, middle), boost::regex_constants::match_partial);
        (holds_so_far ? possible : beyond) = middle;
    }
    return possible;
}

std::string quote_pattern(std::string_view literal) {
    constexpr std::string_view special = R"(.[]{}()\*+?|^$/-#)";
    std::string out;
    for (char c : literal) {
        if (special.find(c) != std::string_view::npos) out += '\\';
        // The expression travels as text in messages: an octet that is none is spelled out.
        if (static_cast<unsigned char>(c) < 0x20)
            out += "\\x" + hex(std::string_view(&c, 1));
        else
            out += c;
    }
    return out;
}

}  // namespace parley
