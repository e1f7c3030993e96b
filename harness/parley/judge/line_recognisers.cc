// Lines and blanks.
#include <algorithm>
#include <string_view>
#include <vector>

#include "parley/base/excerpt.h"
#include "parley/base/language.h"
#include "parley/judge/octet_recognisers.h"

namespace parley::recognise {

using namespace std::string_view_literals;
using Sureness = Cause::Sureness;

namespace {

/// Whether `actual` is `expected` with an empty line after each of its lines.
bool has_empty_lines_between(const Difference& difference) {
    Bytes apart;
    for (char c : difference.expected) apart += c == '\n' ? "\n\n" : Bytes(1, c);
    return apart != difference.expected && apart == difference.actual;
}

/// As without_carriage_returns(), where they are escaped.
Bytes without_shown_carriage_returns(std::string_view shown) {
    Bytes out;
    while (!shown.empty()) {
        const bool is_escape = shown[0] == '\\' && shown.size() > 1;
        const auto unit = shown.substr(0, is_escape ? 2 : 1);
        if (!shown.starts_with("\\r\\n")) out += unit;
        shown.remove_prefix(unit.size());
    }
    return out;
}

/// The blank that `text` begins with, escaped or not; empty where it begins with none.
std::string_view blank_at(std::string_view text) {
    for (const auto blank : {"\\n"sv, "\\r"sv, "\\t"sv, " "sv, "\n"sv, "\r"sv, "\t"sv}) {
        if (text.starts_with(blank)) return text.substr(0, blank.size());
    }
    return {};
}

/// Text taken apart.
struct Spaced {
    Bytes solid;                         ///< all but its blanks
    std::vector<Bytes> blanks{Bytes()};  ///< those before each octet of `solid`, and those at the end
    std::size_t count = 0;               ///< how many blanks there are
};

Spaced spaced(std::string_view text) {
    Spaced out;
    while (!text.empty()) {
        const auto blank = blank_at(text);
        if (blank.empty()) {
            out.solid += text[0];
            out.blanks.emplace_back();
        } else {
            out.blanks.back() += blank;
            ++out.count;
        }
        text.remove_prefix(std::max<std::size_t>(blank.size(), 1));
    }
    return out;
}

/// Whether `text` holds a time of day: 12:34:56.
bool tells_time(std::string_view text) {
    constexpr std::string_view shape = "00:00:00";
    const auto fits = [](char shown, char wanted) { return wanted == '0' ? is_digit(shown) : shown == wanted; };
    return std::search(text.begin(), text.end(), shape.begin(), shape.end(), fits) != text.end();
}

/// Whether blanks differ before numbers of one digit alone, as those do that are filled up to a width.
bool is_padding(const Spaced& one, const Spaced& other) {
    for (std::size_t i = 0; i < one.blanks.size(); ++i) {
        if (one.blanks[i] == other.blanks[i]) continue;
        if (i == one.solid.size() || !is_digit(one.solid[i])) return false;
        if (i + 1 < one.solid.size() && is_digit(one.solid[i + 1]) && one.blanks[i + 1].empty()) return false;
    }
    return true;
}

std::optional<Cause> fixed_length(const Difference& difference) {
    constexpr std::size_t many = 4;
    const auto gap = gap_between(difference.actual, difference.expected);
    const bool filled =
        !difference.expected.empty() && gap.size() >= many && gap.find_first_not_of(' ') == std::string_view::npos;
    if (!filled || !closes(after(difference.actual, gap))) return {};
    return Cause{
        "blanks", Sureness::likely,
        told("{} blanks follow the text: a variable of fixed length (Fortran, Pascal, COBOL) goes out whole; take only "
             "what it holds, as with trim()",
             gap.size())};
}

std::string about_blanks(std::size_t wanted, std::size_t found) {
    if (found > wanted) {
        return plural(found - wanted, "there is {} blank too many, and all else is right",
                      "there are {} blanks too many, and all else is right", found - wanted);
    }
    if (found < wanted) {
        return plural(wanted - found,
                      "{} blank or newline is missing, and all else is right: strip(), trim() and scanf() take them "
                      "away",
                      "{} blanks or newlines are missing, and all else is right: strip(), trim() and scanf() take them "
                      "away",
                      wanted - found);
    }
    return tr("there are other blanks (a tab, a newline), or in other places, and all else is right");
}

/// Without newlines, escaped or not.
Bytes on_one_line(std::string_view text) {
    return without(without(text, "\n"), "\\n");
}

std::string about_newlines(std::size_t wanted, std::size_t found) {
    if (found > wanted) {
        return plural(found - wanted,
                      "there is {} newline too many, and all else is right: println(), puts() and print() add one",
                      "there are {} newlines too many, and all else is right: println(), puts() and print() add one",
                      found - wanted);
    }
    return plural(wanted - found,
                  "{} newline is missing, and all else is right: strip(), chomp() and readLine() take it away",
                  "{} newlines are missing, and all else is right: strip(), chomp() and readLine() take them away",
                  wanted - found);
}

}  // namespace

std::optional<Cause> newline_kept(const Difference& difference) {
    const bool one = difference.goes_on() && difference.surplus() == "\n" && difference.expected.ends_with('\n');
    if (!one && !has_empty_lines_between(difference)) return {};
    return Cause{"newline-twice", Sureness::likely,
                 tr("there are two newlines: what fgets() or a line reader returns ends in one already")};
}

std::optional<Cause> newline_added(const Difference& difference) {
    if (!difference.goes_on() || difference.expected.ends_with('\n')) return {};
    if (difference.surplus() != "\n" && difference.surplus() != "\r\n") return {};
    return Cause{"newline-added", Sureness::certain,
                 tr("a newline follows it, as println(), puts(), print() and C's ctime() add one; it is not part "
                    "of the text")};
}

std::optional<Cause> delimiter_missing(const Difference& difference) {
    if (!difference.lacks_the_end() || difference.expected.substr(difference.actual.size()) != "\n") return {};
    return Cause{"newline-missing", Sureness::certain, tr("only the newline at the end is missing")};
}

std::optional<Cause> delimiter_not_sent(const Difference& difference) {
    constexpr std::size_t telling = 100;  // shorter messages fit into most buffers
    auto cause = delimiter_missing(difference);
    if (!cause) return {};
    const auto expected = difference.expected;
    if (expected.size() - characters(expected) == 1) {  // as many as are missing
        cause->sureness = Sureness::likely;
        cause->text = tr(
            "only the newline at the end is missing; where the text was not sent without it, characters were counted "
            "in place of octets, of which one character here takes two");
    } else if (expected.size() >= telling) {
        cause->sureness = Sureness::likely;
        cause->text =
            tr("only the newline at the end is missing: the text is long, and a buffer or a count may be one "
               "too small for it (fgets() keeps room for the NUL)");
    }
    return cause;
}

std::optional<Cause> shown_line_ends(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected == actual || without_shown_carriage_returns(expected) != without_shown_carriage_returns(actual))
        return {};
    return Cause{"line-ends", Sureness::certain,
                 actual.size() > expected.size()
                     ? tr("LF (\\n) became CR LF (\\r\\n), as text mode turns it; read and write octets")
                     : tr("CR LF (\\r\\n) became LF (\\n), as text mode turns it; read and write octets")};
}

