// Texts for people, in the language of who reads them.
//
// A text stands in the source in English, and its translations in catalogues (gettext). Translators need other orders
// of words, so the arguments in a translation may be numbered: `o turno {1} d{0}`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "parley/base/format.h"

namespace parley {

enum class Language {
    english,
    portuguese,  ///< of Brazil
};

/// The language that the locale's variables ask for, as gettext reads them: LC_ALL, else LC_MESSAGES, else LANG; where
/// that is no C locale, LANGUAGE comes first. `variable` gives the value of one, empty where it is not set.
Language preferred_language(const std::function<std::string(const char*)>& variable);

/// Tells everything in `language` from now on; before the first call it is English. `catalogues` is the folder that
/// holds `pt_BR/LC_MESSAGES/parley.mo`. False where there is no catalogue: then it stays English. Not thread-safe.
bool set_language(Language language, const std::string& catalogues);

/// The translation of `english`, or itself where there is none. It lives as long as the program.
const char* tr(const char* english);

/// As tr(), by the count of what is told.
const char* tr_plural(std::uint64_t count, const char* one, const char* many);

/// strerror() of `code`, translated also where the C library lacks its own translations.
const char* error_text(int code);

/// What is translated later, by tr() of it: marks a text for the catalogue.
constexpr const char* marked(const char* english) {
    return english;
}

/// `told("{} of {}", 3, total)`: as format(), translated.
struct Told {
    template <typename... Arguments>
    std::string operator()(FormatText<Arguments&...> text, Arguments&&... arguments) const {
        return format_or<Arguments...>(text, tr(literal_of<Arguments&...>(text)), arguments...);
    }
};
inline constexpr Told told{};

/// `plural(count, "{} octet", "{} octets", count)`: as told(), by the count.
struct Plural {
    template <typename... Arguments>
    std::string operator()(std::uint64_t count, FormatText<Arguments&...> one, FormatText<Arguments&...> many,
                           Arguments&&... arguments) const {
        const auto* text = tr_plural(count, literal_of<Arguments&...>(one), literal_of<Arguments&...>(many));
        return format_or<Arguments...>(count == 1 ? one : many, text, arguments...);
    }
};
inline constexpr Plural plural{};

/// What stands between groups of three digits.
char grouping_mark();

/// `number`, spelt with a point, with the language's decimal mark.
std::string with_decimal_mark(std::string number);

}  // namespace parley
