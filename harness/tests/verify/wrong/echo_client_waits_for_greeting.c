/* Waits for a greeting that no server sends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>
#include <netinet/in.h>

void troca(int s, const char *mensagem, int tamanho) {
    char resposta[1025];
    int n;
    send(s, mensagem, tamanho, 0);
    n = recv(s, resposta, 1024, 0);
    if (n < 0) {
        perror("recv");
        exit(1);
    }
    resposta[n] = 0;
    printf("Received: %s\n", resposta);
}

int main(int argc, char **argv) {
    struct sockaddr_in a;
    struct hostent *h = gethostbyname(argc > 1 ? argv[1] : "localhost");
    int s = socket(AF_INET, SOCK_STREAM, 0);

    if (h == NULL) {
        fprintf(stderr, "host desconhecido\n");
        return 1;
    }
    memset(&a, 0, sizeof(a));
    a.sin_family = AF_INET;
    a.sin_port = htons(5050);
    memcpy(&a.sin_addr, h->h_addr, h->h_length);
    if (connect(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
        perror("connect");
        return 1;
    }
    char saudacao[100];
    recv(s, saudacao, sizeof(saudacao), 0);
    if (argc > 2) {
        const char *p = argv[2];
        while (*p) {
            int tamanho = 1;
            char letra[8];
            while ((p[tamanho] & 0xc0) == 0x80) tamanho++;
            memcpy(letra, p, tamanho);
            letra[tamanho] = 0;
            troca(s, letra, tamanho);
            p += tamanho;
        }
    } else {
        troca(s, "Hello world!", strlen("Hello world!"));
        troca(s, "Again!", strlen("Again!"));
    }
    close(s);
    return 0;
}
