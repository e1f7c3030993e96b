// What the C programs of the deck say when a primitive fails.
#pragma once

#include "net/error.h"

namespace parley::c {

/// Prints the slide's text for the primitive and errno's text on stderr, as perror does: `ERRO: conexão: Connection
/// refused`.
void print(const net::Error& error);

}  // namespace parley::c
