// "Servidor em C (1-3)" to "(3-3)": tells one client that its message has come, and ends.
// The port is an argument.

#include <cstdio>

#include "as_c.h"
#include "net/socket.h"

using namespace parley;

namespace {

const char response[] = "Sou o Servidor. Recebi sua mensagem.";

void serve(const char* port) {
    net::Socket listener;
    listener.bind(net::Address::any(AF_INET, net::port_of(port)));
    std::printf("Servidor ouvindo na porta [%s]...\n", port);
    listener.listen(5);
    net::Socket connection = listener.accept().socket;
    const std::string message = connection.receive(255);
    std::printf("Mensagem recebida do cliente: %s\n", message.c_str());
    connection.send(response);
    connection.close();
    listener.close();
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 2) {
        std::fputs("ERRO: porta não fornecida\n", stderr);
        return 1;
    }
    try {
        serve(argv[1]);
    } catch (const net::Error& error) {
        c::print(error);
        return 1;
    }
}
