/* Connects to the port in the byte order of the machine. */
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
    servidor.sin_port = 8888;
    if (connect(s, (struct sockaddr *)&servidor, sizeof(servidor)) == -1) {
        perror("connect");
        return 1;
    }
    n = recv(s, hora, sizeof(hora) - 1, 0);
    if (n < 0) {
        perror("recv");
        return 1;
    }
    hora[n] = '\0';
    printf("Received from server:b'%s'\n", hora);
    close(s);
    return 0;
}
