/* Echo server with a thread for each client. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

static char *escapa(char *p, unsigned char c, char aspa) {
    if (c == aspa || c == '\\') { *p++ = '\\'; *p++ = c; return p; }
    switch (c) {
    case '\t': return p + sprintf(p, "\\t");
    case '\n': return p + sprintf(p, "\\n");
    case '\r': return p + sprintf(p, "\\r");
    }
    if (c >= ' ' && c <= '~') { *p++ = c; return p; }
    return p + sprintf(p, "\\x%02x", c);
}

static void *atende(void *arg) {
    int fd = *(int *)arg;
    char dados[1024], resposta[8192];
    int n;

    free(arg);
    while ((n = read(fd, dados, sizeof dados)) > 0) {
        int simples = memchr(dados, '\'', n) != NULL, duplas = memchr(dados, '"', n) != NULL, i;
        char aspa = simples && !duplas ? '"' : '\'', *p = resposta;
        p += sprintf(p, "Echo ==>b%c", aspa);
        for (i = 0; i < n; i++) p = escapa(p, dados[i], aspa);
        *p++ = aspa;
        write(fd, resposta, p - resposta);
    }
    close(fd);
    return NULL;
}

int main() {
    struct sockaddr_in end = { .sin_family = AF_INET, .sin_port = htons(5050) };
    int s = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(s, (struct sockaddr *)&end, sizeof end) < 0) { perror("bind"); return 1; }
    listen(s, 5);
    while (1) {
        pthread_t t;
        int *fd = malloc(sizeof *fd);
        *fd = accept(s, NULL, NULL);
        if (*fd < 0) { perror("accept"); free(fd); continue; }
        pthread_create(&t, NULL, atende, fd);
        pthread_detach(t);
    }
}
