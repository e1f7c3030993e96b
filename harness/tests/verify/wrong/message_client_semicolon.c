/* Has a semicolon after the condition under which it gives up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>
#include <netinet/in.h>

void erro(const char *msg) {
    perror(msg);
    exit(0);
}

int main(int argc, char *argv[]) {
    int s, n;
    struct sockaddr_in servidor;
    struct hostent *host;
    char buffer[256];

    if (argc < 3) {
        printf("Uso: %s host porta\n", argv[0]);
        return 1;
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    host = gethostbyname(argv[1]);
    if (host == NULL) {
        printf("host desconhecido\n");
        return 1;
    }
    bzero(&servidor, sizeof(servidor));
    servidor.sin_family = AF_INET;
    memcpy(&servidor.sin_addr, host->h_addr, host->h_length);
    servidor.sin_port = htons(atoi(argv[2]));
    if (connect(s, (struct sockaddr *)&servidor, sizeof(servidor)) < 0);
        erro("conexao");
    printf("Informe a mensagem: ");
    bzero(buffer, 256);
    fgets(buffer, 255, stdin);
    n = write(s, buffer, strlen(buffer));
    bzero(buffer, 256);
    n = read(s, buffer, 255);
    if (n < 0) erro("read");
    printf("%s\n", buffer);
    close(s);
    return 0;
}
