/* Fills the set of select() once, though select() takes out what is not ready. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/select.h>
#include <sys/socket.h>

int mostra(unsigned char *dados, int n, char *saida) {
    int i, m;
    char aspa = memchr(dados, '\'', n) && !memchr(dados, '"', n) ? '"' : '\'';
    m = sprintf(saida, "Echo ==>b%c", aspa);
    for (i = 0; i < n; i++) {
        if (dados[i] == aspa || dados[i] == '\\') m += sprintf(saida + m, "\\%c", dados[i]);
        else if (dados[i] == '\t') m += sprintf(saida + m, "\\t");
        else if (dados[i] == '\n') m += sprintf(saida + m, "\\n");
        else if (dados[i] == '\r') m += sprintf(saida + m, "\\r");
        else if (dados[i] < 32 || dados[i] > 126) m += sprintf(saida + m, "\\x%02x", dados[i]);
        else saida[m++] = dados[i];
    }
    saida[m++] = aspa;
    return m;
}

int main() {
    struct sockaddr_in a;
    unsigned char dados[1024];
    char resposta[8192];
    fd_set conjunto;
    int s, fd, n, maior;

    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_port = htons(5050);
    if (bind(s, (struct sockaddr *)&a, sizeof(a)) < 0 || listen(s, 5) < 0) {
        perror("servidor");
        return 1;
    }
    FD_ZERO(&conjunto);
    FD_SET(s, &conjunto);
    maior = s;
    while (select(maior + 1, &conjunto, NULL, NULL, NULL) > 0) {
        for (fd = 0; fd <= maior; fd++) {
            if (!FD_ISSET(fd, &conjunto)) continue;
            if (fd == s) {
                int c = accept(s, NULL, NULL);
                FD_SET(c, &conjunto);
                if (c > maior) maior = c;
            } else if ((n = recv(fd, dados, sizeof(dados), 0)) > 0) {
                send(fd, resposta, mostra(dados, n, resposta), 0);
            } else {
                close(fd);
                FD_CLR(fd, &conjunto);
            }
        }
    }
    return 0;
}
