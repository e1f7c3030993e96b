// What was meant by a word that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// `word` so that a message stays one readable line: without control characters, and cut after 40 octets.
std::string shown(std::string_view word);

/// The nearest of `allowed`, if no more than about a third of `word` has to change; else nullptr.
const std::string* nearest_word(std::string_view word, const std::vector<std::string>& allowed);

/// `unknown key 'sever'; did you mean 'server'?`, or, where none of `allowed` is near, the list of what there is.
/// `what` is the kind of word: `key`, `role`.
std::string unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& allowed);

/// The same where there are many: `unknown scenario 'ech/to'; the nearest are 'echo/two', 'echo/utf-8'`.
std::string unknown_of_many(std::string_view what, std::string_view word, const std::vector<std::string>& allowed);

}  // namespace parley
