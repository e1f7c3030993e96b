// Date server with a thread for each client.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <ctime>
#include <iostream>
#include <string>
#include <thread>

static void atende(int cliente) {
    char texto[100];
    std::time_t agora = std::time(nullptr);
    std::tm partes;
    localtime_r(&agora, &partes);
    std::strftime(texto, sizeof(texto), "Agora é:%a %b %d %H:%M:%S %Z %Y\n", &partes);
    std::string resposta = texto;
    send(cliente, resposta.c_str(), resposta.length(), MSG_NOSIGNAL);
    close(cliente);
}

int main() {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    int sim = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &sim, sizeof(sim));
    sockaddr_in e;
    std::memset(&e, 0, sizeof(e));
    e.sin_family = AF_INET;
    e.sin_port = htons(5155);
    e.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(s, (sockaddr*)&e, sizeof(e)) == -1 || listen(s, 5) == -1) {
        perror("servidor");
        return 1;
    }
    std::cout << "Servidor ouvindo na porta 5155..." << std::endl;
    while (true) {
        sockaddr_in origem;
        socklen_t tamanho = sizeof(origem);
        int c = accept(s, (sockaddr*)&origem, &tamanho);
        if (c == -1) continue;
        std::cout << "#Cliente atendido no socket:/" << inet_ntoa(origem.sin_addr) << ":" << ntohs(origem.sin_port)
                  << std::endl;
        std::thread(atende, c).detach();
    }
}
