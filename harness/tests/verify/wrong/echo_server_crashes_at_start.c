/* Reads an argument that is not there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define PORTA 5050

int mostra(unsigned char *dados, int n, char *saida) {
    int i, m = 0;
    char aspa = '\'';
    if (memchr(dados, '\'', n) && !memchr(dados, '"', n)) aspa = '"';
    m += sprintf(saida, "Echo ==>b%c", aspa);
    for (i = 0; i < n; i++) {
        if (dados[i] == aspa || dados[i] == '\\')
            m += sprintf(saida + m, "\\%c", dados[i]);
        else if (dados[i] == '\n')
            m += sprintf(saida + m, "\\n");
        else if (dados[i] == '\r')
            m += sprintf(saida + m, "\\r");
        else if (dados[i] == '\t')
            m += sprintf(saida + m, "\\t");
        else if (dados[i] < 32 || dados[i] > 126)
            m += sprintf(saida + m, "\\x%02x", dados[i]);
        else
            m += sprintf(saida + m, "%c", dados[i]);
    }
    m += sprintf(saida + m, "%c", aspa);
    return m;
}

int main(int argc, char *argv[]) {
    int servidor, cliente, n, m;
    struct sockaddr_in endereco;
    unsigned char dados[1024];
    char resposta[8192];

    servidor = socket(AF_INET, SOCK_STREAM, 0);
    memset(&endereco, 0, sizeof(endereco));
    endereco.sin_family = AF_INET;
    endereco.sin_addr.s_addr = htonl(INADDR_ANY);
    endereco.sin_port = htons(atoi(argv[1]));
    if (bind(servidor, (struct sockaddr *)&endereco, sizeof(endereco)) < 0) {
        perror("bind");
        exit(1);
    }
    listen(servidor, 5);
    while (1) {
        cliente = accept(servidor, NULL, NULL);
        if (cliente < 0) {
            perror("accept");
            exit(1);
        }
        while ((n = recv(cliente, dados, sizeof(dados), 0)) > 0) {
            m = mostra(dados, n, resposta);
            send(cliente, resposta, m, 0);
        }
        close(cliente);
    }
    return 0;
}
