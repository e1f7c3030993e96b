/* Echo server: one process, many clients, poll. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define MAXIMO 64

static int mostra(const unsigned char *dados, int n, char *saida) {
    int i, m;
    char aspa = memchr(dados, '\'', n) && !memchr(dados, '"', n) ? '"' : '\'';

    m = sprintf(saida, "Echo ==>b%c", aspa);
    for (i = 0; i < n; i++) {
        unsigned char c = dados[i];
        if (c == aspa || c == '\\') m += sprintf(saida + m, "\\%c", c);
        else if (c == '\t') m += sprintf(saida + m, "\\t");
        else if (c == '\n') m += sprintf(saida + m, "\\n");
        else if (c == '\r') m += sprintf(saida + m, "\\r");
        else if (c < 0x20 || c >= 0x7f) m += sprintf(saida + m, "\\x%02x", c);
        else saida[m++] = c;
    }
    saida[m++] = aspa;
    return m;
}

int main(void) {
    struct pollfd fds[MAXIMO];
    struct sockaddr_in a;
    int quantos = 1, i, um = 1;

    fds[0].fd = socket(AF_INET, SOCK_STREAM, 0);
    fds[0].events = POLLIN;
    setsockopt(fds[0].fd, SOL_SOCKET, SO_REUSEADDR, &um, sizeof um);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_ANY);
    a.sin_port = htons(5050);
    if (bind(fds[0].fd, (struct sockaddr *)&a, sizeof a) < 0 || listen(fds[0].fd, 8) < 0) {
        perror("porta 5050");
        return 1;
    }
    while (poll(fds, quantos, -1) >= 0) {
        for (i = quantos - 1; i > 0; i--) {
            unsigned char dados[1024];
            char resposta[4 * sizeof dados + 16];
            int n;
            if (!fds[i].revents) continue;
            n = recv(fds[i].fd, dados, sizeof dados, 0);
            if (n <= 0) {
                close(fds[i].fd);
                fds[i] = fds[--quantos];
            } else {
                send(fds[i].fd, resposta, mostra(dados, n, resposta), MSG_NOSIGNAL);
            }
        }
        if (fds[0].revents && quantos < MAXIMO) {
            fds[quantos].fd = accept(fds[0].fd, NULL, NULL);
            fds[quantos].events = POLLIN;
            fds[quantos].revents = 0;
            if (fds[quantos].fd >= 0) quantos++;
        }
    }
    return 0;
}
