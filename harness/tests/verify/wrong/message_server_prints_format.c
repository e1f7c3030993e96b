/* Prints the message as a format. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>

void erro(const char *msg) {
    perror(msg);
    exit(0);
}

int main(int argc, char *argv[]) {
    int sockfd, newsockfd, n;
    socklen_t clilen = sizeof(struct sockaddr_in);
    char buffer[256];
    char *resposta = "Sou o Servidor. Recebi sua mensagem.";
    struct sockaddr_in serv_addr, cli_addr;

    if (argc < 2) {
        fprintf(stderr, "Uso: %s <porta>\n", argv[0]);
        exit(1);
    }
    sockfd = socket(AF_INET, SOCK_STREAM, 0);
    if (sockfd < 0) erro("socket");
    bzero(&serv_addr, sizeof(serv_addr));
    serv_addr.sin_family = AF_INET;
    serv_addr.sin_addr.s_addr = INADDR_ANY;
    serv_addr.sin_port = htons(atoi(argv[1]));
    if (bind(sockfd, (struct sockaddr *)&serv_addr, sizeof(serv_addr)) < 0) erro("bind");
    listen(sockfd, 5);
    printf("Servidor ouvindo na porta [%s]...\n", argv[1]);
    newsockfd = accept(sockfd, (struct sockaddr *)&cli_addr, &clilen);
    if (newsockfd < 0) erro("accept");
    bzero(buffer, 256);
    n = read(newsockfd, buffer, 255);
    if (n < 0) erro("read");
    printf("Mensagem recebida do cliente: ");
    printf(buffer);
    printf("\n");
    n = write(newsockfd, resposta, strlen(resposta));
    if (n < 0) erro("write");
    close(newsockfd);
    close(sockfd);
    return 0;
}
