#include "parley/report/comparison.h"

#include <algorithm>
#include <string_view>

#include "parley/base/bytes.h"
#include "parley/base/excerpt.h"
#include "parley/base/format.h"
#include "parley/base/language.h"
#include "parley/base/utf8.h"
#include "parley/judge/wording.h"
#include "parley/report/terminal.h"

namespace parley {

namespace {

using Code = Finding::Code;

/// Strings of at most so many octets are shown as a whole; of longer ones so many around the difference.
constexpr std::size_t whole = 80;
constexpr std::size_t shown_before = 24;
constexpr std::size_t shown_after = 40;
constexpr std::size_t hex_before = 8;
constexpr std::size_t hex_after = 16;

/// A part of a string: octets [first, last).
struct Window {
    std::size_t first = 0;
    std::size_t last = 0;
};

std::size_t character_length(std::string_view bytes, std::size_t start) {
    return std::max<std::size_t>(1, utf8_sequence_length(bytes.substr(start)));
}

std::string padded(std::string text, std::size_t columns) {
    text.append(columns - std::min(columns, columns_of(text)), ' ');
    return text;
}

/// What stands before the two strings, equally wide.
struct Labels {
    std::string expected = padded(tr("expected"), columns_of(tr("actual")));
    std::string actual = padded(tr("actual"), columns_of(tr("expected")));

    std::size_t columns() const { return columns_of(actual); }
};

std::string left_out(std::size_t count) {
    return format("… {} …", octets(count));
}

/// `bytes` within `window`, in quotes; what is left out on either side is counted outside of them.
std::string shown(std::string_view bytes, Window window) {
    const auto last = std::min(window.last, bytes.size());
    std::string text;
    if (window.first > 0) text += left_out(window.first) + " ";
    text += quoted(bytes.substr(window.first, last - window.first));
    if (last < bytes.size()) text += " " + left_out(bytes.size() - last);
    return text;
}

/// The column in shown(bytes, window) of the character that begins at `offset`. How an octet is escaped may depend on
/// the next one, never on those before it: so the rest is measured, and not the beginning.
std::size_t column_of(std::string_view bytes, Window window, std::size_t offset) {
    const auto last = std::min(window.last, bytes.size());
    const auto all = bytes.substr(window.first, last - window.first);
    const auto marker = window.first > 0 ? columns_of(left_out(window.first)) + 1 : 0;
    return marker + 1 + columns_of(quoted(all)) - columns_of(quoted(all.substr(offset - window.first)));
}

bool is_comparison(const Finding& finding) {
    if (finding.expected_bytes) return true;
    switch (finding.code) {
        case Code::bytes_differ:
        case Code::bytes_extra:
        case Code::bytes_missing:
        case Code::stdout_differs:
        case Code::stderr_differs: return true;
        default: return false;
    }
}

Window window_of(const Finding& finding, std::string_view actual) {
    const auto longest = std::max(actual.size(), finding.expected_bytes ? finding.expected_bytes->size() : 0);
    if (longest <= whole) return {0, longest};
    const auto start = finding.offset - std::min(finding.offset, shown_before);
    return {character_start(actual, start), finding.offset + shown_after};
}

/// What the caret points at, in words.
std::string note(const Finding& finding, std::string_view actual) {
    const auto offset = finding.offset;
    const auto some = [](std::string_view bytes) { return bytes.size() <= 8 ? ": " + hex(bytes) : std::string(); };
    if (!finding.expected_bytes)
        return offset < actual.size() ? tr("does not fit") : tr("ends here, more was expected");
    const std::string_view expected = *finding.expected_bytes;
    if (offset >= actual.size()) {
        return told("{} missing{}", octets(expected.size() - offset), some(expected.substr(offset)));
    }
    if (offset >= expected.size()) {
        const auto count = octets(actual.size() - offset), which = some(actual.substr(offset));
        return finding.code == Code::out_of_turn ? told("{} too early{}", count, which)
                                                 : told("{} too many{}", count, which);
    }
    return told("{} where {} was expected", hex(actual.substr(offset, 1)), hex(expected.substr(offset, 1)));
}

std::string caret_line(std::size_t column, std::size_t width, const std::string& words, bool colour) {
    const auto carets = std::string(width, '^') + (words.empty() ? "" : " " + words);
    return std::string(column, ' ') + painted(carets, colour::red, colour) + "\n";
}

std::string difference_line(const Finding& finding, std::string_view actual, Window window, std::size_t indent,
                            bool colour) {
    const auto start = character_start(actual, finding.offset);
    std::size_t width = 1;
    if (start < actual.size()) {
        width = column_of(actual, window, std::min(window.last, start + character_length(actual, start))) -
                column_of(actual, window, start);
    }
    return caret_line(indent + column_of(actual, window, start), width, note(finding, actual), colour);
}

std::string hex_lines(const Finding& finding, std::string_view actual, bool colour) {
    const auto first = finding.offset - std::min(finding.offset, hex_before);
    const auto around = [&](std::string_view bytes) {
        return hex(bytes.substr(std::min(first, bytes.size()), finding.offset - first + hex_after));
    };
    const Labels labels;
    auto text = format("  {}\n", told("hex from offset {}", first));
    if (finding.expected_bytes) text += format("    {}  {}\n", labels.expected, around(*finding.expected_bytes));
    text += format("    {}  {}\n", labels.actual, around(actual));
    return text + caret_line(6 + labels.columns() + 3 * (finding.offset - first), 2, "", colour);
}

}  // namespace

std::string comparison(const Finding& finding, bool colour) {
    if (!finding.actual_bytes) {
        if (finding.expected.empty()) return "";
        if (finding.actual.empty()) return format("  {}: {}\n", tr("expected"), finding.expected);
        const auto expected = format("{}:", tr("expected")), actual = format("{}:", tr("actual"));
        const auto width = std::max(columns_of(expected), columns_of(actual));
        return format("  {} {}\n  {} {}\n", padded(expected, width), finding.expected, padded(actual, width),
                      finding.actual);
    }
    const std::string_view actual = *finding.actual_bytes;
    const bool compares = is_comparison(finding);
    const auto window = compares ? window_of(finding, actual) : Window{0, whole};

    const auto expected_length = finding.expected_bytes ? grouped(finding.expected_bytes->size()) : "";
    const auto actual_length = grouped(actual.size());
    const auto digits = std::max(expected_length.size(), actual_length.size());
    const Labels labels;
    const auto expected_label = finding.expected_bytes ? format("{} {:>{}}:", labels.expected, expected_length, digits)
                                                       : format("{}:", tr("expected"));
    const auto expected = finding.expected_bytes ? shown(*finding.expected_bytes, window) : finding.expected;
    const auto label = format("  {} {:>{}}: ", labels.actual, actual_length, digits);
    std::string text;
    if (!expected.empty()) text = "  " + padded(expected_label, columns_of(label) - 2) + expected + "\n";
    text += label + shown(actual, window) + "\n";
    if (!compares || actual.empty()) return text;
    return text + difference_line(finding, actual, window, columns_of(label), colour) +
           hex_lines(finding, actual, colour);
}

}  // namespace parley
