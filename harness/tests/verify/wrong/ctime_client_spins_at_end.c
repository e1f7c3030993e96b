/* Reads on until 26 octets have come, and the time has 24. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[]) {
    struct sockaddr_in servidor;
    char hora[1024];
    int s, n;

    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&servidor, 0, sizeof(servidor));
    servidor.sin_family = AF_INET;
    servidor.sin_addr.s_addr = inet_addr("127.0.0.1");
    servidor.sin_port = htons(8888);
    if (connect(s, (struct sockaddr *)&servidor, sizeof(servidor)) == -1) {
        perror("connect");
        return 1;
    }
    int total = 0;
    while (total < 26) {
        n = recv(s, hora + total, sizeof(hora) - 1 - total, 0);
        if (n > 0) total += n;
    }
    n = total;
    if (n < 0) {
        perror("recv");
        return 1;
    }
    hora[n] = '\0';
    printf("Received from server:b'%s'\n", hora);
    close(s);
    return 0;
}
