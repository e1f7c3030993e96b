/* Ends without close(): the kernel closes for it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    char linha[256] = "", resposta[256] = "";
    struct sockaddr_in servidor;
    int s = socket(AF_INET, SOCK_STREAM, 0);

    memset(&servidor, 0, sizeof(servidor));
    servidor.sin_family = AF_INET;
    servidor.sin_addr.s_addr = inet_addr("127.0.0.1");
    servidor.sin_port = htons(atoi(argv[1]));
    if (connect(s, (struct sockaddr *)&servidor, sizeof(servidor)) < 0) {
        perror("connect");
        return 1;
    }
    printf("Informe a mensagem: ");
    fgets(linha, 255, stdin);
    send(s, linha, strlen(linha), 0);
    recv(s, resposta, 255, 0);
    printf("%s\n", resposta);
    return 0;
}
