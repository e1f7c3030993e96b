// ctime server on one IPv6 socket that takes IPv4, too.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ctime>
#include <iostream>
#include <string>

int main() {
    int servidor = socket(AF_INET6, SOCK_STREAM, 0);
    int nao = 0, sim = 1;
    setsockopt(servidor, IPPROTO_IPV6, IPV6_V6ONLY, &nao, sizeof(nao));
    setsockopt(servidor, SOL_SOCKET, SO_REUSEADDR, &sim, sizeof(sim));
    sockaddr_in6 endereco{};
    endereco.sin6_family = AF_INET6;
    endereco.sin6_addr = in6addr_any;
    endereco.sin6_port = htons(8888);
    if (bind(servidor, reinterpret_cast<sockaddr*>(&endereco), sizeof(endereco)) < 0 || listen(servidor, 16) < 0) {
        std::cerr << "nao consegui a porta 8888" << std::endl;
        return 1;
    }
    std::cout << "aguardando" << std::endl;
    for (;;) {
        int cliente = accept(servidor, nullptr, nullptr);
        if (cliente < 0) continue;
        std::time_t agora = std::time(nullptr);
        std::string texto = std::ctime(&agora);
        texto.pop_back();
        send(cliente, texto.data(), texto.size(), 0);
        close(cliente);
    }
}
