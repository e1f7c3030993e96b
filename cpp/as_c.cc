#include "as_c.h"

#include <cstdio>

namespace parley::c {

namespace {

const char* complaint(net::Primitive primitive) {
    switch (primitive) {
        case net::Primitive::socket: return "ERRO: abertura do socket";
        case net::Primitive::bind: return "ERRO: ligação";
        case net::Primitive::listen:  // The slide looks at accept only, which fails when listen has.
        case net::Primitive::accept: return "ERRO: aceite";
        case net::Primitive::connect: return "ERRO: conexão";
        case net::Primitive::send: return "ERRO: escrita no socket";
        case net::Primitive::receive: return "ERRO: leitura do socket";
    }
    return "ERRO";
}

}  // namespace

void print(const net::Error& error) {
    std::fprintf(stderr, "%s: %s\n", complaint(error.primitive()), error.reason().c_str());
}

}  // namespace parley::c
