/* Waits for a signal where it should wait for a client. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[]) {
    int servidor;
    struct sockaddr_in endereco;

    if (argc < 2) {
        fprintf(stderr, "Uso: %s <porta>\n", argv[0]);
        exit(1);
    }
    servidor = socket(AF_INET, SOCK_STREAM, 0);
    memset(&endereco, 0, sizeof(endereco));
    endereco.sin_family = AF_INET;
    endereco.sin_addr.s_addr = htonl(INADDR_ANY);
    endereco.sin_port = htons(atoi(argv[1]));
    if (bind(servidor, (struct sockaddr *)&endereco, sizeof(endereco)) < 0) {
        perror("bind");
        exit(1);
    }
    if (listen(servidor, 3) < 0) {
        perror("listen");
        exit(1);
    }
    pause();
    return 0;
}
