/* Lets all threads read into the same buffer. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

unsigned char dados[1024];
char resposta[8192];
int n;

int mostra(void) {
    int i, m;
    char aspa = memchr(dados, '\'', n) && !memchr(dados, '"', n) ? '"' : '\'';
    m = sprintf(resposta, "Echo ==>b%c", aspa);
    for (i = 0; i < n; i++) {
        unsigned char c = dados[i];
        if (c == aspa || c == '\\') m += sprintf(resposta + m, "\\%c", c);
        else if (c == '\t') m += sprintf(resposta + m, "\\t");
        else if (c == '\n') m += sprintf(resposta + m, "\\n");
        else if (c == '\r') m += sprintf(resposta + m, "\\r");
        else if (c < 32 || c > 126) m += sprintf(resposta + m, "\\x%02x", c);
        else m += sprintf(resposta + m, "%c", c);
    }
    return m + sprintf(resposta + m, "%c", aspa);
}

void *atende(void *arg) {
    int cliente = (long)arg;
    while ((n = recv(cliente, dados, sizeof(dados), 0)) > 0) {
        usleep(100000); /* the work that a reply costs */
        send(cliente, resposta, mostra(), 0);
    }
    close(cliente);
    return NULL;
}

int main() {
    struct sockaddr_in a;
    int s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_port = htons(5050);
    if (bind(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
        perror("bind");
        exit(1);
    }
    listen(s, 5);
    for (;;) {
        pthread_t t;
        long c = accept(s, NULL, NULL);
        pthread_create(&t, NULL, atende, (void *)c);
        pthread_detach(t);
    }
}
