/* Writes a terminating zero one place past a full buffer, over the descriptor behind it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

struct cliente {
    char dados[1024];
    int fd;
};

static void atende(struct cliente *c) {
    char resposta[8192];
    int n;
    while ((n = recv(c->fd, c->dados, sizeof c->dados, 0)) > 0) {
        int i, m, aspa;
        c->dados[n] = '\0';
        aspa = memchr(c->dados, '\'', n) && !memchr(c->dados, '"', n) ? '"' : '\'';
        m = sprintf(resposta, "Echo ==>b%c", aspa);
        for (i = 0; i < n; i++) {
            unsigned char u = c->dados[i];
            if (u == aspa || u == '\\') m += sprintf(resposta + m, "\\%c", u);
            else if (u == '\t') m += sprintf(resposta + m, "\\t");
            else if (u == '\n') m += sprintf(resposta + m, "\\n");
            else if (u == '\r') m += sprintf(resposta + m, "\\r");
            else if (u < 0x20 || u > 0x7e) m += sprintf(resposta + m, "\\x%02x", u);
            else resposta[m++] = u;
        }
        resposta[m++] = aspa;
        send(c->fd, resposta, m, 0);
    }
    close(c->fd);
}

int main(void) {
    struct sockaddr_in a = {0};
    struct cliente c;
    int s = socket(AF_INET, SOCK_STREAM, 0);
    a.sin_family = AF_INET;
    a.sin_port = htons(5050);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
        perror("servidor");
        return 1;
    }
    while ((c.fd = accept(s, NULL, NULL)) >= 0) atende(&c);
    return 0;
}
