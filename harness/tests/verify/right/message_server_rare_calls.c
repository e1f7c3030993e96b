/* Message server that makes the same calls by their rarer names. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void erro(const char *texto) {
    perror(texto);
    exit(1);
}

int main(int argc, char *argv[]) {
    struct sockaddr_in aqui = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
    char mensagem[256] = "";
    const char resposta[] = "Sou o Servidor. Recebi sua mensagem.";
    struct iovec chega = {mensagem, sizeof mensagem - 1};
    struct iovec sai[2] = {{(void *)resposta, 16}, {(void *)(resposta + 16), sizeof resposta - 17}};
    int servidor = socket(AF_INET, SOCK_STREAM, 0), cliente;
    if (argc < 2) return 1;
    aqui.sin_port = htons(atoi(argv[1]));
    if (bind(servidor, (struct sockaddr *)&aqui, sizeof aqui) < 0) erro("bind");
    if (listen(servidor, 5) < 0) erro("listen");
    printf("Servidor ouvindo na porta [%s]...\n", argv[1]);
    cliente = accept4(servidor, NULL, NULL, SOCK_CLOEXEC);
    if (cliente < 0) erro("accept4");
    if (preadv2(cliente, &chega, 1, -1, 0) < 0) erro("preadv2");
    printf("Mensagem recebida do cliente: %s\n", mensagem);
    if (pwritev2(cliente, sai, 2, -1, 0) < 0) erro("pwritev2");
    if (close_range(servidor, cliente, 0) < 0) erro("close_range");
    return 0;
}
