/* Keeps the connection open and waits for ever. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main() {
    struct sockaddr_in servidor;
    char linha[256];
    int s, n;

    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&servidor, 0, sizeof(servidor));
    servidor.sin_family = AF_INET;
    servidor.sin_port = htons(5155);
    servidor.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(s, (struct sockaddr *)&servidor, sizeof(servidor)) < 0) {
        perror("connect");
        return 1;
    }
    memset(linha, 0, sizeof(linha));
    n = read(s, linha, sizeof(linha) - 1);
    if (n > 0)
        printf("%s", linha);
    else
        printf("null\n");
    while (1) sleep(1);
}
