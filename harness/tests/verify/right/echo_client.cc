// Echo client that finds the characters of UTF-8 itself.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

static std::vector<std::string> caracteres(const std::string& texto) {
    std::vector<std::string> lista;
    for (char c : texto) {
        if ((c & 0xc0) == 0x80 && !lista.empty())
            lista.back() += c;
        else
            lista.push_back(std::string(1, c));
    }
    return lista;
}

int main(int argc, char** argv) {
    std::string host = argc > 1 ? argv[1] : "localhost";
    std::vector<std::string> mensagens = {"Hello world!", "Again!"};
    if (argc > 2) mensagens = caracteres(argv[2]);

    addrinfo dica{}, *lista = nullptr;
    dica.ai_family = AF_INET;
    dica.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host.c_str(), "5050", &dica, &lista) != 0) {
        std::cerr << "host desconhecido" << std::endl;
        return 1;
    }
    int s = socket(lista->ai_family, lista->ai_socktype, 0);
    if (connect(s, lista->ai_addr, lista->ai_addrlen) < 0) {
        std::cerr << "sem conexao" << std::endl;
        return 1;
    }
    for (const std::string& m : mensagens) {
        send(s, m.data(), m.size(), 0);
        char resposta[1024];
        ssize_t n = recv(s, resposta, sizeof(resposta), 0);
        if (n <= 0) break;
        std::cout << "Received: " << std::string(resposta, n) << std::endl;
    }
    close(s);
}
