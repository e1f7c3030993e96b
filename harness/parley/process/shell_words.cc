#include "parley/process/shell_words.h"

#include "parley/base/bytes.h"
#include "parley/base/error.h"
#include "parley/base/format.h"

namespace parley {

namespace {

// Braces stay as they are, for {host} and {port}, but for what some shells expand: {a,b} and {1..3}.
bool is_plain(const std::string& word) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%{}";
    if (word.empty() || word.find_first_not_of(plain) != std::string::npos) return false;
    const bool expands = word.find(',') != std::string::npos || word.find("..") != std::string::npos;
    return word.find('{') == std::string::npos || !expands;
}

/// Takes a line apart, character by character.
class Splitter {
public:
    explicit Splitter(std::string_view line) : line_(line) {}

    std::vector<std::string> split() {
        for (; at_ < line_.size(); ++at_) take(line_[at_]);
        if (quote_ != 0)
            throw UsageError(format("{} is not closed in {}", quoted(std::string(1, quote_)), quoted(line_)));
        finish_word();
        return std::move(words_);
    }

private:
    void take(char c) {
        const bool escapes = c == '\\' && quote_ != '\'' && at_ + 1 < line_.size();
        if (escapes && (quote_ == 0 || is_special_in_quotes(line_[at_ + 1]))) {
            add(line_[++at_]);
        } else if (quote_ == 0 ? c == '\'' || c == '"' : c == quote_) {
            quote_ = quote_ == 0 ? c : '\0';
            in_word_ = true;
        } else if (quote_ == 0 && std::string_view(" \t\n").find(c) != std::string_view::npos) {
            finish_word();
        } else {
            if (quote_ != '\'') refuse_what_a_shell_does(c);
            add(c);
        }
    }

    /// What a backslash takes its meaning from within double quotes (POSIX, Shell Command Language, 2.2.3).
    static bool is_special_in_quotes(char c) { return std::string_view("$`\"\\").find(c) != std::string_view::npos; }

    void refuse_what_a_shell_does(char c) const {
        const std::string_view meant = quote_ == 0 ? "$`|&;<>()" : "$`";
        if (meant.find(c) == std::string_view::npos) return;
        throw UsageError(format("{} in {} is for a shell, and none is started; quote it, or run `sh -c '…'`",
                                quoted(std::string(1, c)), quoted(line_)));
    }

    void add(char c) {
        word_ += c;
        in_word_ = true;
    }

    void finish_word() {
        if (in_word_) words_.push_back(word_);
        word_.clear();
        in_word_ = false;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    char quote_ = '\0';  ///< the one that is open
    bool in_word_ = false;
    std::string word_;
    std::vector<std::string> words_;
};

}  // namespace

std::string shell_line(const std::vector<std::string>& command) {
    std::string line;
    for (const auto& word : command) {
        if (!line.empty()) line += ' ';
        if (is_plain(word)) {
            line += word;
            continue;
        }
        line += '\'';
        for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
        line += '\'';
    }
    return line;
}

std::vector<std::string> split_words(std::string_view line) {
    return Splitter(line).split();
}

}  // namespace parley
