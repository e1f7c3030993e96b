// "Cliente em C (1-3)" to "(3-3)": sends one line of stdin and prints the reply.
// The server's name and port are arguments. Errors end in exit status 0, as on the slide.

#include <array>
#include <cstdio>

#include "as_c.h"
#include "net/socket.h"

using namespace parley;

namespace {

/// A line of stdin, its newline included: at most 254 octets, up to the first NUL; empty at the end of stdin.
std::string read_line() {
    std::array<char, 255> buffer{};
    return std::fgets(buffer.data(), buffer.size(), stdin) == nullptr ? "" : buffer.data();
}

void converse(const char* host, const char* port) {
    net::Socket socket;
    socket.connect(net::resolve(host, net::port_of(port)));
    std::printf("Informe a mensagem: ");
    socket.send(read_line());
    const std::string reply = socket.receive(255);
    std::printf("%s\n", reply.c_str());
    socket.close();
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::fprintf(stderr, "Use %s <host> <porta>\n", argv[0]);
        return 0;
    }
    try {
        converse(argv[1], argv[2]);
    } catch (const net::UnknownHost&) {
        std::fputs("ERRO: host desconhecido\n", stderr);
    } catch (const net::Error& error) {
        c::print(error);
    }
}
