/* ctime client on a non-blocking socket, with poll. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char **argv) {
    const char *host = argc > 2 ? argv[1] : "localhost";
    int porta = argc > 2 ? atoi(argv[2]) : 8888;
    struct hostent *h = gethostbyname(host);
    struct sockaddr_in a;
    struct pollfd p;
    char hora[1025];
    int total = 0, n, erro = 0;
    socklen_t tam = sizeof erro;

    if (h == NULL) {
        fprintf(stderr, "host desconhecido: %s\n", host);
        return 1;
    }
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(porta);
    memcpy(&a.sin_addr, h->h_addr_list[0], h->h_length);
    p.fd = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(p.fd, F_SETFL, O_NONBLOCK);
    if (connect(p.fd, (struct sockaddr *)&a, sizeof a) < 0 && errno != EINPROGRESS) {
        perror("connect");
        return 1;
    }
    p.events = POLLOUT;
    poll(&p, 1, -1);
    getsockopt(p.fd, SOL_SOCKET, SO_ERROR, &erro, &tam);
    if (erro != 0) {
        fprintf(stderr, "connect: %s\n", strerror(erro));
        return 1;
    }
    p.events = POLLIN;
    for (;;) {
        poll(&p, 1, -1);
        n = read(p.fd, hora + total, sizeof hora - 1 - total);
        if (n < 0 && errno == EAGAIN) continue;
        if (n <= 0) break;
        total += n;
        if (total == sizeof hora - 1) break;
    }
    hora[total] = '\0';
    printf("Received from server:b'%s'\n", hora);
    close(p.fd);
    return 0;
}
