/* Message client that tries each address of the host: for localhost ::1 comes first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netdb.h>

static int conecta(const char *host, const char *porta) {
    struct addrinfo dica, *lista, *a;
    int s = -1, erro;

    memset(&dica, 0, sizeof dica);
    dica.ai_family = AF_UNSPEC;
    dica.ai_socktype = SOCK_STREAM;
    erro = getaddrinfo(host, porta, &dica, &lista);
    if (erro != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(erro));
        exit(1);
    }
    for (a = lista; a != NULL; a = a->ai_next) {
        s = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (s < 0) continue;
        if (connect(s, a->ai_addr, a->ai_addrlen) == 0) break;
        close(s);
        s = -1;
    }
    freeaddrinfo(lista);
    return s;
}

int main(int argc, char *argv[]) {
    char linha[255], resposta[256];
    size_t tamanho, enviados = 0;
    ssize_t n;
    int s;

    if (argc != 3) {
        fprintf(stderr, "uso: %s host porta\n", argv[0]);
        return 2;
    }
    s = conecta(argv[1], argv[2]);
    if (s < 0) {
        perror("connect");
        return 1;
    }
    printf("Informe a mensagem: ");
    fflush(stdout);
    if (fgets(linha, sizeof linha, stdin) == NULL) linha[0] = '\0';
    tamanho = strlen(linha);
    while (enviados < tamanho) {
        n = send(s, linha + enviados, tamanho - enviados, 0);
        if (n < 0) {
            perror("send");
            return 1;
        }
        enviados += n;
    }
    n = recv(s, resposta, sizeof resposta - 1, 0);
    if (n < 0) {
        perror("recv");
        return 1;
    }
    resposta[n] = '\0';
    printf("%s\n", resposta);
    close(s);
    return 0;
}
