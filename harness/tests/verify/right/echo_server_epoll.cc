// Echo server with epoll and non-blocking sockets.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <string>

static std::string repr(const std::string& dados) {
    const bool duplas = dados.find('\'') != std::string::npos && dados.find('"') == std::string::npos;
    const char aspa = duplas ? '"' : '\'';
    std::string saida = "b";
    saida += aspa;
    for (unsigned char c : dados) {
        char hexa[8];
        switch (c) {
            case '\t': saida += "\\t"; break;
            case '\n': saida += "\\n"; break;
            case '\r': saida += "\\r"; break;
            case '\\': saida += "\\\\"; break;
            default:
                if (c == aspa) {
                    saida += '\\';
                    saida += aspa;
                } else if (c < 32 || c > 126) {
                    std::snprintf(hexa, sizeof(hexa), "\\x%02x", c);
                    saida += hexa;
                } else {
                    saida += static_cast<char>(c);
                }
        }
    }
    return saida + aspa;
}

int main() {
    int ouvinte = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in endereco{};
    endereco.sin_family = AF_INET;
    endereco.sin_port = htons(5050);
    endereco.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(ouvinte, (sockaddr*)&endereco, sizeof(endereco)) != 0 || listen(ouvinte, 128) != 0) {
        std::perror("servidor");
        return 1;
    }
    int fila = epoll_create1(0);
    epoll_event evento{};
    evento.events = EPOLLIN;
    evento.data.fd = ouvinte;
    epoll_ctl(fila, EPOLL_CTL_ADD, ouvinte, &evento);
    for (;;) {
        epoll_event prontos[32];
        int quantos = epoll_wait(fila, prontos, 32, -1);
        for (int i = 0; i < quantos; ++i) {
            int fd = prontos[i].data.fd;
            if (fd == ouvinte) {
                int cliente = accept4(ouvinte, nullptr, nullptr, SOCK_NONBLOCK);
                if (cliente < 0) continue;
                evento.data.fd = cliente;
                epoll_ctl(fila, EPOLL_CTL_ADD, cliente, &evento);
                continue;
            }
            char dados[1024];
            ssize_t n = read(fd, dados, sizeof(dados));
            if (n <= 0) {
                close(fd);
                continue;
            }
            std::string resposta = "Echo ==>" + repr(std::string(dados, n));
            send(fd, resposta.data(), resposta.size(), MSG_NOSIGNAL);
        }
    }
}
