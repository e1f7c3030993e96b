#include "parley/base/language.h"

#include <libintl.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace parley {

namespace {

constexpr const char* domain = "parley";

Language current = Language::english;

/// `pt_BR` of `pt_BR.UTF-8@euro`.
std::string_view without_codeset(std::string_view locale) {
    return locale.substr(0, locale.find_first_of(".@"));
}

bool is_portuguese(std::string_view locale) {
    const auto name = without_codeset(locale);
    return name == "pt_BR" || name == "pt";
}

bool is_english(std::string_view locale) {
    const auto name = without_codeset(locale);
    return name == "C" || name == "POSIX" || name == "en" || name.starts_with("en_");
}

/// The first of `languages`, between colons, that there is; `otherwise` where none is given.
Language first_of(std::string_view languages, Language otherwise) {
    if (languages.empty()) return otherwise;
    while (!languages.empty()) {
        const auto name = languages.substr(0, languages.find(':'));
        if (is_portuguese(name)) return Language::portuguese;
        if (is_english(name)) return Language::english;
        languages.remove_prefix(std::min(name.size() + 1, languages.size()));
    }
    return Language::english;
}

}  // namespace

Language preferred_language(const std::function<std::string(const char*)>& variable) {
    std::string locale;
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (locale.empty()) locale = variable(name);
    }
    if (locale.empty() || locale == "C" || locale == "POSIX") return Language::english;
    return first_of(variable("LANGUAGE"), is_portuguese(locale) ? Language::portuguese : Language::english);
}

// In a locale other than C glibc follows LANGUAGE, so that no Portuguese one has to be installed. Programs under test
// are given an environment of their own. Each setlocale() makes gettext look at the variables anew.
bool set_language(Language language, const std::string& catalogues) {
    current = language;
    if (language == Language::english) {
        setlocale(LC_MESSAGES, "C");
        setlocale(LC_CTYPE, "C");
        return true;
    }
    setenv("LANGUAGE", "pt_BR", 1);
    setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_MESSAGES, "C.UTF-8");
    bindtextdomain(domain, catalogues.c_str());
    bind_textdomain_codeset(domain, "UTF-8");
    // The translation of the empty text is the catalogue's header.
    const bool found = *dgettext(domain, "") != '\0';
    return found || !set_language(Language::english, catalogues);
}

const char* tr(const char* english) {
    return *english == '\0' ? english : dgettext(domain, english);
}

const char* tr_plural(std::uint64_t count, const char* one, const char* many) {
    return dngettext(domain, one, many, count);
}

const char* error_text(int code) {
    switch (code) {
        case EACCES: return tr("Permission denied");
        case ENOENT: return tr("No such file or directory");
        case ENOTDIR: return tr("Not a directory");
        case ELOOP: return tr("Too many levels of symbolic links");
        case ENAMETOOLONG: return tr("File name too long");
        case ENOEXEC: return tr("Exec format error");
        case ETXTBSY: return tr("Text file busy");
        default: return std::strerror(code);
    }
}

char grouping_mark() {
    return current == Language::portuguese ? '.' : ',';
}

std::string with_decimal_mark(std::string number) {
    const auto point = number.find('.');
    if (current == Language::portuguese && point != std::string::npos) number[point] = ',';
    return number;
}

}  // namespace parley