std::optional<Cause> line_ends(const Difference& difference) {
    const auto [expected, actual] = difference;
    if (expected == actual || without_carriage_returns(expected) != without_carriage_returns(actual)) return {};
    const bool too_many = actual.size() > expected.size();
    return Cause{"line-ends", Sureness::certain,
                 too_many
                     ? tr("lines end in CR LF (0d 0a), where LF (0a) alone is the protocol's: println() and text mode "
                          "write what the platform is used to")
                     : tr("lines end in LF (0a) alone, where the protocol has CR LF (0d 0a)")};
}

std::optional<Cause> blanks(const Difference& difference) {
    constexpr std::size_t most = 64 << 10;  // taken apart, a text takes forty times its size
    if (difference.actual.size() > most) return {};
    if (auto cause = fixed_length(difference)) return cause;
    const auto expected = spaced(difference.expected), actual = spaced(difference.actual);
    if (difference.expected == difference.actual || expected.solid.empty() || expected.solid != actual.solid) return {};
    if (tells_time(difference.expected) && is_padding(expected, actual)) return {};
    const bool in_newlines = on_one_line(difference.expected) == on_one_line(difference.actual);
    return Cause{"blanks", Sureness::certain,
                 in_newlines && expected.count != actual.count ? about_newlines(expected.count, actual.count)
                                                               : about_blanks(expected.count, actual.count)};
}

std::optional<Cause> letter_case(const Difference& difference) {
    const auto same = [](char a, char b) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return lower(a) == lower(b);
    };
    const auto [expected, actual] = difference;
    if (expected == actual || !std::equal(expected.begin(), expected.end(), actual.begin(), actual.end(), same))
        return {};
    return Cause{"letter-case", Sureness::certain, tr("it differs in capital and small letters alone")};
}

}  // namespace parley::recognise
