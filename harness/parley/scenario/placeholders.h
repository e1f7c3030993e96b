// {host}, {port}, {source}, {build} in commands and arguments.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace parley {

/// `text` with each `{name}` that `values` knows replaced. Everything else, other braces included, stays as it is;
/// what was filled in is not looked at again.
std::string fill_in(std::string_view text, const std::map<std::string, std::string>& values);

}  // namespace parley
